import Glibc
import Synchronization

/// Which pages of guest memory were written: one bit per 4 KiB page, page 0 at address 0, as vhost-user lays it out.
public final class DirtyLog {
  /// Size in bytes of what one bit stands for.
  public static let pageByteCount = 4096

  private let base: UnsafeMutablePointer<Atomic<UInt8>>
  /// Size of the log in bytes.
  public let byteCount: Int

  /// A log in this process for addresses below `limit`.
  ///
  /// - Throws: `VirtioError.mapFailed`.
  public convenience init(addressesBelow limit: UInt64) throws(VirtioError) {
    let pages = limit / UInt64(Self.pageByteCount) + 1
    try self.init(byteCount: Int(pages / 8 + 1), fileDescriptor: -1, offset: 0, flags: MAP_PRIVATE | MAP_ANONYMOUS)
  }

  /// A log in a file, shared with whoever migrates the guest.
  ///
  /// - Throws: `VirtioError.fileTooShort`, `.mapFailed`.
  public convenience init(byteCount: Int, fileDescriptor: Int32, offset: Int = 0) throws(VirtioError) {
    try checkFile(fileDescriptor, holds: byteCount, from: offset)
    try self.init(byteCount: byteCount, fileDescriptor: fileDescriptor, offset: offset, flags: MAP_SHARED)
  }

  private init(byteCount: Int, fileDescriptor: Int32, offset: Int, flags: Int32) throws(VirtioError) {
    let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, fileDescriptor, offset)
    guard let mapped, mapped != MAP_FAILED else { throw .mapFailed(errno: errno) }
    self.base = mapped.assumingMemoryBound(to: Atomic<UInt8>.self)
    self.byteCount = byteCount
  }

  deinit { munmap(base, byteCount) }

  /// Marks the pages that hold the `byteCount` bytes at `address`; those beyond the log are left out.
  public func mark(address: UInt64, byteCount: Int) {
    guard byteCount > 0 else { return }
    let pageBytes = UInt64(Self.pageByteCount)
    let last = min((address + UInt64(byteCount) - 1) / pageBytes, UInt64(self.byteCount) * 8 - 1)
    var page = address / pageBytes
    while page <= last {
      base[Int(page / 8)].bitwiseOr(1 << UInt8(page % 8), ordering: .relaxed)
      page += 1
    }
  }

  /// Whether the page of `address` was written since it was last taken.
  public func isDirty(address: UInt64) -> Bool {
    let page = address / UInt64(Self.pageByteCount)
    guard page / 8 < byteCount else { return false }
    return base[Int(page / 8)].load(ordering: .relaxed) >> UInt8(page % 8) & 1 == 1
  }

  /// The addresses of the dirty pages, which become clean.
  public func take() -> [UInt64] {
    var pages: [UInt64] = []
    for index in 0..<byteCount {
      let bits = base[index].exchange(0, ordering: .relaxed)
      for bit in 0..<8 where bits >> UInt8(bit) & 1 == 1 {
        pages.append(UInt64(index * 8 + bit) * UInt64(Self.pageByteCount))
      }
    }
    return pages
  }
}
