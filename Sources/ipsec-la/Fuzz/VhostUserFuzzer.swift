import Device
import Foundation
import Spec
import VhostUser
import Virtio
import Wire

/// One device, and front ends that say what they like to it.
struct VhostUserFuzzer {
  /// What was done.
  struct Tally: CustomStringConvertible {
    var (performed, refused, closed, kicks, running, cuts) = (0, 0, 0, 0, 0, 0)

    static func += (sum: inout Tally, other: Tally) {
      sum.performed += other.performed
      sum.refused += other.refused
      sum.closed += other.closed
      sum.kicks += other.kicks
      sum.running += other.running
      sum.cuts += other.cuts
    }

    /// Whether there was something of each kind, and one kick in 20 came to a ring that ran.
    var isComplete: Bool {
      [performed, refused, closed, kicks, running, cuts].allSatisfy { $0 > 0 } && 20 * running >= kicks
    }

    var description: String {
      """
      \(performed) requests performed, \(refused) refused, \(closed) connections closed, \(cuts) cut within a frame, \
      \(kicks) kicks, \(running) of rings that ran
      """
    }
  }

  private(set) var tally = Tally()
  private var input: FuzzInput
  private let descriptorsBefore: Int
  private let backend: Backend

  init(_ input: FuzzInput) throws {
    self.input = input
    backend = try Backend(.random(&self.input)) { _ in }
    descriptorsBefore = OpenDescriptors.count
    backend.isPolled = self.input.oneIn(2)
  }

  mutating func run(steps: Int) throws {
    var left = steps
    while left > 0 {
      var pair = try SocketPair()
      backend.connect()
      var near = Connection(pair.takeNear())
      var script = try VhostUserScript(rings: backend.device.queues.count, KeptRegion(), &input)
      while left > 0 {
        left -= 1
        var frame = try script.next(&input)
        // Whoever keeps this one never learns that the front end is gone.
        if input.oneIn(200), let own = try pair.far?.duplicate() { frame.descriptors.append(own) }
        let bytes = frame.bytes
        let isCut = input.oneIn(40)
        // As one piece, in two, or not to the end.
        let cut = isCut || input.oneIn(3) ? input.below(bytes.count) : bytes.count
        try pair.far?.send(Array(bytes[..<cut]), frame.descriptors)
        if !isCut, cut < bytes.count {
          precondition(!isFrame(&near), "a frame that has not come")
          try pair.far?.send(Array(bytes[cut...]))
        }
        if isCut {
          pair.far = nil
          tally.cuts += 1
        }
        guard try serve(&near, &script) else { break }
      }
      backend.disconnect()
    }
    try finish()
  }

  private func isFrame(_ connection: inout Connection) -> Bool { (try? connection.receive()) != nil }

  /// Serves what has come; whether the connection goes on.
  private mutating func serve(_ connection: inout Connection, _ script: inout VhostUserScript) throws -> Bool {
    do throws(Connection.Ending) {
      while true {
        let frame = try connection.receive()
        var isRefused = false
        let outcome = backend.perform(frame) { _ in isRefused = true }
        if isRefused { tally.refused += 1 } else { tally.performed += 1 }
        for _ in 0..<input.below(3) {
          script.makeAvailable(&input)
          kick()
        }
        if backend.hasWork { backend.continueService() }
        backend.advanceTransfer()
        if outcome == .close {
          tally.closed += 1
          return false
        }
      }
    } catch { return error == .nothing }
  }

  /// Kicks any ring, or one that runs.
  private mutating func kick() {
    let live = backend.device.queues.filter(\.isLive)
    let index =
      live.isEmpty || input.oneIn(3) ? input.below(backend.device.queues.count + 2) : input.pick(live).index
    tally.kicks += 1
    if backend.device.queue(index)?.isLive == true { tally.running += 1 }
    backend.kick(index)
    if input.oneIn(8) { backend.poll() }
  }

  /// Nothing is left over, and the device is of use.
  private func finish() throws {
    precondition(OpenDescriptors.count <= descriptorsBefore, "descriptors are left open")
    backend.connect()
    let answer = backend.perform(VhostUser.Frame(Request.getFeatures.rawValue)) { _ in }
    guard case .reply(let payload, _) = answer else { preconditionFailure("the device does not answer any more") }
    let features = Payload(number: payload.bytes.count == 8 ? 1 << 32 : 0)
    let agreed = backend.perform(VhostUser.Frame(Request.setFeatures.rawValue, features)) {
      preconditionFailure("\($0)")
    }
    precondition(agreed == .silence)
  }
}

/// Of this process.
enum OpenDescriptors {
  static var count: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1 }
}

extension AcceleratorProfile {
  /// Any version, with few queues or more.
  static func random(_ input: inout FuzzInput) -> Self {
    var profile = Self(input.pick(Spec.all.map(\.version)))
    profile.pairs = input.pick([1, 2, 8])
    profile.queueSize = input.pick([4, 64, 256])
    return profile
  }
}
