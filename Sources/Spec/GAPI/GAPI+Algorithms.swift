public import Wire

extension GAPI {
  public enum AuthAlgorithm: UInt32, Enumeration {
    case none = 1
    case md5, sha1, aesXCBC, sha256, sha384, sha512, sha1Full

    public static let name: StaticString = "auth_alg"
    public static let summary: StaticString = "Integrity algorithms; 0 is as NONE."

    public var entry: Entry {
      switch self {
      case .none: Entry("AUTH_ALGO_NONE", "No integrity algorithm.")
      case .md5: Entry("AUTH_ALGO_MD5_HMAC", "HMAC-MD5-96 (RFC 2403).")
      case .sha1: Entry("AUTH_ALGO_SHA1_HMAC", "HMAC-SHA-1-96 (RFC 2404).")
      case .aesXCBC: Entry("AUTH_AESXCBC", "AES-XCBC-MAC-96 (RFC 3566).")
      case .sha256: Entry("AUTH_ALGO_SHA2_256_HMAC", "HMAC-SHA-256-128 (RFC 4868).")
      case .sha384: Entry("AUTH_ALGO_SHA2_384_HMAC", "HMAC-SHA-384-192 (RFC 4868).")
      case .sha512: Entry("AUTH_ALGO_SHA2_512_HMAC", "HMAC-SHA-512-256 (RFC 4868).")
      case .sha1Full: Entry("AUTH_ALGO_HMAC_SHA1_160", "HMAC-SHA-1 with all of its 160 bits (RFC 4595).")
      }
    }
  }

  public enum CipherAlgorithm: UInt32, Enumeration {
    case null = 1
    case desCBC, tripleDESCBC, aesCBC, aesCTR, aesCCM, aesGCM, aesGMAC

    public static let name: StaticString = "cipher_alg"
    public static let summary: StaticString = "Ciphers; 0 is as NULL."

    public var entry: Entry {
      switch self {
      case .null: Entry("CIPHER_ALGO_NULL", "No encryption (RFC 2410).")
      case .desCBC: Entry("CIPHER_ALGO_DES_CBC", "DES in CBC mode (RFC 2405).")
      case .tripleDESCBC: Entry("CIPHER_ALGO_3DES_CBC", "Triple DES in CBC mode (RFC 2451).")
      case .aesCBC: Entry("CIPHER_ALGO_AES_CBC", "AES in CBC mode (RFC 3602).")
      case .aesCTR: Entry("CIPHER_ALGO_AES_CTR", "AES in counter mode (RFC 3686); the nonce is iv.")
      case .aesCCM: Entry("CIPHER_ALGO_AES_CCM", "See comb_algo, which has to say the same.")
      case .aesGCM: Entry("CIPHER_ALGO_AES_GCM", "See comb_algo, which has to say the same.")
      case .aesGMAC: Entry("CIPHER_ALGO_AES_GMAC", "See comb_algo, which has to say the same.")
      }
    }
  }

  public enum CombinedAlgorithm: UInt32, Enumeration {
    case aesCCM = 1
    case aesGCM, aesGMAC

    public static let name: StaticString = "comb_alg"
    public static let summary: StaticString = "Combined modes; 0 says that cipher and integrity are apart."

    public var entry: Entry {
      switch self {
      case .aesCCM: Entry("COMB_ALGO_AES_CCM", "AES-CCM (RFC 4309); a salt of 3 bytes.")
      case .aesGCM: Entry("COMB_ALGO_AES_GCM", "AES-GCM (RFC 4106); a salt of 4 bytes.")
      case .aesGMAC: Entry("COMB_ALGO_AES_GMAC", "Integrity only, by AES-GMAC (RFC 4543); a salt of 4 bytes.")
      }
    }
  }

  public enum IPCompAlgorithm: UInt32, Enumeration {
    case deflate = 1
    case lzs

    public static let name: StaticString = "ipcomp_alg"
    public static let summary: StaticString = "Compression; 0 for none, which is all that accelerators have."

    public var entry: Entry {
      switch self {
      case .deflate: Entry("IPCOMP_DEFLATE", "DEFLATE (RFC 2394).")
      case .lzs: Entry("IPCOMP_LZS", "LZS (RFC 2395).")
      }
    }
  }

  public enum SecurityProtocol: UInt32, Enumeration {
    case esp = 50
    case ah

    public static let name: StaticString = "proto"
    public static let summary: StaticString = "IPsec protocols, by their IP protocol numbers."

    public var entry: Entry {
      switch self {
      case .esp: Entry("PROTO_ESP", "Encapsulating security payload (RFC 4303).")
      case .ah: Entry("PROTO_AH", "Authentication header (RFC 4302).")
      }
    }
  }
}
