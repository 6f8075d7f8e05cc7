/// A descriptor chain that the device has taken: first what it may read, then what it may write.
///
/// Its storage is reused from one request to the next, so that taking a chain does not allocate. The bytes stay in
/// guest memory, where the driver may change them at any time: copy what is to be checked.
public struct Chain: ~Copyable {
  /// Contiguous bytes of the chain.
  struct Segment {
    let address: UInt64
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  /// Most bytes in a chain (VIRTIO 1.4, The Virtqueue Descriptor Table).
  static let byteLimit = 1 << 32

  public let memory: GuestMemory
  private var segments: UnsafeMutablePointer<Segment>
  private var capacity: Int
  private var segmentCount = 0
  private var readableSegmentCount = 0

  /// Head of the chain, or the buffer ID in a packed ring.
  public internal(set) var id: UInt16 = 0
  /// Number of slots of the ring that the chain takes up.
  public internal(set) var slots = 0
  /// Position in the order in which chains were taken, modulo the queue size.
  var sequence = 0
  /// Which life of its queue the chain belongs to.
  var epoch: UInt32 = 0
  /// Bytes that the device may read.
  public private(set) var readableByteCount = 0
  /// Bytes that the device may write.
  public private(set) var writableByteCount = 0
  private var extent = WrittenExtent()

  /// An empty chain whose bytes will be in `memory`, the device's view.
  public init(in memory: GuestMemory) {
    self.memory = memory
    capacity = 16
    segments = .allocate(capacity: 16)
  }

  deinit { segments.deallocate() }

  /// Bytes written without a gap from the first writable byte on: the used length.
  public var writtenByteCount: Int { extent.prefix }

  // MARK: Being taken from a ring

  mutating func clear() {
    segmentCount = 0
    readableSegmentCount = 0
    readableByteCount = 0
    writableByteCount = 0
    slots = 0
    extent = WrittenExtent()
  }

  @inline(__always)
  mutating func append(_ descriptor: Descriptor) -> ChainFault? {
    let count = Int(descriptor.byteCount)
    let isWritable = descriptor.flags.contains(.write)
    guard isWritable || writableByteCount == 0 && segmentCount == readableSegmentCount else { return .readableAfterWritable }
    guard readableByteCount + writableByteCount + count <= Self.byteLimit else { return .tooLarge }
    guard !descriptor.address.addingReportingOverflow(UInt64(count)).overflow else { return .outsideMemory }
    var address = descriptor.address
    var left = count
    while left > 0 {
      guard let mapping = memory.mapping(of: address) else { return .outsideMemory }
      let offset = Int(address - mapping.start)
      let piece = min(left, Int(mapping.byteCount) - offset)
      if segmentCount == capacity { grow() }
      (segments + segmentCount).initialize(to: Segment(address: address, base: mapping.base + offset, byteCount: piece))
      segmentCount += 1
      if !isWritable { readableSegmentCount += 1 }
      address += UInt64(piece)
      left -= piece
    }
    if isWritable { writableByteCount += count } else { readableByteCount += count }
    return nil
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Segment>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: segments, count: segmentCount)
    segments.deallocate()
    segments = larger
    capacity *= 2
  }

  // MARK: Views

  /// Calls `body` with the contiguous pieces of a range of the readable bytes, in order, without copying.
  ///
  /// A range that reaches beyond the readable bytes is cut.
  public func forEachReadable<E: Error>(_ range: Range<Int>, _ body: (RawSpan) throws(E) -> Void) throws(E) {
    try forEach(range, in: 0..<readableSegmentCount) { segment, skip, count throws(E) in
      memory.willRead(segment.address + UInt64(skip), count)
      try body(UnsafeRawBufferPointer(start: segment.base + skip, count: count).bytes)
    }
  }

  /// Calls `body` with the contiguous pieces of a range of the writable bytes, in order, and counts them as written.
  ///
  /// A range that reaches beyond the writable bytes is cut.
  public mutating func forEachWritable<E: Error>(
    _ range: Range<Int>, _ body: (inout MutableRawSpan) throws(E) -> Void
  ) throws(E) {
    try forEach(range, in: readableSegmentCount..<segmentCount) { segment, skip, count throws(E) in
      var span = UnsafeMutableRawBufferPointer(start: segment.base + skip, count: count).mutableBytes
      try body(&span)
      memory.didWrite(segment.address + UInt64(skip), count)
    }
    extent.add(range.clamped(to: 0..<writableByteCount))
  }

  private func forEach<E: Error>(
    _ range: Range<Int>, in indices: Range<Int>, _ body: (Segment, Int, Int) throws(E) -> Void
  ) throws(E) {
    var start = 0
    for index in indices {
      let segment = segments[index]
      let part = range.clamped(to: start..<start + segment.byteCount)
      if !part.isEmpty { try body(segment, part.lowerBound - start, part.count) }
      start += segment.byteCount
      if start >= range.upperBound { return }
    }
  }

  // MARK: Copies

  /// Copies readable bytes from `offset` on into `bytes`; returns how many there were.
  @discardableResult
  public func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    forEachReadable(offset..<offset + bytes.count) { piece in
      piece.withUnsafeBytes { bytes.baseAddress!.advanced(by: done).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      done += piece.byteCount
    }
    return done
  }

  /// Copies `bytes` over the writable bytes from `offset` on; returns how many there was room for.
  @discardableResult
  public mutating func write(at offset: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var done = 0
    forEachWritable(offset..<offset + bytes.count) { piece in
      let count = piece.byteCount
      piece.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + count])) }
      done += count
    }
    return done
  }

  /// Reads a little-endian integer of the readable bytes, however it is cut; nil when the chain is too short.
  public func read<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T? {
    var value: T = 0
    let count = withUnsafeMutableBytes(of: &value) { read(at: offset, into: $0) }
    return count == MemoryLayout<T>.size ? T(littleEndian: value) : nil
  }
}

/// Which bytes of the writable part were written: a prefix, and one stretch beyond it.
///
/// One stretch is enough for a device that writes its data first and the header before it last. A stretch that is
/// neither adjacent to the prefix nor to the other stretch replaces it, so that the prefix never claims too much.
struct WrittenExtent {
  private(set) var prefix = 0
  private var beyond = 0..<0

  mutating func add(_ range: Range<Int>) {
    if range.isEmpty { return }
    if range.lowerBound <= prefix {
      prefix = max(prefix, range.upperBound)
    } else if range.lowerBound <= beyond.upperBound && beyond.lowerBound <= range.upperBound && !beyond.isEmpty {
      beyond = min(beyond.lowerBound, range.lowerBound)..<max(beyond.upperBound, range.upperBound)
    } else {
      beyond = range
    }
    if beyond.lowerBound <= prefix { prefix = max(prefix, beyond.upperBound) }
  }
}
