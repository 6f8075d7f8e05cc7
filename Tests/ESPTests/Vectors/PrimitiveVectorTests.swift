import Testing

@testable import ESP

@Test(arguments: AuthenticationVector.all)
func `authenticators give the published values`(vector: AuthenticationVector) throws {
  let authenticator = try #require(try makeAuthenticator(vector.algorithm, key: Key(vector.key)))
  var value = [UInt8](repeating: 0, count: 64)
  for split in [0, vector.message.count / 3, vector.message.count] {
    vector.message.withUnsafeBytes { message in
      value.withUnsafeMutableBytes {
        authenticator.authenticate(
          UnsafeRawBufferPointer(rebasing: message[..<split]), UnsafeRawBufferPointer(rebasing: message[split...]),
          UnsafeRawBufferPointer(start: nil, count: 0), into: $0.baseAddress!)
      }
    }
    #expect(Array(value.prefix(vector.algorithm.facts.icvLength)) == hex(vector.value), "split at \(split)")
  }
}

/// RFC 3686 section 6, test vectors 1, 2, 4 and 7: key, nonce, IV, plaintext, ciphertext.
private let counterVectors = [
  (
    "ae6852f8121067cc4bf7a5765577f39e", "00000030", "0000000000000000", "53696e676c6520626c6f636b206d7367",
    "e4095d4fb7a7b3792d6175a3261311b8"
  ),
  (
    "7e24067817fae0d743d6ce1f32539163", "006cb6db", "c0543b59da48d90b",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    "5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28"
  ),
  (
    "16af5b145fc9f579c175f93e3bfb0eed863d06ccfdb78515", "00000048", "36733c147d6d93cb",
    "53696e676c6520626c6f636b206d7367", "4b55384fe259c9c84e7935a003cbe928"
  ),
  (
    "776beff2851db06f4c8a0542c8696f6c6a81af1eec96b4d37fc1d689e6c1c104", "00000060", "db5672c97aa8f0b2",
    "53696e676c6520626c6f636b206d7367", "145ad01dbf824ec7560863dc71e3e0c0"
  ),
]

@Test(arguments: counterVectors)
func `AES-CTR gives the values published in RFC 3686`(
  vector: (key: String, nonce: String, iv: String, plain: String, cipher: String)
) throws {
  let cipher = try #require(
    try makeCipher(.aesCTR, key: key(vector.key), salt: key(vector.nonce), nonce: 0))
  var bytes = hex(vector.iv) + hex(vector.plain)
  bytes.withUnsafeMutableBytes {
    let start = $0.baseAddress!
    let job = CryptoJob(
      header: start, iv: start, text: start + 8, textCount: $0.count - 8, icv: start, sequence: 1, ivIsGiven: true)
    #expect(cipher.encrypt(job))
  }
  #expect(Array(bytes.dropFirst(8)) == hex(vector.cipher))
}
