import CCrypto

/// IPsec itself.
public enum ESP {
  static var provider: UInt { OpenSSL_version_num() }
}
