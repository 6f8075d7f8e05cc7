import CCrypto
public import ESP

/// Protects the keys in a saved state with a key of its own: AES-256-GCM, a random nonce in front and the tag behind.
public struct StateSeal: Sendable {
  private let key: Key
  private let random: @Sendable (Int) -> [UInt8]

  /// - Precondition: the key has 32 bytes.
  public init(_ key: Key, random: @escaping @Sendable (Int) -> [UInt8]) {
    precondition(key.count == 32, "a state is sealed with a key of 32 bytes")
    self.key = key
    self.random = random
  }

  private static let (nonceCount, tagCount) = (12, 16)

  public func seal(_ bytes: [UInt8]) -> [UInt8] {
    let nonce = random(Self.nonceCount)
    var sealed = [UInt8](repeating: 0, count: bytes.count)
    var tag = [UInt8](repeating: 0, count: Self.tagCount)
    withContext(nonce, isSealing: true) { context in
      var count: Int32 = 0
      EVP_EncryptUpdate(context, &sealed, &count, bytes, Int32(bytes.count))
      EVP_EncryptFinal_ex(context, nil, &count)
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag)
    }
    return nonce + sealed + tag
  }

  /// Nil where the bytes are not what `seal` made with the same key.
  public func open(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= Self.nonceCount + Self.tagCount else { return nil }
    let sealed = Array(bytes[Self.nonceCount..<bytes.count - Self.tagCount])
    var opened = [UInt8](repeating: 0, count: sealed.count)
    var tag = Array(bytes.suffix(Self.tagCount))
    let isGenuine = withContext(Array(bytes.prefix(Self.nonceCount)), isSealing: false) { context in
      var count: Int32 = 0
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag)
      EVP_DecryptUpdate(context, &opened, &count, sealed, Int32(sealed.count))
      return EVP_DecryptFinal_ex(context, nil, &count) == 1
    }
    return isGenuine ? opened : nil
  }

  private func withContext<Result>(_ nonce: [UInt8], isSealing: Bool, _ body: (OpaquePointer) -> Result) -> Result {
    guard let context = EVP_CIPHER_CTX_new() else { fatalError("out of memory for a cipher") }
    defer { EVP_CIPHER_CTX_free(context) }
    key.withUnsafeBytes {
      _ = EVP_CipherInit_ex(
        context, EVP_aes_256_gcm(), nil, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce, isSealing ? 1 : 0)
    }
    return body(context)
  }
}

extension AcceleratorProfile {
  /// Keys leave the device in saved states only sealed with `key`, and come back only if they were sealed with it.
  ///
  /// - Parameter key: of 32 bytes.
  public mutating func sealState(with key: Key) {
    let seal = StateSeal(key, random: random)
    (self.seal, open) = (seal.seal, seal.open)
  }
}
