/// Computes a keyed value over three pieces, one after the other.
protocol Authenticator: AnyObject {
  /// Writes the whole value, at most 64 bytes; the caller truncates it.
  func authenticate(
    _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer)
}

/// The authenticator for an algorithm; none for `none`.
func makeAuthenticator(
  _ algorithm: AuthenticationAlgorithm, key: Key
) throws(ParameterError) -> (any Authenticator)? {
  switch algorithm {
  case .none: nil
  case .hmacMD5_96: HMAC(.md5, key: key)
  case .hmacSHA1_96, .hmacSHA1_160: HMAC(.sha1, key: key)
  case .hmacSHA256_96, .hmacSHA256_128: HMAC(.sha256, key: key)
  case .hmacSHA384_192: HMAC(.sha384, key: key)
  case .hmacSHA512_256: HMAC(.sha512, key: key)
  case .aesXCBC_96: try BlockCipherMAC(xcbc: key)
  case .aesCMAC_96: try BlockCipherMAC(cmac: key)
  }
}
