import CCrypto

/// A hash function whose state is a plain value.
protocol BlockHash {
  associatedtype State
  static var blockLength: Int { get }
  static var digestLength: Int { get }
  static func start(_ state: UnsafeMutablePointer<State>)
  static func update(_ state: UnsafeMutablePointer<State>, _ bytes: UnsafeRawBufferPointer)
  static func finish(_ state: UnsafeMutablePointer<State>, _ digest: UnsafeMutableRawPointer)
}

enum MD5Hash: BlockHash {
  static let blockLength = 64, digestLength = 16
  static func start(_ state: UnsafeMutablePointer<MD5_CTX>) { MD5_Init(state) }
  static func update(_ state: UnsafeMutablePointer<MD5_CTX>, _ bytes: UnsafeRawBufferPointer) {
    MD5_Update(state, bytes.baseAddress, bytes.count)
  }
  static func finish(_ state: UnsafeMutablePointer<MD5_CTX>, _ digest: UnsafeMutableRawPointer) {
    MD5_Final(digest.bytePointer, state)
  }
}

enum SHA1Hash: BlockHash {
  static let blockLength = 64, digestLength = 20
  static func start(_ state: UnsafeMutablePointer<SHA_CTX>) { SHA1_Init(state) }
  static func update(_ state: UnsafeMutablePointer<SHA_CTX>, _ bytes: UnsafeRawBufferPointer) {
    SHA1_Update(state, bytes.baseAddress, bytes.count)
  }
  static func finish(_ state: UnsafeMutablePointer<SHA_CTX>, _ digest: UnsafeMutableRawPointer) {
    SHA1_Final(digest.bytePointer, state)
  }
}

enum SHA256Hash: BlockHash {
  static let blockLength = 64, digestLength = 32
  static func start(_ state: UnsafeMutablePointer<SHA256_CTX>) { SHA256_Init(state) }
  static func update(_ state: UnsafeMutablePointer<SHA256_CTX>, _ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(state, bytes.baseAddress, bytes.count)
  }
  static func finish(_ state: UnsafeMutablePointer<SHA256_CTX>, _ digest: UnsafeMutableRawPointer) {
    SHA256_Final(digest.bytePointer, state)
  }
}

enum SHA384Hash: BlockHash {
  static let blockLength = 128, digestLength = 48
  static func start(_ state: UnsafeMutablePointer<SHA512_CTX>) { SHA384_Init(state) }
  static func update(_ state: UnsafeMutablePointer<SHA512_CTX>, _ bytes: UnsafeRawBufferPointer) {
    SHA384_Update(state, bytes.baseAddress, bytes.count)
  }
  static func finish(_ state: UnsafeMutablePointer<SHA512_CTX>, _ digest: UnsafeMutableRawPointer) {
    SHA384_Final(digest.bytePointer, state)
  }
}

enum SHA512Hash: BlockHash {
  static let blockLength = 128, digestLength = 64
  static func start(_ state: UnsafeMutablePointer<SHA512_CTX>) { SHA512_Init(state) }
  static func update(_ state: UnsafeMutablePointer<SHA512_CTX>, _ bytes: UnsafeRawBufferPointer) {
    SHA512_Update(state, bytes.baseAddress, bytes.count)
  }
  static func finish(_ state: UnsafeMutablePointer<SHA512_CTX>, _ digest: UnsafeMutableRawPointer) {
    SHA512_Final(digest.bytePointer, state)
  }
}
