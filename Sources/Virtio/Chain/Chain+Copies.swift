/// Copies of bytes, however they are cut. What lies within one buffer, as most packets do, is copied at once.
extension Chain {
  /// Copies readable bytes from `offset` on into `bytes`; returns how many there were.
  @inlinable @inline(__always) @discardableResult
  public func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    let readable = 0..<storage.pointee.readableSegmentCount
    guard let target = bytes.baseAddress, let place = place(of: offset, bytes.count, in: readable) else {
      return readPieces(at: offset, into: bytes)
    }
    storage.pointee.memory.willRead(place.address, bytes.count)
    target.copyMemory(from: place.base, byteCount: bytes.count)
    return bytes.count
  }

  @usableFromInline @inline(never)
  func readPieces(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    forEachReadable(offset..<offset + bytes.count) { piece in
      let target = bytes.baseAddress!.advanced(by: done)
      piece.withUnsafeBytes { target.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      done += piece.byteCount
    }
    return done
  }

  /// Copies `bytes` over the writable bytes from `offset` on; returns how many there was room for.
  @inlinable @inline(__always) @discardableResult
  public mutating func write(at offset: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    guard let source = bytes.baseAddress, let place = place(of: offset, bytes.count, in: writableSegments) else {
      return writePieces(at: offset, bytes)
    }
    place.base.copyMemory(from: source, byteCount: bytes.count)
    storage.pointee.memory.didWrite(place.address, bytes.count)
    storage.pointee.extent.add(offset..<offset + bytes.count)
    return bytes.count
  }

  @usableFromInline @inline(never)
  mutating func writePieces(at offset: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var done = 0
    forEachWritable(offset..<offset + bytes.count) { piece in
      let count = piece.byteCount
      piece.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + count])) }
      done += count
    }
    return done
  }

  // MARK: Without a copy

  /// A range of the writable bytes where it stands in guest memory, if it lies within one buffer; nil if it does not.
  ///
  /// What is written there has to be told: `didWrite`. It is the driver's, who may change it at any time: nothing is to
  /// be decided on it. Valid until the chain is used.
  @inlinable @inline(__always)
  public func writablePlace(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer? {
    place(of: range.lowerBound, range.count, in: writableSegments).map {
      UnsafeMutableRawBufferPointer(start: $0.base, count: range.count)
    }
  }

  /// Counts bytes as written that were written where `writablePlace` said.
  @inlinable @inline(__always)
  public mutating func didWrite(_ range: Range<Int>) {
    precondition(range.upperBound <= storage.pointee.writableByteCount, "more was written than there is room for")
    guard isAccessible else { return }
    if storage.pointee.memory.isWatched { reportWrite(range) }
    storage.pointee.extent.add(range)
  }

  /// Takes note that bytes changed where `writablePlace` said, and count for nothing: the driver gets no result there.
  @usableFromInline @inline(never)
  package func reportWrite(_ range: Range<Int>) {
    guard let place = place(of: range.lowerBound, range.count, in: writableSegments) else { return }
    storage.pointee.memory.didWrite(place.address, range.count)
  }

  @inlinable @inline(__always)
  var writableSegments: Range<Int> { storage.pointee.readableSegmentCount..<storage.pointee.segmentCount }

  /// Where bytes stand that lie within one segment and may be accessed; nil for others.
  @inlinable @inline(__always)
  func place(
    of offset: Int, _ count: Int, in indices: Range<Int>
  ) -> (address: UInt64, base: UnsafeMutableRawPointer)? {
    guard count > 0, isAccessible else { return nil }
    var offset = offset
    for index in indices {
      let segment = storage.pointee.segments[index]
      if offset < segment.byteCount {
        // No overflow: neither is negative.
        guard offset >= 0, count <= segment.byteCount &- offset else { return nil }
        return (segment.address &+ UInt64(truncatingIfNeeded: offset), segment.base + offset)
      }
      offset &-= segment.byteCount
    }
    return nil
  }
}
