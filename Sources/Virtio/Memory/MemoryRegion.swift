import Glibc

/// A stretch of guest-physical memory, and the host bytes behind it, which it owns.
public final class MemoryRegion {
  /// Guest-physical address of the first byte.
  public let address: UInt64
  /// Size in bytes.
  public let byteCount: Int
  /// Where the bytes are in this process: between two pages that fault, so that no stray access goes unnoticed.
  let base: UnsafeMutableRawPointer
  private static let guardByteCount = 4096

  /// Allocates zeroed memory in this process.
  ///
  /// - Throws: `VirtioError.badRegion` for a size of zero or a range that ends beyond 2⁶⁴ − 1, `VirtioError.mapFailed`.
  public convenience init(at address: UInt64, byteCount: Int) throws(VirtioError) {
    try self.init(at: address, byteCount: byteCount, fileDescriptor: -1, offset: 0, flags: MAP_PRIVATE | MAP_ANONYMOUS)
  }

  /// Maps a file, shared: the memory table of a vhost-user front end. The descriptor may be closed afterwards.
  ///
  /// A file that is cut afterwards faults at the next access: whoever does not trust its owner asks for a sealed one.
  ///
  /// - Parameter offset: where the region starts in the file, in bytes, a multiple of the page size.
  /// - Throws: `VirtioError.badRegion`, `.fileTooShort`, `.mapFailed`.
  public convenience init(
    at address: UInt64, byteCount: Int, fileDescriptor: Int32, offset: Int = 0
  ) throws(VirtioError) {
    try self.init(at: address, byteCount: byteCount, fileDescriptor: fileDescriptor, offset: offset, flags: MAP_SHARED)
  }

  private init(
    at address: UInt64, byteCount: Int, fileDescriptor: Int32, offset: Int, flags: Int32
  ) throws(VirtioError) {
    guard byteCount > 0, byteCount <= Int.max - 3 * Self.guardByteCount,
      !address.addingReportingOverflow(UInt64(byteCount)).overflow
    else {
      throw .badRegion(address: address, byteCount: byteCount)
    }
    if fileDescriptor >= 0 { try checkFile(fileDescriptor, holds: byteCount, from: offset) }
    self.address = address
    self.byteCount = byteCount
    let reserved = mmap(
      nil, Self.reservedByteCount(byteCount), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let reserved, reserved != MAP_FAILED else { throw .mapFailed(errno: errno) }
    base = reserved + Self.guardByteCount
    let flags = flags | MAP_FIXED | MAP_NORESERVE
    let mapped = mmap(base, byteCount, PROT_READ | PROT_WRITE, flags, fileDescriptor, offset)
    // Every property is set: `deinit` gives the reservation back.
    guard mapped != MAP_FAILED else { throw .mapFailed(errno: errno) }
  }

  deinit { munmap(base - Self.guardByteCount, Self.reservedByteCount(byteCount)) }

  /// Both guards and whole pages of bytes.
  private static func reservedByteCount(_ byteCount: Int) -> Int {
    (byteCount + guardByteCount - 1) / guardByteCount * guardByteCount + 2 * guardByteCount
  }
}

/// - Throws: `VirtioError.fileTooShort` for a file that ends before `byteCount` bytes from `offset` on: their access
///   would fault.
func checkFile(_ descriptor: Int32, holds byteCount: Int, from offset: Int) throws(VirtioError) {
  var facts = stat()
  guard fstat(descriptor, &facts) == 0 else { throw .mapFailed(errno: errno) }
  let (end, hasOverflown) = offset.addingReportingOverflow(byteCount)
  let isFile = facts.st_mode & S_IFMT == S_IFREG
  guard offset >= 0, !hasOverflown, !isFile || end <= Int(facts.st_size) else {
    throw .fileTooShort(byteCount: byteCount)
  }
}
