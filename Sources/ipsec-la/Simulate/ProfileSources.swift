import CycleModel

/// Where the numbers of the profiles that come with the program are from.
enum ProfileSources {
  /// In brackets after what a value means: a standard, or the word illustrative.
  static func source(of key: ProfileKey) -> String {
    guard key.name.hasSuffix(".rate") || key.name.hasSuffix(".setup") else { return "illustrative" }
    return engines.first { key.name.hasPrefix($0.prefix) }?.source ?? "illustrative"
  }

  /// One round of the algorithm a cycle; that an engine does one is illustrative.
  private static let engines: [(prefix: String, source: String)] = [
    ("cipher.des_cbc", "16 rounds a block of 8 bytes, FIPS 46-3"),
    ("cipher.3des_cbc", "three times 16 rounds a block of 8 bytes, FIPS 46-3"),
    ("cipher.aes_cbc", "14 rounds a block of 16 bytes, FIPS 197"),
    ("cipher.aes_ccm", "14 rounds a block of 16 bytes, FIPS 197, SP 800-38C"),
    ("cipher.aesctr", "blocks that depend on nothing, SP 800-38A"),
    ("cipher.aes_gcm", "a block and a multiplication a cycle, SP 800-38D"),
    ("cipher.aes_gmac", "a multiplication a cycle, SP 800-38D"),
    ("cipher.chacha20", "20 rounds a block of 64 bytes, RFC 8439"),
    ("integrity.hmac_md5", "64 steps a block of 64 bytes, RFC 1321"),
    ("integrity.hmac_sha1", "80 steps a block of 64 bytes, FIPS 180-4"),
    ("integrity.hmac_sha256", "64 steps a block of 64 bytes, FIPS 180-4"),
    ("integrity.hmac_sha384", "80 steps a block of 128 bytes, FIPS 180-4"),
    ("integrity.hmac_sha512", "80 steps a block of 128 bytes, FIPS 180-4"),
    ("integrity.hmac_aes_gmac", "a multiplication a cycle, SP 800-38D"),
    ("integrity.hmac_aes", "14 rounds a block of 16 bytes, FIPS 197"),
  ]
}
