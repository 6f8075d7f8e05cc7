/// Encrypts and decrypts, without authenticating.
protocol SymmetricCipher: AnyObject {
  /// Writes the packet's IV and encrypts its text; false if the library failed.
  func encrypt(_ job: CryptoJob) -> Bool
  /// Decrypts the packet's text; false if the library failed.
  func decrypt(_ job: CryptoJob) -> Bool
}

/// The cipher for an algorithm; none for `null`.
///
/// - Parameter nonce: for the IVs of block chaining; nil for opening.
func makeCipher(
  _ algorithm: EncryptionAlgorithm, key: Key, salt: Key, nonce: UInt64?
) throws(ParameterError) -> (any SymmetricCipher)? {
  switch algorithm {
  case .null: nil
  // Triple DES under K ‖ K ‖ K is DES under K, which the default provider does not have.
  case .desCBC:
    try BlockChaining("DES-EDE3-CBC", key: key.repeated(3), blockLength: 8, nonce: nonce)
  case .tripleDESCBC: try BlockChaining("DES-EDE3-CBC", key: key, blockLength: 8, nonce: nonce)
  case .aesCBC:
    try BlockChaining("AES-\(key.count * 8)-CBC", key: key, blockLength: 16, nonce: nonce)
  case .aesCTR: try CounterMode(key: key, salt: salt, sealing: nonce != nil)
  }
}

extension Key {
  fileprivate func repeated(_ count: Int) -> Key { Key(Array(repeating: storage.bytes, count: count).joined()) }
}
