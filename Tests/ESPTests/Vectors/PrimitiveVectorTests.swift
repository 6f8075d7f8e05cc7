import Testing

@testable import ESP

/// A keyed value over a message, from an RFC.
struct AuthenticationVector: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let algorithm: AuthenticationAlgorithm
  let key: String
  let message: [UInt8]
  let value: String

  private static func xcbc(_ number: Int, _ message: [UInt8], _ value: String) -> AuthenticationVector {
    AuthenticationVector(
      testDescription: "RFC 3566 case \(number)", algorithm: .aesXCBC_96, key: "000102030405060708090a0b0c0d0e0f",
      message: message, value: value)
  }

  private static func cmac(_ count: Int, _ value: String) -> AuthenticationVector {
    let message = hex(
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52ef"
        + "f69f2445df4f9b17ad2b417be66c3710")
    return AuthenticationVector(
      testDescription: "RFC 4493 length \(count)", algorithm: .aesCMAC_96, key: "2b7e151628aed2a6abf7158809cf4f3c",
      message: Array(message.prefix(count)), value: value)
  }

  private static func hmac(_ source: String, _ algorithm: AuthenticationAlgorithm, _ value: String)
    -> AuthenticationVector
  {
    AuthenticationVector(
      testDescription: source, algorithm: algorithm,
      key: String(repeating: "0b", count: algorithm.facts.keyLengths[0]), message: Array("Hi There".utf8), value: value)
  }

  static let all = [
    xcbc(1, [], "75f0251d528ac01c4573dfd5"),
    xcbc(2, Array(0..<3), "5b376580ae2f19afe7219cee"),
    xcbc(3, Array(0..<16), "d2a246fa349b68a79998a439"),
    xcbc(4, Array(0..<20), "47f51b4564966215b8985c63"),
    xcbc(5, Array(0..<32), "f54f0ec8d2b9f3d36807734b"),
    xcbc(6, Array(0..<34), "becbb3bccdb518a30677d548"),
    xcbc(7, Array(repeating: 0, count: 1000), "f0dafee895db30253761103b"),
    cmac(0, "bb1d6929e95937287fa37d12"),
    cmac(16, "070a16b46b4d4144f79bdd9d"),
    cmac(40, "dfa66747de9ae63030ca3261"),
    cmac(64, "51f0bebf7e3b9d92fc497417"),
    hmac("RFC 2202 MD5 case 1", .hmacMD5_96, "9294727a3638bb1c13f48ef8"),
    hmac("RFC 2202 SHA-1 case 1", .hmacSHA1_96, "b617318655057264e28bc0b6"),
    hmac("RFC 2202 SHA-1 case 1, untruncated", .hmacSHA1_160, "b617318655057264e28bc0b6fb378c8ef146be00"),
    hmac("RFC 4868 AUTH256-1", .hmacSHA256_128, "198a607eb44bfbc69903a0f1cf2bbdc5"),
    hmac("RFC 4868 AUTH384-1", .hmacSHA384_192, "b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973"),
    hmac(
      "RFC 4868 AUTH512-1", .hmacSHA512_256, "637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8"),
  ]
}

@Test(arguments: AuthenticationVector.all)
func `authenticators give the published values`(vector: AuthenticationVector) throws {
  let authenticator = try #require(try makeAuthenticator(vector.algorithm, key: key(vector.key)))
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
  let cipher = try #require(try makeCipher(.aesCTR, key: key(vector.key), salt: key(vector.nonce), sealing: true))
  var bytes = hex(vector.iv) + hex(vector.plain)
  bytes.withUnsafeMutableBytes {
    let start = $0.baseAddress!
    let job = CryptoJob(
      header: start, iv: start, text: start + 8, textCount: $0.count - 8, icv: start, sequence: 1, ivIsGiven: true)
    #expect(cipher.encrypt(job))
  }
  #expect(Array(bytes.dropFirst(8)) == hex(vector.cipher))
}
