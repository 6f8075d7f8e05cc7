import Device
import Glibc
import Virtio
import Wire

/// Memory that the front end keeps while the back end is away: for each queue, what was taken and not used.
///
/// The accelerator uses what it takes before it takes anything else, so the ring itself says what is left to do; the
/// region tells by its end whether the device that comes back is the one that the guest knew.
final class InflightRegion {
  let file: FileDescriptor
  let byteCount: Int
  private let base: UnsafeMutableRawPointer
  static let identityByteCount = 16

  /// Size in bytes of the region of some queues, and of what stands at its end.
  static func byteCount(queues: Int, size: Int, _ format: RingFormat) -> Int {
    // A header of 16 or 32 bytes, an entry of as many for each descriptor, whole cache lines.
    let entry = format == .split ? 16 : 32
    return queues * ((entry + size * entry + 63) & ~63) + identityByteCount
  }

  /// A region in a file that is there already.
  ///
  /// - Throws: where the file has not so many bytes, or cannot be mapped.
  init(_ file: consuming FileDescriptor, at offset: Int, byteCount: Int) throws(Refusal.Reason) {
    var facts = stat()
    let (end, hasOverflown) = offset.addingReportingOverflow(byteCount)
    guard byteCount >= Self.identityByteCount, !hasOverflown, fstat(file.number, &facts) == 0,
      end <= Int(facts.st_size)
    else { throw .value("the file of the in-flight region is too short") }
    let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file.number, offset)
    guard let mapped, mapped != MAP_FAILED else { throw .system("mmap", errno: errno) }
    self.file = consume file
    self.byteCount = byteCount
    base = mapped
  }

  /// A region of zeros in a file of its own.
  convenience init(byteCount: Int) throws(Refusal.Reason) {
    let file: FileDescriptor
    do throws(SystemError) {
      file = try FileDescriptor.memory("ipsec-la-inflight", byteCount: byteCount)
    } catch { throw .system(error.call, errno: error.code) }
    try self.init(file, at: 0, byteCount: byteCount)
  }

  deinit { munmap(base, byteCount) }

  /// What the device that made the region has written to its end.
  var identity: [UInt8] {
    get { Array(end) }
    set { end.copyBytes(from: newValue.prefix(Self.identityByteCount)) }
  }

  private var end: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + byteCount - Self.identityByteCount, count: Self.identityByteCount)
  }
}

extension Backend {
  /// Makes a region for a front end that has none: so it knows no earlier device.
  func getInflight(_ payload: Payload) throws(Refusal.Reason) -> Payload {
    let (count, size) = try queues(of: payload)
    if isInherited { renew(keepingConfiguration: false) }
    let byteCount = InflightRegion.byteCount(queues: count, size: size, RingFormat(device.accepted))
    let region = try InflightRegion(byteCount: byteCount)
    identity = profile.random(InflightRegion.identityByteCount)
    region.identity = identity
    inflight = region
    var reply = payload
    reply[\InflightDescription.size] = UInt64(byteCount)
    reply[\InflightDescription.fileOffset] = 0
    return reply
  }

  /// The region's file, to pass on.
  func inflightFile() -> FileDescriptor? { try? inflight?.file.duplicate() }

  /// Takes a region back; if it is the one that this device made last, the guest is the same.
  func setInflight(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let (count, size) = try queues(of: payload)
    guard let file = descriptors.take() else { throw .descriptors(0) }
    guard let byteCount = Int(exactly: payload[\InflightDescription.size]),
      let offset = Int(exactly: payload[\InflightDescription.fileOffset]),
      byteCount >= InflightRegion.byteCount(queues: count, size: size, RingFormat(device.accepted))
    else { throw .value("an in-flight region of \(payload[\InflightDescription.size]) bytes") }
    let region = try InflightRegion(file, at: offset, byteCount: byteCount)
    if isInherited, region.identity == identity { isInherited = false }
    region.identity = identity
    inflight = region
  }

  private func queues(of payload: Payload) throws(Refusal.Reason) -> (count: Int, size: Int) {
    let (count, size) = (Int(payload[\InflightDescription.queueCount]), Int(payload[\InflightDescription.queueSize]))
    guard (1...rings.count).contains(count) else { throw .value("an in-flight region of \(count) queues") }
    guard (1...maximumQueueSize).contains(size) else { throw .queueSize(size) }
    return (count, size)
  }
}
