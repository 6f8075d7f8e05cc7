import CCrypto

/// Bytes in locked memory that are zeroed when the last holder lets go of them.
///
/// The memory comes from libcrypto's secure heap, which is locked against swapping and kept out of core dumps. What
/// libcrypto derives from a key, such as its schedule, is in libcrypto's own contexts, which zero it when they go.
/// Where the heap is full or the process may lock no memory, ordinary memory serves; zeroing happens all the same.
final class SecretBytes: Sendable {
  // Written by `init` alone, before anybody else can see the object, and only read afterwards.
  nonisolated(unsafe) let start: UnsafeMutableRawPointer
  let count: Int

  /// Zeroed bytes, then whatever `fill` writes.
  init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    _ = SecretBytes.heap
    let size = Self.allocated(count)
    guard let start = CRYPTO_secure_zalloc(size, #file, #line) ?? CRYPTO_zalloc(size, #file, #line) else {
      fatalError("out of memory for a key")
    }
    self.start = start
    self.count = count
    fill(UnsafeMutableRawBufferPointer(start: start, count: count))
  }

  deinit { CRYPTO_secure_clear_free(start, Self.allocated(count), #file, #line) }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// Whole words, so that a short salt can be loaded as one.
  private static func allocated(_ count: Int) -> Int { max(count + 15, 16) & ~15 }

  /// Sets up the secure heap once: 1 MiB in pieces of at least 32 bytes, enough for some 10,000 associations.
  private static let heap: Void = {
    if CRYPTO_secure_malloc_initialized() == 0 { CRYPTO_secure_malloc_init(1 << 20, 32) }
  }()
}
