import CCrypto
import ESP

/// Multiples of points on a NIST curve (RFC 5903).
struct CurveGroup {
  private let number: Int32
  private let byteCount: Int

  init(_ group: DHGroup) {
    byteCount = group.publicByteCount
    number =
      switch group {
      case .ecp384: NID_secp384r1
      case .ecp521: NID_secp521r1
      default: NID_X9_62_prime256v1
      }
  }

  /// The private key times a point, as its two coordinates; nil for bytes that are no point of the curve.
  ///
  /// - Parameter point: nil for the generator.
  func multiple(of point: [UInt8]?, _ seed: Key) -> [UInt8]? {
    let integers = Integers()
    guard let curve = EC_GROUP_new_by_curve_name(number), let result = EC_POINT_new(curve) else {
      fatalError("libcrypto has no curve \(number)")
    }
    defer {
      EC_POINT_clear_free(result)
      EC_GROUP_free(curve)
    }
    let scalar = scalar(seed, curve, integers)
    if let point {
      guard let base = EC_POINT_new(curve) else { fatalError("out of memory for a point") }
      defer { EC_POINT_free(base) }
      let encoded = [UInt8(POINT_CONVERSION_UNCOMPRESSED.rawValue)] + point
      guard EC_POINT_oct2point(curve, base, encoded, encoded.count, integers.context) == 1,
        EC_POINT_mul(curve, result, nil, base, scalar, integers.context) == 1
      else { return nil }
    } else {
      guard EC_POINT_mul(curve, result, scalar, nil, nil, integers.context) == 1 else { return nil }
    }
    var bytes = [UInt8](repeating: 0, count: 1 + byteCount)
    let count = EC_POINT_point2oct(
      curve, result, POINT_CONVERSION_UNCOMPRESSED, &bytes, bytes.count, integers.context)
    return count == bytes.count ? Array(bytes.dropFirst()) : nil
  }

  /// From 1 to the order minus 1 (FIPS 186-5, appendix A.2.1).
  private func scalar(_ seed: Key, _ curve: OpaquePointer, _ integers: borrowing Integers) -> OpaquePointer {
    let scalar = integers.make(), limit = integers.make()
    let value = seed.withUnsafeBytes { integers.make($0) }
    BN_copy(limit, EC_GROUP_get0_order(curve))
    BN_sub_word(limit, 1)
    BN_set_flags(value, BN_FLG_CONSTTIME)
    BN_div(nil, scalar, value, limit, integers.context)
    BN_add_word(scalar, 1)
    BN_set_flags(scalar, BN_FLG_CONSTTIME)
    return scalar
  }
}
