import CCrypto
import ESP

/// Powers modulo a prime (RFC 3526), whose generator is 2.
struct ModularGroup {
  private let byteCount: Int
  private let prime: (OpaquePointer?) -> OpaquePointer?

  init(_ group: DHGroup) {
    byteCount = group.publicByteCount
    prime =
      switch group {
      case .modp3072: BN_get_rfc3526_prime_3072
      case .modp4096: BN_get_rfc3526_prime_4096
      case .modp6144: BN_get_rfc3526_prime_6144
      case .modp8192: BN_get_rfc3526_prime_8192
      default: BN_get_rfc3526_prime_2048
      }
  }

  /// A base to the power of the private key, with leading zeros; nil for a base that is not in 2 to the prime minus 2.
  ///
  /// - Parameter base: nil for the generator.
  func power(of base: [UInt8]?, _ seed: Key) -> [UInt8]? {
    let integers = Integers()
    let prime = integers.make(), result = integers.make()
    let base = base.map { integers.make($0) } ?? integers.make(2)
    let exponent = seed.withUnsafeBytes { integers.make($0) }
    _ = self.prime(prime)
    let last = integers.make()
    BN_copy(last, prime)
    BN_sub_word(last, 2)
    guard BN_cmp(base, integers.make(1)) > 0, BN_cmp(base, last) <= 0 else { return nil }
    BN_set_flags(exponent, BN_FLG_CONSTTIME)
    guard BN_mod_exp_mont_consttime(result, base, exponent, prime, integers.context, nil) == 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    guard BN_bn2binpad(result, &bytes, Int32(byteCount)) == byteCount else { return nil }
    return bytes
  }
}
