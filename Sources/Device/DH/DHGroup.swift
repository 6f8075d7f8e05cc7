/// A Diffie-Hellman group, as IKEv2 numbers it (RFC 7296, section 3.3.2).
///
/// The weak ones, below 112 bits of security, are left out (RFC 8247, section 2.4).
enum DHGroup: UInt16, CaseIterable {
  /// RFC 3526.
  case modp2048 = 14, modp3072, modp4096, modp6144, modp8192
  /// RFC 5903.
  case ecp256 = 19, ecp384, ecp521
  /// RFC 8031.
  case curve25519 = 31, curve448

  /// Bit n is set for the group of number n.
  static let set = allCases.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }

  /// Random bytes from which a private key is made: for exponents as RFC 3526, section 8 says; for scalars eight more
  /// than the order has, so that no remainder is preferred.
  var privateByteCount: Int {
    switch self {
    case .modp2048: 40
    case .modp3072: 53
    case .modp4096: 60
    case .modp6144: 68
    case .modp8192: 78
    case .ecp256: 32 + 8
    case .ecp384: 48 + 8
    case .ecp521: 66 + 8
    case .curve25519: 32
    case .curve448: 56
    }
  }

  /// Bytes of a public value in its IKEv2 payload.
  var publicByteCount: Int {
    switch self {
    case .modp2048: 256
    case .modp3072: 384
    case .modp4096: 512
    case .modp6144: 768
    case .modp8192: 1024
    case .ecp256: 64
    case .ecp384: 96
    case .ecp521: 132
    case .curve25519: 32
    case .curve448: 56
    }
  }

  /// Bytes of a shared secret: of a curve's point, only the first coordinate.
  var secretByteCount: Int {
    switch self {
    case .ecp256, .ecp384, .ecp521: publicByteCount / 2
    default: publicByteCount
    }
  }
}
