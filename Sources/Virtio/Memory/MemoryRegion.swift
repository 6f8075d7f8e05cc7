import Glibc

/// A stretch of guest-physical memory, and the host bytes behind it, which it owns.
public final class MemoryRegion {
  /// Guest-physical address of the first byte.
  public let address: UInt64
  /// Size in bytes.
  public let byteCount: Int
  /// Where the bytes are in this process: between two pages that fault, so that no stray access goes unnoticed.
  let base: UnsafeMutableRawPointer
  /// The bytes and both guards.
  private let reservation: UnsafeMutableRawBufferPointer
  private static let guardByteCount = 4096
  /// More than an address space has, and few enough to be rounded up to pages of any size.
  private static let limit = 1 << 62

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
  /// - Parameter offset: where the region starts in the file, in bytes, a multiple of 4096 also where the file has
  ///   larger pages, as hugetlbfs has.
  /// - Throws: `VirtioError.badRegion`, `.fileTooShort`, `.mapFailed`.
  public convenience init(
    at address: UInt64, byteCount: Int, fileDescriptor: Int32, offset: Int = 0
  ) throws(VirtioError) {
    try self.init(at: address, byteCount: byteCount, fileDescriptor: fileDescriptor, offset: offset, flags: MAP_SHARED)
  }

  private init(
    at address: UInt64, byteCount: Int, fileDescriptor: Int32, offset: Int, flags: Int32
  ) throws(VirtioError) {
    guard byteCount > 0, byteCount <= Self.limit,
      !address.addingReportingOverflow(UInt64(byteCount)).overflow
    else {
      throw .badRegion(address: address, byteCount: byteCount)
    }
    if fileDescriptor >= 0 { try checkFile(fileDescriptor, holds: byteCount, from: offset) }
    self.address = address
    self.byteCount = byteCount
    // Mapped are whole pages of the file; what stands in the first of them before the region is the lead.
    let page = fileDescriptor >= 0 ? pageByteCount(ofFile: fileDescriptor) : Self.guardByteCount
    let lead = offset % page
    guard lead.isMultiple(of: Self.guardByteCount) else { throw .mapFailed(errno: EINVAL) }
    let pages = (lead + byteCount + page - 1) / page * page
    let reserved = mmap(nil, pages + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let reserved, reserved != MAP_FAILED else { throw .mapFailed(errno: errno) }
    reservation = UnsafeMutableRawBufferPointer(start: reserved, count: pages + 2 * page)
    let first = (reserved + Self.guardByteCount).alignedUp(toMultipleOf: page)
    base = first + lead
    // Huge pages that are not to be had are refused now, not met later.
    let flags = flags | MAP_FIXED | (page == Self.guardByteCount ? MAP_NORESERVE : 0)
    let mapped = mmap(first, lead + byteCount, PROT_READ | PROT_WRITE, flags, fileDescriptor, offset - lead)
    // Every property is set: `deinit` gives the reservation back.
    guard mapped != MAP_FAILED else { throw .mapFailed(errno: errno) }
  }

  deinit { munmap(reservation.baseAddress, reservation.count) }
}

/// Size in bytes of a file's pages in memory: more than 4096 in hugetlbfs.
private func pageByteCount(ofFile descriptor: Int32) -> Int {
  var facts = statvfs()
  let isKnown = fstatvfs(descriptor, &facts) == 0 && facts.f_bsize.nonzeroBitCount == 1
  return isKnown ? max(4096, Int(facts.f_bsize)) : 4096
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
