import Glibc
import Virtio
import Wire

/// How the in-flight region starts; a record for each queue follows, and then room for the device's state.
///
/// The front end reads it, too: by another identity, it tells that a back end has nothing of its guest.
struct InflightHeader: Message {
  let identity = Field<InlineArray<16, UInt8>>(at: 0, "What tells the device that has this guest's SAs from any other.")
  let stateByteCount = Field<UInt64>(at: 16, "Bytes of a state that the device left when it ended; 0 for none.")

  static let name: StaticString = "inflight_region"
  static let summary: StaticString = "How the in-flight region starts."
  static let byteCount = 64
  static let order = FieldOrder.little
  init() {}
}

/// What the in-flight region has of each queue.
struct InflightQueue: Message {
  let nextPosition = Field<UInt16>(at: 0, "Packed ring: where the device stands, or will in a moment.")
  let position = Field<UInt16>(at: 2, "Packed ring: where the device stood, or still stands.")
  let isRunning = Field<UInt16>(at: 4, "1: the front end was not told yet where the device stands.")

  static let name: StaticString = "inflight_queue"
  static let summary: StaticString = "What the in-flight region has of a queue."
  static let byteCount = 64
  static let order = FieldOrder.little
  init() {}
}

/// Memory that the front end keeps while the back end is away, laid out by the back end: of it, the front end may read
/// the header.
///
/// The accelerator uses what it takes in the order in which it took it, so where a device stood when it died is all
/// there is to know of a queue. The front end can write to the region, so nothing in it is believed unchecked.
final class InflightRegion {
  let file: FileDescriptor
  let byteCount: Int
  private let queueCount: Int
  private let base: UnsafeMutableRawPointer

  static let identityByteCount = 16
  /// Most bytes of a state; a file has no memory until it is written to.
  private static let stateLimit = 16 << 20

  /// Size in bytes for so many queues.
  static func byteCount(queues: Int) -> Int {
    InflightHeader.byteCount + queues * InflightQueue.byteCount + stateLimit
  }

  /// A region in a file that is there already.
  ///
  /// - Throws: where the file has not so many bytes, or cannot be mapped.
  init(_ file: consuming FileDescriptor, at offset: Int, queues: Int) throws(Refusal.Reason) {
    var facts = stat()
    let byteCount = Self.byteCount(queues: queues)
    let (end, hasOverflown) = offset.addingReportingOverflow(byteCount)
    guard !hasOverflown, fstat(file.number, &facts) == 0, end <= Int(facts.st_size) else {
      throw .value("the file of the in-flight region is too short")
    }
    let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file.number, offset)
    guard let mapped, mapped != MAP_FAILED else { throw .system("mmap", errno: errno) }
    self.file = consume file
    self.byteCount = byteCount
    queueCount = queues
    base = mapped
  }

  /// A region of zeros in a file of its own.
  convenience init(queues: Int) throws(Refusal.Reason) {
    let file: FileDescriptor
    do throws(SystemError) {
      file = try FileDescriptor.memory("ipsec-la-inflight", byteCount: Self.byteCount(queues: queues))
    } catch { throw .system(error.call, errno: error.code) }
    try self.init(file, at: 0, queues: queues)
  }

  deinit { munmap(base, byteCount) }

  // MARK: Fields

  private subscript<Schema: Message, Value>(field: KeyPath<Schema, Field<Value>>, at start: Int = 0) -> Value {
    get {
      let bytes = UnsafeRawBufferPointer(start: base + start, count: Schema.byteCount)
      return Value.load(from: bytes.bytes, at: Schema()[keyPath: field].offset, .little)
    }
    set {
      var bytes = UnsafeMutableRawBufferPointer(start: base + start, count: Schema.byteCount).mutableBytes
      newValue.store(into: &bytes, at: Schema()[keyPath: field].offset, .little)
    }
  }

  var identity: [UInt8] {
    get {
      let identity = self[\InflightHeader.identity]
      return identity.indices.map { identity[$0] }
    }
    set { self[\InflightHeader.identity] = InlineArray { newValue[$0] } }
  }

  private func start(of queue: Int) -> Int? {
    queue < queueCount ? InflightHeader.byteCount + queue * InflightQueue.byteCount : nil
  }

  /// Where a packed ring's position is kept; nil for a queue that the region does not have.
  func journal(_ queue: Int) -> UsedJournal? { start(of: queue).map { UsedJournal(at: base + $0) } }

  /// Whether a device ran the queue and has not told the front end where it stands.
  func isRunning(_ queue: Int) -> Bool { start(of: queue).map { self[\InflightQueue.isRunning, at: $0] == 1 } ?? false }

  func setRunning(_ queue: Int, _ isRunning: Bool) {
    if let start = start(of: queue) { self[\InflightQueue.isRunning, at: start] = isRunning ? 1 : 0 }
  }

  // MARK: State

  private var stateStart: Int { InflightHeader.byteCount + queueCount * InflightQueue.byteCount }

  /// Leaves a state for the device that comes next; false where there is no room.
  func leave(_ state: [UInt8]) -> Bool {
    guard state.count <= Self.stateLimit else { return false }
    UnsafeMutableRawBufferPointer(start: base + stateStart, count: state.count).copyBytes(from: state)
    self[\InflightHeader.stateByteCount] = UInt64(state.count)
    return true
  }

  /// Takes what an earlier device has left, once: two devices that went on from one state would protect different
  /// packets with the same sequence numbers.
  func takeState() -> [UInt8]? {
    let count = self[\InflightHeader.stateByteCount]
    self[\InflightHeader.stateByteCount] = 0
    guard count > 0, count <= UInt64(Self.stateLimit) else { return nil }
    let bytes = UnsafeMutableRawBufferPointer(start: base + stateStart, count: Int(count))
    let state = Array(bytes)
    explicit_bzero(bytes.baseAddress!, bytes.count)
    return state
  }
}
