@testable import ESP

/// Published ESP packets with all their headers.
struct PacketVector: Sendable {
  let source: String
  let parameters: Parameters
  let sequence: UInt64
  let iv: String
  let plain: String
  let wire: String
  /// Whether the published outer header is what this engine would write: transport mode always is; a tunnel's
  /// identification and TTL are the sender's choice.
  var isWholePacket: Bool { parameters.mode == .transport }

  /// RFC 3602 section 4, cases 5 to 8: AES-CBC without authentication.
  private static func rfc3602(
    _ number: Int, _ spi: UInt32, _ key: String, _ mode: Parameters.Mode, _ sequence: UInt64, _ iv: String,
    _ plain: String, _ wire: String
  ) -> PacketVector {
    var parameters = Parameters(spi: spi, mode: mode, protection: .separate(.aesCBC, key: ESPTests.key(key), .none))
    parameters.allowsUnauthenticated = true
    return PacketVector(
      source: "RFC 3602 case \(number)", parameters: parameters,
      sequence: sequence, iv: iv, plain: plain, wire: wire)
  }

  private static let tunnel3602 = Parameters.Mode.tunnel(
    source: IPAddress("192.168.123.3")!, destination: IPAddress("192.168.123.200")!)

  static let all = [
    rfc3602(
      5, 0x00004321, "90d382b410eeba7ad938c46cec1a82bf", .transport, 1,
      "e96e8c08ab465763fd098d45dd3ff893",
      """
      4500005408f200004001f9fec0a87b03c0a87b6408000ebda70a00008e9c083db95b070008090a0b0c0d0e0f10111213
      1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637
      """,
      """
      4500007c08f200004032f9a5c0a87b03c0a87b640000432100000001e96e8c08ab465763fd098d45dd3ff893f663c25d
      325c18c6a9453e194e120849a4870b66cc6b9965330013b4898dc856a4699e523a55db080b59ec3a8e4b7e52775b07d1
      db34ed9c538ab50c551b874aa269add047ad2d5913ac19b7cfbad4a6
      """),
    rfc3602(
      6, 0x00004321, "90d382b410eeba7ad938c46cec1a82bf", .transport, 8,
      "69d08df7d203329db093fc4924e5bd80",
      """
      4500003008fe00004001fa16c0a87b03c0a87b640800b5e8a80a0500a69c083d0b660e00777777777777777777777777
      """,
      """
      4500004c08fe00004032f9c9c0a87b03c0a87b64000043210000000869d08df7d203329db093fc4924e5bd80f5199588
      1ec4e0c4488987ce742e8109689bb379d2d750c0d915dca346a89f75
      """),
    rfc3602(
      7, 0x00008765, "0123456789abcdef0123456789abcdef", tunnel3602, 2,
      "f4e765244f6407adf13dc1380f673f37",
      """
      45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f10111213
      1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637
      """,
      """
      4500008c090500004032f91ec0a87b03c0a87bc80000876500000002f4e765244f6407adf13dc1380f673f37773b5241
      a4c449225e4f3ce5ed611b0c237ca96cf74a93013c1b0ea1a0cf70f8e4ecaec78ac53aad7a0f022b859243c647752e94
      a859352b8a4d4d2decd136e5c177f132ad3fbfb2201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d
      """),
    rfc3602(
      8, 0x00008765, "0123456789abcdef0123456789abcdef", tunnel3602, 5,
      "85d47224b5f3dd5d2101d4ea8dffab22",
      """
      45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083da3de0300ffffffffffffffffffffffff
      ffffffffffffffffffffffffffffffffffffffff
      """,
      """
      4500007c090d00004032f926c0a87b03c0a87bc8000087650000000585d47224b5f3dd5d2101d4ea8dffab2215b92683
      819596a8047232cc00f7048fe45318e11f8a0f62ede3c3fc61203bb50f980a08c9843fd3a1b06d5c07ff9639b7eb7dfb
      3512e5de435e7207ed971ef3d2726d9b5ef6affc6d17a0decbb13892
      """),
    PacketVector(
      source: "RFC 7634 appendix A",
      parameters: Parameters(
        spi: 0x01020304, mode: .tunnel(source: IPAddress("203.0.113.153")!, destination: IPAddress("203.0.113.5")!),
        protection: .combined(
          .chaCha20Poly1305, key: ESPTests.key("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
          salt: ESPTests.key("a0a1a2a3"))),
      sequence: 5, iv: "1011121314151617",
      plain: """
        45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f10111213
        1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637
        """,
      wire: """
        4500008c234500004032de5bcb007199cb0071050102030400000005101112131415161724039428b97f417e3c13753a
        4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f72aa71e7c4c4f64c9befe2fac
        c638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43
        """),
    PacketVector(
      source: "OpenDataPlane's AES-GMAC packet, after draft-mcgrew-gcm-test",
      parameters: Parameters(
        spi: 0x4321, mode: .tunnel(source: IPAddress("192.168.1.2")!, destination: IPAddress("192.168.1.1")!),
        protection: .combined(
          .aesGMAC, key: ESPTests.key("4c80cdefbb5d10da906ac73c3613a634"), salt: ESPTests.key("22433c64"))),
      sequence: 7, iv: "0000000000000000",
      plain: """
        45000030da3a00008001df3bc0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f7071727374
        """,
      wire: """
        45000068698f000080324d81c0a80102c0a801010000432100000007000000000000000045000030da3a00008001df3b
        c0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f707172737401020204594f4055428d399a
        9d66c15e77023a98
        """),
  ]
}
