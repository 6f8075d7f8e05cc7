import Testing

@testable import ESP

/// A keyed value over a message: from an RFC, or from Project Wycheproof (testvectors_v1, Apache License 2.0).
struct AuthenticationVector: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let algorithm: AuthenticationAlgorithm
  let key: [UInt8]
  let message: [UInt8]
  let value: String

  private static func xcbc(_ number: Int, _ message: [UInt8], _ value: String) -> AuthenticationVector {
    AuthenticationVector(
      testDescription: "RFC 3566 case \(number)", algorithm: .aesXCBC_96, key: Array(0..<16),
      message: message, value: value)
  }

  private static func cmac(_ count: Int, _ value: String) -> AuthenticationVector {
    let message = hex(
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52ef"
        + "f69f2445df4f9b17ad2b417be66c3710")
    return AuthenticationVector(
      testDescription: "RFC 4493 length \(count)", algorithm: .aesCMAC_96, key: hex("2b7e151628aed2a6abf7158809cf4f3c"),
      message: Array(message.prefix(count)), value: value)
  }

  /// RFC 4868 section 2.7.2: the cases of one algorithm, by number.
  private static func hmac(_ number: Int, _ algorithm: AuthenticationAlgorithm, _ value: String)
    -> AuthenticationVector
  {
    let count = algorithm.facts.keyLengths[0]
    let (key, message): ([UInt8], [UInt8]) =
      switch number {
      case 1: (Array(repeating: 0x0b, count: count), Array("Hi There".utf8))
      case 2: ((0..<count).map { Array("Jefe".utf8)[$0 % 4] }, Array("what do ya want for nothing?".utf8))
      case 3: (Array(repeating: 0xaa, count: count), Array(repeating: 0xdd, count: 50))
      default: ((1...count).map { UInt8($0) }, Array(repeating: 0xcd, count: 50))
      }
    return AuthenticationVector(
      testDescription: "\(algorithm.rawValue) case \(number)", algorithm: algorithm, key: key, message: message,
      value: value)
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
    // RFC 2202 case 1 of MD5 and SHA-1, the latter also untruncated; RFC 4868 section 2.7.2.
    hmac(1, .hmacMD5_96, "9294727a3638bb1c13f48ef8"),
    hmac(1, .hmacSHA1_96, "b617318655057264e28bc0b6"),
    hmac(1, .hmacSHA1_160, "b617318655057264e28bc0b6fb378c8ef146be00"),
    hmac(1, .hmacSHA256_128, "198a607eb44bfbc69903a0f1cf2bbdc5"),
    hmac(2, .hmacSHA256_128, "167f928588c5cc2eef8e3093caa0e87c"),
    hmac(3, .hmacSHA256_128, "cdcb1220d1ecccea91e53aba3092f962"),
    hmac(4, .hmacSHA256_128, "372efcf9b40b35c2115b1346903d2ef4"),
    hmac(1, .hmacSHA384_192, "b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973"),
    hmac(2, .hmacSHA384_192, "2c7353974f1842fd66d53c452ca42122b28c0b594cfb184d"),
    hmac(3, .hmacSHA384_192, "809f439be00274321d4a538652164b53554a508184a0c316"),
    hmac(1, .hmacSHA512_256, "637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8"),
    hmac(2, .hmacSHA512_256, "cb370917ae8a7ce28cfd1d8f4705d6141c173b2a9362c15df235dfb251b15454"),
    hmac(3, .hmacSHA512_256, "2ee7acd783624ca9398710f3ee05ae41b9f9b0510c87e49e586cc9bf961733d8"),
    hmac(4, .hmacSHA512_256, "5e6688e5a3daec826ca32eaea224eff5e700628947470e13ad01302561bab108"),
    AuthenticationVector(
      testDescription: "Wycheproof aes_cmac 18", algorithm: .aesCMAC_96,
      key: hex("831e664c9e3f0c3094c0b27b9d908eb2"),
      message: hex("26603bb76dd0a0180791c4ed4d3b058807"),
      value: "a8144c8b24f2aa47d9c160cf"),
    AuthenticationVector(
      testDescription: "Wycheproof aes_cmac 21", algorithm: .aesCMAC_96,
      key: hex("9bd3902ed0996c869b572272e76f3889"),
      message: hex("a7ba19d49ee1ea02f098aa8e30c740d893a4456ccc294040484ed8a00a55f93e"),
      value: "45082218c2d05eef32247feb"),
    AuthenticationVector(
      testDescription: "Wycheproof hmac_sha1 18", algorithm: .hmacSHA1_160,
      key: hex("0ef29e7c961da37afaea8182f28738d22c340232"),
      message: hex("165bb8e5c6f0a3ae40946dc807aee84645"),
      value: "78e6fa53ec213e9019d47ee7529d963a8a252942"),
    AuthenticationVector(
      testDescription: "Wycheproof hmac_sha256 99", algorithm: .hmacSHA256_128,
      key: hex("73216fafd0022d0d6ee27198b2272578fa8f04dd9f44467fbb6437aa45641bf7"),
      message: hex("d5247b8f6c3edcbfb1d591d13ece23d2f5"),
      value: "6e597c4c3861a380c06854b446fc2a87"),
    AuthenticationVector(
      testDescription: "Wycheproof hmac_sha384 99", algorithm: .hmacSHA384_192,
      key: hex("5beaf406a6627eaafcadb6dea4e27ba4fd879fd3e5bfd87ea3c8d5e0acfbbda2c6bf006beaf5a30312e690724c4744a3"),
      message: hex("bc57d467a9a2af64ad5e14b7bc0898dc63"),
      value: "3fab1a7a192359b6333a9699b75612211a38b6dccab4572d"),
    AuthenticationVector(
      testDescription: "Wycheproof hmac_sha512 99", algorithm: .hmacSHA512_256,
      key: hex("25843665d39c3ae9a7b3e4427e2bf7785281fd2594bdde67860ca9b8fa11646469d1645ae8ca3825b8c551f9eac3da06"
          + "60d8c2e2e3bd23d34395c6775dcdfd2e"),
      message: hex("74082cc5d14db1967442d66aac6092bd23"),
      value: "b373ac5fb1982b9d47d28844e969d51680dc81d21d556c2671c29c11dfa6e340"),
  ]
}
