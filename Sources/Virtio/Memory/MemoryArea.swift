/// A stretch of guest memory within one region, resolved once, for bytes that come and go with every packet.
///
/// Whoever has an area keeps its memory alive.
public struct MemoryArea {
  public let address: UInt64
  /// Size in bytes.
  public let byteCount: Int
  private let base: UnsafeMutableRawPointer
  private let memory: MemoryHandle

  /// - Parameter memory: the side's view whose accesses these are.
  /// - Throws: `VirtioError.outsideMemory`: also when the area crosses a region's border.
  public init(in memory: GuestMemory, at address: UInt64, byteCount: Int) throws(VirtioError) {
    guard let base = memory.handle.base(of: address, byteCount: byteCount) else {
      throw .outsideMemory(address: address, byteCount: byteCount)
    }
    (self.address, self.byteCount, self.base, self.memory) = (address, byteCount, base, memory.handle)
  }

  /// Copies bytes out.
  ///
  /// - Precondition: they are in the area.
  public func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) {
    precondition(offset >= 0 && bytes.count <= byteCount - offset)
    guard let target = bytes.baseAddress else { return }
    memory.willRead(address + UInt64(offset), bytes.count)
    target.copyMemory(from: base + offset, byteCount: bytes.count)
  }

  /// Copies bytes in.
  ///
  /// - Precondition: there is room for them in the area.
  public func write(at offset: Int, _ bytes: UnsafeRawBufferPointer) {
    precondition(offset >= 0 && bytes.count <= byteCount - offset)
    guard let source = bytes.baseAddress else { return }
    (base + offset).copyMemory(from: source, byteCount: bytes.count)
    memory.didWrite(address + UInt64(offset), bytes.count)
  }
}
