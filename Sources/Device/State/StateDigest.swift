import CCrypto

/// The end of a saved state, by which damage is noticed: the SHA-256 of all before it.
package enum StateDigest {
  package static let byteCount = Int(SHA256_DIGEST_LENGTH)

  package static func append(to state: [UInt8]) -> [UInt8] { state + digest(state[...]) }

  /// The state without its digest; nil when they do not match.
  package static func check(_ state: [UInt8]) -> [UInt8]? {
    guard state.count >= byteCount else { return nil }
    let body = state.dropLast(byteCount)
    return Array(state.suffix(byteCount)) == digest(body) ? Array(body) : nil
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    bytes.withUnsafeBufferPointer { _ = SHA256($0.baseAddress, $0.count, &digest) }
    return digest
  }
}
