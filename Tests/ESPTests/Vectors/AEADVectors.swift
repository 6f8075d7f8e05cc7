@testable import ESP

/// A selection of Project Wycheproof's vectors (testvectors_v1, Apache License 2.0) whose nonces are as long as ESP's,
/// salt ‖ IV, and whose associated data are as long as SPI and sequence number, or as these with ESN.
struct AEADVector: Sendable {
  /// File and number of the case.
  let source: String
  let algorithm: CombinedAlgorithm
  let key: String
  let nonce: String
  let data: String
  let plain: String
  let cipher: String
  let icv: String

  static let all = [
    AEADVector(
      source: "aes_gcm 3", algorithm: .aesGCM16,
      key: "aa023d0478dcb2b2312498293d9a9129",
      nonce: "0432bc49ac34412081288127", data: "aac39231129872a2",
      plain: "2035af313d1346ab00154fea78322105",
      cipher: "eea945f3d0f98cc0fbab472a0cf24e87",
      icv: "4bb9b4812519dadf9e1232016d068133"),
    AEADVector(
      source: "aes_gcm 12", algorithm: .aesGCM16,
      key: "e63a43216c08867210e248859eb5e99c",
      nonce: "9c3a4263d983456658aad4b1", data: "834afdc5c737186b",
      plain: "b14da56b0462dc05b871fc815273ff4810f92f4b",
      cipher: "bf864616c2347509ca9b10446379b9bdbb3b8f64",
      icv: "a97d25b490390b53c5db91f6ee2a15b8"),
    AEADVector(
      source: "aes_gcm 91", algorithm: .aesGCM16,
      key: "92ace3e348cd821092cd921aa3546374299ab46209691bc28b8752d17f123c20",
      nonce: "00112233445566778899aabb", data: "00000000ffffffff",
      plain: "00010203040506070809",
      cipher: "e27abdd2d2a53d2f136b",
      icv: "9a4a2579529301bcfb71c78d4060f52c"),
    AEADVector(
      source: "aes_gcm 101", algorithm: .aesGCM16,
      key: "cdccfe3f46d782ef47df4e72f0c02d9c7f774def970d23486f11a57f54247f17",
      nonce: "376187894605a8d45e30de51", data: "956846a209e087ed",
      plain: "e28e0e9f9d22463ac0e42639b530f42102fded75",
      cipher: "feca44952447015b5df1f456df8ca4bb4eee2ce2",
      icv: "082e91924deeb77880e1b1c84f9b8d30"),
    AEADVector(
      source: "aes_gcm 186", algorithm: .aesGCM16,
      key: "fa5b9b41f93f8b682c04ba816c3fecc24eec095b04dd7497",
      nonce: "62b9cf1e923bc1138d05d205", data: "2ed8487153e21b12",
      plain: "18159841813a69fc0f8f4229e1678da7c9016711",
      cipher: "c7c1cbb85ce2a0a3f32cb9ef01ad45ec1118b66d",
      icv: "253317f98bdab87531ece20475cd9ebb"),
    AEADVector(
      source: "aes_ccm 262", algorithm: .aesCCM16,
      key: "82841ef7fbae35546525fbbebf4718fb",
      nonce: "b5cd818f73a36ed025b6cf", data: "44f48c2a20456358",
      plain: "8c2c823bb39941b1c6b75bbc82f05ba4",
      cipher: "b287c637a7554362c80d6b24d50ddfb3",
      icv: "3967277da0f856f8f0ad49282894d2bb"),
    AEADVector(
      source: "aes_ccm 264", algorithm: .aesCCM16,
      key: "1d286e525ec2864d9ea6e7adfbdc4970",
      nonce: "1ad44879f1947abd503dce", data: "1db0eaaaa1e2c848",
      plain: "7b40e6c987692d0202cb6f44b423c267dd",
      cipher: "84f91f9d35b998598e50feb34dcaa0d260",
      icv: "ae4e38cc4b730944bc459df85a536f4e"),
    AEADVector(
      source: "aes_ccm 298", algorithm: .aesCCM16,
      key: "0a3bf0a926fb14a3b716bfa021a208da0330e57bed36828a",
      nonce: "a0ba36edc43d935ee94213", data: "3fcd93ccb8e97956",
      plain: "9ab6c109c8069d054ccbb5c33c6e70d0",
      cipher: "27d1e353233755a2fe28231637739c46",
      icv: "b9b74765ed3d53031bf3c7349e74340e"),
    AEADVector(
      source: "aes_ccm 300", algorithm: .aesCCM16,
      key: "ffe5d2ad71d432d6cd5f1072ec2acb7d7cde9c5c615d0eb9",
      nonce: "ea2198307402a106ea4293", data: "f93db4f4aec8afe8",
      plain: "c9db4d10d42340ac736271edf9f6581ce8",
      cipher: "bd960c7f60392e8d0afb28ba16ea63afd3",
      icv: "f2ca88d549dff207d979756d13e865d9"),
    AEADVector(
      source: "aes_ccm 334", algorithm: .aesCCM16,
      key: "60d6841e9e6218a2c8605a7794e74fb215dcf3a70a0015d497ed16564f2a83a0",
      nonce: "4c93f591af92f16596554e", data: "7cb0eb9aa21fe859",
      plain: "c0d1e635586b0ef835c01479a32175a3",
      cipher: "0c266113544d7a901ce721e1ead6d8f9",
      icv: "8a149eaa05c8722b2663c345a6a5418c"),
    AEADVector(
      source: "aes_ccm 336", algorithm: .aesCCM16,
      key: "b3a06e00100ffc42dbdd5317f43d2b48f8c11e4bd6e9e3edab58e9944c559278",
      nonce: "f3d24b362bf12b84b8a66a", data: "0242b5e804a79188",
      plain: "03b03b45f6f320b99d8158ff8b00f0ad92",
      cipher: "d127fd42b2ca4beca9f9ac86b63a1622ef",
      icv: "8a499aab9e8f4096da603c6ccfb9ac4a"),
    AEADVector(
      source: "chacha20_poly1305 1", algorithm: .chaCha20Poly1305,
      key: "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
      nonce: "070000004041424344454647", data: "50515253c0c1c2c3c4c5c6c7",
      plain: "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a20496620492063"
        + "6f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73"
        + "637265656e20776f756c642062652069742e",
      cipher: "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
        + "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
        + "3ff4def08e4b7a9de576d26586cec64b6116",
      icv: "1ae10b594f09e26a7e902ecbd0600691"),
    AEADVector(
      source: "chacha20_poly1305 69", algorithm: .chaCha20Poly1305,
      key: "573f08ebbe0cce4ac9618e8c3b224bea0a32f055c6996838a32f527ca3c3b695",
      nonce: "ad8050dc6d122dce3e5639ed", data: "e99698241c599b5f",
      plain: "668d5e3f95fe030daf432a5fc5837af3a79c81e94b28d8204c5ee262ab3c9908a7",
      cipher: "eaf6810e6ec1cb7a2918856257d1aa3d51a827879146c6337ecf535e9c89b149c5",
      icv: "a2950c2f394a3466c345f796323c1aa7"),
    AEADVector(
      source: "chacha20_poly1305 73", algorithm: .chaCha20Poly1305,
      key: "97d635c4f47574d9998a90875da1d3a284b755b2d39297a5725235190e10a97e",
      nonce: "d31c21aba175b70de4ebb19c", data: "7193f623663321a2",
      plain: "94ee166d6d6ecf8832437136b4ae805d428864359586d9193a25016293edba443c58e07e7b7195ec5bd84582a9d56c8d"
        + "4a108c7d7ce34e6c6f8ea1bec0567317",
      cipher: "5fbbdecc34be201614f636031eeb42f1cace3c79a12cffd871ee8e73820c829749f1abb4294367849fb6c2aa56bda8a3"
        + "078f723d7c1c852024b017b58973fb1e",
      icv: "09263da7b4cb921452f97dca40f580ec"),
    AEADVector(
      source: "chacha20_poly1305 79", algorithm: .chaCha20Poly1305,
      key: "80be86fb6fc49bc73428cab576f6ad72ff6aca04001b8b1c57a7128be73900aa",
      nonce: "903188433c1ce8971aa19b9d", data: "0587af8530ad0547",
      plain: "67ce499cd8ed68bd717dfe61c60f27d260b1c163a72e8cc8597253d3d987c2dbe1bff2e44d9bd4765d3e53d9c3f8eb3b"
        + "90e751f47c7157bdc1142bc33f5833ac1cd1262cbb239066b334a4ed99ae82c74f2b49540f1a614bc239d8fc5add8c17"
        + "8184e41281f6e66c5c3117fd953547f7c829425b5082aa69686847eaf5784692",
      cipher: "2b90b4f3de280c44913d1984bdd5dfa0566c6a14a058659a9b623277b0bb6e82101e79395d12e643f62d9a822bae4979"
        + "07493e4f8213fcf99da8a78fdf867af36bc8b0931c1886b4f0ae5729986494dbd59737e956cd8f226c7c522689d082f0"
        + "23894d54acab0c4d609f3746a67369bb8876008f7fd3dc6681c5fb9d728c5911",
      icv: "f005ebe1c1ada75a9cee8d630881d5b8"),
    AEADVector(
      source: "chacha20_poly1305 102", algorithm: .chaCha20Poly1305,
      key: "adcc520b381382237d05a6400a7dfbcd0771b6aa9edb7966131ddef6af21f1be",
      nonce: "9183cdf3a8ba7397b6b2d5d5", data: "b334375415f6215c0bf89a9a",
      plain: "958295619cf1b36f0b474663c0bc79eb",
      cipher: "852c141b4239a31feeda03550d70a2be",
      icv: "5fc59287b92d3fcf7d66f13defb11b0d"),
  ]
}
