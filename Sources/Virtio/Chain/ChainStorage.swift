/// What a chain consists of, as the rings fill it in.
@usableFromInline
struct ChainStorage {
  /// Contiguous bytes of the chain.
  @usableFromInline
  struct Segment {
    @usableFromInline let address: UInt64
    @usableFromInline let base: UnsafeMutableRawPointer
    @usableFromInline let byteCount: Int
  }

  /// A segment, and the offset where it begins, among the readable bytes or the writable ones.
  @usableFromInline
  struct Cursor {
    @usableFromInline var index = 0
    /// Behind the last segment of its kind.
    @usableFromInline var end = 0
    @usableFromInline var start = 0

    @usableFromInline
    init() {}
  }

  @usableFromInline let memory: MemoryHandle
  @usableFromInline private(set) var segments: UnsafeMutablePointer<Segment>
  private var capacity = 16
  @usableFromInline private(set) var segmentCount = 0
  @usableFromInline private(set) var readableSegmentCount = 0
  // Where the last accesses were: the next are most often there, or close behind.
  @usableFromInline var readCursor = Cursor()
  @usableFromInline var writeCursor = Cursor()
  @usableFromInline private(set) var readableByteCount = 0
  @usableFromInline private(set) var writableByteCount = 0
  /// Whether a writable buffer was appended, even one of no bytes.
  private var isInWritable = false
  @usableFromInline var extent = WrittenExtent()

  var id: UInt16 = 0
  var slots = 0
  /// Descriptors that were read, whatever came of it.
  var descriptorCount = 0
  /// Position in the order in which chains were taken, modulo the queue size.
  var sequence = 0
  /// Whether the chain was taken, and not used yet.
  @usableFromInline var isOpen = false
  /// The life of the queue that the chain was taken from; nil for a ring without a queue.
  @usableFromInline var life: QueueLife?

  init(in memory: MemoryHandle) {
    self.memory = memory
    segments = .allocate(capacity: capacity)
  }

  func deallocate() { segments.deallocate() }

  /// Whether the chain's bytes may be touched: not while the device may not, and not after a reset.
  ///
  /// - Precondition: the chain was taken, and not used yet.
  @inlinable @inline(__always)
  var isAccessible: Bool {
    precondition(isOpen, "a chain's bytes are the driver's once it is used")
    return isReachable
  }

  /// The same for a chain that may be used already.
  @inlinable @inline(__always)
  var isReachable: Bool { memory.access.pointee.isAllowed && life?.isOver != true }

  /// Uses the chain.
  @inline(__always)
  mutating func close() {
    precondition(isOpen, "a chain is used once")
    isOpen = false
  }

  /// Starts a new chain.
  @inline(__always)
  mutating func begin(sequence: Int) {
    segmentCount = 0
    readableSegmentCount = 0
    readCursor = Cursor()
    writeCursor = Cursor()
    readableByteCount = 0
    writableByteCount = 0
    slots = 0
    descriptorCount = 0
    isOpen = false
    isInWritable = false
    self.sequence = sequence
    extent = WrittenExtent()
  }

  /// The readable segment that has the byte at `offset`; nil when none has it.
  @inlinable @inline(__always)
  mutating func readable(at offset: Int) -> Cursor? {
    guard let cursor = find(offset, readCursor, 0..<readableSegmentCount) else { return nil }
    readCursor = cursor
    return cursor
  }

  /// The same of the writable ones.
  @inlinable @inline(__always)
  mutating func writable(at offset: Int) -> Cursor? {
    guard let cursor = find(offset, writeCursor, readableSegmentCount..<segmentCount) else { return nil }
    writeCursor = cursor
    return cursor
  }

  @inlinable @inline(__always)
  func find(_ offset: Int, _ last: Cursor, _ indices: Range<Int>) -> Cursor? {
    var cursor = last
    if offset < cursor.start || cursor.index < indices.lowerBound {
      guard offset >= 0 else { return nil }
      (cursor.index, cursor.start) = (indices.lowerBound, 0)
    }
    while cursor.index < indices.upperBound {
      let next = cursor.start &+ segments[cursor.index].byteCount
      if offset < next {
        cursor.end = indices.upperBound
        return cursor
      }
      (cursor.index, cursor.start) = (cursor.index &+ 1, next)
    }
    return nil
  }

  /// Appends the buffer of a descriptor; returns what is wrong with it.
  @inline(__always)
  mutating func append(_ descriptor: Descriptor) -> ChainFault? {
    let count = Int(descriptor.byteCount)
    let isWritable = descriptor.flags.contains(.write)
    guard isWritable || !isInWritable else { return .readableAfterWritable }
    isInWritable = isWritable
    // No overflow here or below: none is above 2³².
    guard readableByteCount &+ writableByteCount &+ count <= Chain.byteLimit else { return .tooLarge }
    // Nearly every buffer lies within one region.
    if let mapping = memory.mapping(of: descriptor.address),
      case let offset = Int(truncatingIfNeeded: descriptor.address &- mapping.start),
      count <= Int(truncatingIfNeeded: mapping.byteCount) &- offset, count > 0, segmentCount < capacity
    {
      add(Segment(address: descriptor.address, base: mapping.base + offset, byteCount: count), isWritable)
    } else {
      guard appendPieces(descriptor.address, count, isWritable) else { return .outsideMemory }
    }
    if isWritable { writableByteCount &+= count } else { readableByteCount &+= count }
    return nil
  }

  /// Cuts a buffer at the borders of regions; whether all of it is in one or the other.
  @inline(never)
  private mutating func appendPieces(_ address: UInt64, _ count: Int, _ isWritable: Bool) -> Bool {
    var (address, left) = (address, count)
    while left > 0 {
      guard let mapping = memory.mapping(of: address) else { return false }
      // A region's size fits into an Int, and every region ends below 2⁶⁴.
      let offset = Int(truncatingIfNeeded: address &- mapping.start)
      let piece = min(left, Int(truncatingIfNeeded: mapping.byteCount) &- offset)
      if segmentCount == capacity { grow() }
      add(Segment(address: address, base: mapping.base + offset, byteCount: piece), isWritable)
      address &+= UInt64(truncatingIfNeeded: piece)
      left &-= piece
    }
    return true
  }

  /// - Precondition: there is room.
  @inline(__always)
  private mutating func add(_ segment: Segment, _ isWritable: Bool) {
    (segments + segmentCount).initialize(to: segment)
    segmentCount &+= 1
    if !isWritable { readableSegmentCount = segmentCount }
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Segment>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: segments, count: segmentCount)
    segments.deallocate()
    segments = larger
    capacity *= 2
  }
}
