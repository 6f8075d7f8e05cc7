import CCrypto

/// A key, or a salt: a plain value that never shows what it holds.
public struct Key: Sendable {
  let storage: SecretBytes

  init(storage: SecretBytes) { self.storage = storage }

  /// Copies the bytes; the caller's copy stays the caller's to erase.
  public init(_ bytes: some Collection<UInt8>) {
    storage = SecretBytes(count: bytes.count) { room in
      for (index, byte) in bytes.enumerated() { room[index] = byte }
    }
  }

  /// Length in bytes.
  public var count: Int { storage.count }

  /// Hands the bytes to `body`: for saving an association's state, never for printing.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try body(storage.bytes)
  }

  /// The key without its last `count` bytes, and those bytes: key material with the salt appended (RFC 4106 section
  /// 8.1).
  public func splittingSalt(_ count: Int) -> (key: Key, salt: Key) {
    precondition(count <= self.count, "the salt is longer than the key material")
    return (Key(storage.bytes.dropLast(count)), Key(storage.bytes.suffix(count)))
  }
}

extension Key: Hashable {
  public static func == (a: Key, b: Key) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a.storage.start, b.storage.start, a.count) == 0
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

extension Key: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "<\(count * 8) secret bits>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
