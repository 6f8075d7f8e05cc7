public import Wire

public enum HMACAlgorithm: UInt16, Enumeration {
  case null, md5, sha1, aesXCBC, sha256, sha384, sha512, sha1Full, aesCMAC, aesGMAC

  public static let name: StaticString = "hmac_algorithm"
  public static let summary: StaticString = "Integrity algorithms; in capability words, bit n stands for algorithm n."

  public var entry: Entry {
    switch self {
    case .null: Entry("HMAC_NULL", "No integrity algorithm.")
    case .md5: Entry("HMAC_MD5", "HMAC-MD5-96 (RFC 2403).")
    case .sha1: Entry("HMAC_SHA1", "HMAC-SHA-1-96 (RFC 2404).")
    case .aesXCBC: Entry("HMAC_AES_XCBC_MAC", "AES-XCBC-MAC-96 (RFC 3566).")
    case .sha256: Entry("HMAC_SHA256", "HMAC-SHA-256-128 (RFC 4868).")
    case .sha384: Entry("HMAC_SHA384", "HMAC-SHA-384-192 (RFC 4868).")
    case .sha512: Entry("HMAC_SHA512", "HMAC-SHA-512-256 (RFC 4868).")
    case .sha1Full: Entry("HMAC_SHA1_160", "HMAC-SHA-1 with all of its 160 bits (RFC 4595).")
    case .aesCMAC: Entry("HMAC_AES_CMAC", "AES-CMAC-96 (RFC 4494).", since: .v2_0)
    case .aesGMAC: Entry("HMAC_AES_GMAC", "AES-GMAC in AH (RFC 4543).", since: .v2_0)
    }
  }
}

public enum CipherAlgorithm: UInt16, Enumeration {
  case noCipher, desCBC, tripleDESCBC, null, aesCBC, aesCTR, aesCCM8, aesCCM12, aesCCM16, aesGCM8, aesGCM12, aesGCM16,
    aesGMAC,
    chaCha20Poly1305

  public static let name: StaticString = "cipher_algorithm"
  public static let summary: StaticString =
    "Ciphers and combined modes; in capability words, bit n stands for algorithm n."

  public var entry: Entry {
    switch self {
    case .noCipher: Entry("CIPHER_NONE", "No cipher: an SA of AH.")
    case .desCBC: Entry("DES_CBC", "DES in CBC mode (RFC 2405).")
    case .tripleDESCBC: Entry("3DES_CBC", "Triple DES in CBC mode (RFC 2451).")
    case .null: Entry("ESP_NULL", "ESP without encryption (RFC 2410).")
    case .aesCBC: Entry("AES_CBC", "AES in CBC mode (RFC 3602).")
    case .aesCTR: Entry("AESCTR", "AES in counter mode (RFC 3686).")
    case .aesCCM8: Entry("AES_CCM_ICV8", "AES-CCM with an ICV of 8 bytes (RFC 4309).")
    case .aesCCM12: Entry("AES_CCM_ICV12", "AES-CCM with an ICV of 12 bytes (RFC 4309).")
    case .aesCCM16: Entry("AES_CCM_ICV16", "AES-CCM with an ICV of 16 bytes (RFC 4309).")
    case .aesGCM8: Entry("AES_GCM_ICV8", "AES-GCM with an ICV of 8 bytes (RFC 4106).")
    case .aesGCM12: Entry("AES_GCM_ICV12", "AES-GCM with an ICV of 12 bytes (RFC 4106).")
    case .aesGCM16: Entry("AES_GCM_ICV16", "AES-GCM with an ICV of 16 bytes (RFC 4106).")
    case .aesGMAC:
      Entry("AES_GMAC", "ESP without encryption, with AES-GMAC (RFC 4543).", formerly: ("NULL_AES_GMAC", until: .v0_4))
    case .chaCha20Poly1305: Entry("CHACHA20_POLY1305", "ChaCha20-Poly1305 (RFC 7634).", since: .v2_0)
    }
  }
}
