/// A descriptor chain that the device has taken: first what it may read, then what it may write.
///
/// Its storage is reused from one request to the next, so that taking a chain does not allocate. The bytes stay in
/// guest memory, where the driver may change them at any time: copy what is to be checked. After a reset of the device
/// or the queue they are the driver's: nothing of the chain can be read or written any more. So they are once the chain
/// is used, and touching them then is the device's mistake, which traps.
public struct Chain: ~Copyable {
  /// Most bytes in a chain (VIRTIO 1.4, The Virtqueue Descriptor Table).
  static let byteLimit = 1 << 32

  public let memory: GuestMemory
  /// On the heap, so that passing a chain on does not copy it.
  @usableFromInline let storage: UnsafeMutablePointer<ChainStorage>

  /// An empty chain whose bytes will be in `memory`, the device's view.
  public init(in memory: GuestMemory) {
    self.memory = memory
    storage = .allocate(capacity: 1)
    storage.initialize(to: ChainStorage(in: memory.handle))
  }

  deinit {
    storage.pointee.deallocate()
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// Head of the chain, or the buffer ID in a packed ring.
  public var id: UInt16 { storage.pointee.id }
  /// Number of slots of the ring that the chain takes up.
  public var slots: Int { storage.pointee.slots }
  /// Bytes that the device may read.
  @inlinable public var readableByteCount: Int { storage.pointee.readableByteCount }
  /// Bytes that the device may write.
  @inlinable public var writableByteCount: Int { storage.pointee.writableByteCount }
  /// Bytes written without a gap from the first writable byte on: the used length.
  public var writtenByteCount: Int { storage.pointee.extent.prefix }

  // MARK: Views

  /// Calls `body` with the contiguous pieces of a range of the readable bytes, in order, without copying.
  ///
  /// A range that reaches beyond the readable bytes is cut; of what may not be accessed nothing is left.
  public func forEachReadable<E: Error>(_ range: Range<Int>, _ body: (RawSpan) throws(E) -> Void) throws(E) {
    guard isAccessible else { return }
    try peek(range, from: storage.pointee.readable(at: range.lowerBound), body)
  }

  /// Calls `body` with the contiguous pieces of a range of the writable bytes, in order, and counts them as written.
  ///
  /// A range that reaches beyond the writable bytes is cut; of what may not be accessed nothing is left.
  public mutating func forEachWritable<E: Error>(
    _ range: Range<Int>, _ body: (inout MutableRawSpan) throws(E) -> Void
  ) throws(E) {
    guard isAccessible, let first = storage.pointee.writable(at: range.lowerBound) else { return }
    try forEach(range, from: first) { segment, skip, count throws(E) in
      var span = UnsafeMutableRawBufferPointer(start: segment.base + skip, count: count).mutableBytes
      // What a body wrote before it threw is dirty, too.
      defer { storage.pointee.memory.didWrite(segment.address + UInt64(skip), count) }
      try body(&span)
    }
    storage.pointee.extent.add(range.clamped(to: 0..<writableByteCount))
  }

  /// Calls `body` with the contiguous pieces of a range of the writable bytes, in order, without copying; none of it
  /// counts as written by that.
  ///
  /// Virtio advises against it (VIRTIO 1.4, 2.7.5.1): for devices whose driver puts input where the output goes.
  public func peekWritable<E: Error>(_ range: Range<Int>, _ body: (RawSpan) throws(E) -> Void) throws(E) {
    guard isAccessible else { return }
    try peekWritableSegments(range, body)
  }

  /// Calls `body` with the contiguous pieces of what was written without a gap, or of a range that was written, in
  /// order, without copying: also of a chain that is used, for whoever saves a device in the midst of its work.
  public func forEachWritten<E: Error>(
    in range: Range<Int>? = nil, _ body: (RawSpan) throws(E) -> Void
  ) throws(E) {
    guard storage.pointee.isReachable else { return }
    try peekWritableSegments(range ?? 0..<writtenByteCount, body)
  }

  @inlinable @inline(__always)
  var isAccessible: Bool { storage.pointee.isAccessible }

  @inline(__always)
  private func peekWritableSegments<E: Error>(_ range: Range<Int>, _ body: (RawSpan) throws(E) -> Void) throws(E) {
    try peek(range, from: storage.pointee.writable(at: range.lowerBound), body)
  }

  @inline(__always)
  private func peek<E: Error>(
    _ range: Range<Int>, from first: ChainStorage.Cursor?, _ body: (RawSpan) throws(E) -> Void
  ) throws(E) {
    try forEach(range, from: first) { segment, skip, count throws(E) in
      storage.pointee.memory.willRead(segment.address + UInt64(skip), count)
      try body(UnsafeRawBufferPointer(start: segment.base + skip, count: count).bytes)
    }
  }

  @inline(__always)
  private func forEach<E: Error>(
    _ range: Range<Int>, from first: ChainStorage.Cursor?, _ body: (ChainStorage.Segment, Int, Int) throws(E) -> Void
  ) throws(E) {
    guard let first else { return }
    var start = first.start
    for index in first.index..<first.end {
      let segment = storage.pointee.segments[index]
      let part = range.clamped(to: start..<start + segment.byteCount)
      if !part.isEmpty { try body(segment, part.lowerBound - start, part.count) }
      start += segment.byteCount
      if start >= range.upperBound { return }
    }
  }
}
