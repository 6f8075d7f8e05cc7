/// A salt of 3 or 4 bytes in locked memory, found without counting references.
struct Salt: ~Copyable {
  private let storage: SecretBytes
  /// Points into `storage`, which lives as long and is never written.
  let start: UnsafeRawPointer
  let count: Int

  init(_ key: Key) {
    storage = key.storage
    start = UnsafeRawPointer(key.storage.start)
    count = key.count
  }
}
