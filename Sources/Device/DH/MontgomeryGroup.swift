import CCrypto
import ESP

/// Curve25519 and Curve448 (RFC 7748, RFC 8031).
struct MontgomeryGroup {
  private let number: Int32
  private let byteCount: Int

  init(_ group: DHGroup) {
    byteCount = group.publicByteCount
    number = group == .curve448 ? NID_X448 : NID_X25519
  }

  func publicValue(_ seed: Key) -> [UInt8]? {
    guard let own = privateKey(seed) else { return nil }
    defer { EVP_PKEY_free(own) }
    var (bytes, count) = ([UInt8](repeating: 0, count: byteCount), byteCount)
    return EVP_PKEY_get_raw_public_key(own, &bytes, &count) == 1 && count == byteCount ? bytes : nil
  }

  /// Nil also when the secret would be all zeros (RFC 7748, section 6).
  func secret(_ seed: Key, with peer: [UInt8]) -> [UInt8]? {
    guard let own = privateKey(seed) else { return nil }
    defer { EVP_PKEY_free(own) }
    guard let other = EVP_PKEY_new_raw_public_key(number, nil, peer, peer.count) else { return nil }
    defer { EVP_PKEY_free(other) }
    guard let context = EVP_PKEY_CTX_new(own, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var (bytes, count) = ([UInt8](repeating: 0, count: byteCount), byteCount)
    guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, other) == 1,
      EVP_PKEY_derive(context, &bytes, &count) == 1, count == byteCount
    else { return nil }
    return bytes
  }

  private func privateKey(_ seed: Key) -> OpaquePointer? {
    seed.withUnsafeBytes {
      EVP_PKEY_new_raw_private_key(number, nil, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
    }
  }
}
