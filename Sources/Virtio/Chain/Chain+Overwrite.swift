extension Chain {
  /// Copies `bytes` over the readable bytes from `offset` on; returns how many there was room for.
  ///
  /// Virtio forbids a device to do so (VIRTIO 1.4, 2.7.5.1): for devices whose driver expects it all the same. Nothing
  /// of it counts for the used length.
  @discardableResult
  public func overwriteReadable(at offset: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    guard isAccessible else { return 0 }
    var (start, done) = (0, 0)
    for index in 0..<storage.pointee.readableSegmentCount {
      let segment = storage.pointee.segments[index]
      let part = (offset..<offset + bytes.count).clamped(to: start..<start + segment.byteCount)
      if !part.isEmpty {
        let skip = part.lowerBound - start
        (segment.base + skip).copyMemory(from: bytes.baseAddress! + done, byteCount: part.count)
        storage.pointee.memory.didWrite(segment.address + UInt64(skip), part.count)
        done += part.count
      }
      start += segment.byteCount
    }
    return done
  }
}
