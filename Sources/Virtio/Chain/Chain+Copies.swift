/// Copies of bytes, however they are cut. What lies within one buffer, as most packets do, is copied at once.
extension Chain {
  /// Copies readable bytes from `offset` on into `bytes`; returns how many there were.
  @inlinable @inline(__always) @discardableResult
  public func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    guard let target = bytes.baseAddress, let place = readablePlace(of: offset, bytes.count) else {
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
    guard let source = bytes.baseAddress, let place = writablePlace(of: offset, bytes.count) else {
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
    writablePlace(of: range.lowerBound, range.count).map {
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
    guard let place = writablePlace(of: range.lowerBound, range.count) else { return }
    storage.pointee.memory.didWrite(place.address, range.count)
  }

  /// Bytes that lie within one segment.
  @usableFromInline typealias Place = (address: UInt64, base: UnsafeMutableRawPointer)

  /// Where readable bytes stand that lie within one segment and may be accessed; nil for others.
  @inlinable @inline(__always)
  func readablePlace(of offset: Int, _ count: Int) -> Place? {
    guard count > 0, isAccessible, let cursor = storage.pointee.readable(at: offset) else { return nil }
    return place(of: offset, count, at: cursor)
  }

  /// The same for writable bytes.
  @inlinable @inline(__always)
  func writablePlace(of offset: Int, _ count: Int) -> Place? {
    guard count > 0, isAccessible, let cursor = storage.pointee.writable(at: offset) else { return nil }
    return place(of: offset, count, at: cursor)
  }

  @inlinable @inline(__always)
  func place(of offset: Int, _ count: Int, at cursor: ChainStorage.Cursor) -> Place? {
    let segment = storage.pointee.segments[cursor.index]
    // No overflow: the segment has the byte at the offset.
    let skip = offset &- cursor.start
    guard count <= segment.byteCount &- skip else { return nil }
    return (segment.address &+ UInt64(truncatingIfNeeded: skip), segment.base + skip)
  }
}
