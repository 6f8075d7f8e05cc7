import Device
import Virtio
import Wire

/// What outlives a connection, or the back end.
extension Backend {
  /// Makes a region for a front end that has none: so it knows no earlier device.
  func getInflight(_ payload: Payload) throws(Refusal.Reason) -> Payload {
    let count = try queueCount(payload)
    if isInherited { renew(keepingConfiguration: false) }
    identity = profile.random(InflightRegion.identityByteCount)
    let region = try InflightRegion(queues: count)
    region.identity = identity
    inflight = region
    var reply = payload
    reply[\InflightDescription.size] = UInt64(region.byteCount)
    reply[\InflightDescription.fileOffset] = 0
    return reply
  }

  /// Takes a region back. If it is this device's own, the guest is the same; and if another device left its state
  /// there when it ended, this one goes on from it, and takes over the region's identity. One that was killed left
  /// none, and one that had another key none that can be read: the guest's requests are answered then, and its SAs are
  /// gone, which the front end tells from another identity.
  func setInflight(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let count = try queueCount(payload)
    guard let file = descriptors.take() else { throw .descriptors(0) }
    guard payload[\InflightDescription.size] >= UInt64(InflightRegion.byteCount(queues: count)),
      let offset = Int(exactly: payload[\InflightDescription.fileOffset])
    else { throw .value("an in-flight region of \(payload[\InflightDescription.size]) bytes") }
    let region = try InflightRegion(file, at: offset, queues: count)
    let state = region.takeState()
    if region.identity == identity {
      isInherited = false
    } else if takesOver(state, of: region) {
      identity = region.identity
    } else {
      if isInherited { renew(keepingConfiguration: false) }
      identity = profile.random(InflightRegion.identityByteCount)
      region.identity = identity
    }
    inflight = region
  }

  /// What an earlier guest had is about to go: should it come back, its region names another device than this one.
  func disown() {
    if isInherited { identity = profile.random(InflightRegion.identityByteCount) }
  }

  /// Whether the device goes on from what an earlier back end left.
  private func takesOver(_ state: [UInt8]?, of region: InflightRegion) -> Bool {
    guard let state else {
      if region.identity.contains(where: { $0 != 0 }) {
        report("an earlier back end of this guest left no state: its SAs are gone")
      }
      return false
    }
    do throws(Refusal.Reason) { try load(state) } catch {
      report("the state in the in-flight region: \(error)")
      return false
    }
    return true
  }

  /// The region's file, to pass on.
  func inflightFile() -> FileDescriptor? { try? inflight?.file.duplicate() }

  /// The program ends, and the guest goes on: leaves what a device that comes next needs.
  public func leave() {
    guard hasStarted, let inflight else { return }
    for ring in rings { pause(ring) }
    if !inflight.leave(savedState()) { report("the state has no room in the in-flight region") }
  }

  private func queueCount(_ payload: Payload) throws(Refusal.Reason) -> Int {
    if let ring = rings.first(where: { isRunning($0) }) { throw .running(ring.index) }
    let (count, size) = (Int(payload[\InflightDescription.queueCount]), Int(payload[\InflightDescription.queueSize]))
    guard (1...rings.count).contains(count) else { throw .value("an in-flight region of \(count) queues") }
    guard (1...maximumQueueSize).contains(size) else { throw .queueSize(size) }
    return count
  }
}
