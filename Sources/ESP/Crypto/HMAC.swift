import CCrypto

/// HMAC (RFC 2104) over any hash: the two keyed hash states are computed once and copied per packet.
final class HMAC<Hash: BlockHash>: Authenticator {
  /// The inner state, then the outer one.
  private let states: SecretBytes

  init(key: Key) {
    precondition(key.count <= Hash.blockLength, "keys longer than a block are hashed first, which no IPsec key is")
    states = SecretBytes(count: 2 * MemoryLayout<Hash.State>.stride) { memory in
      let states = memory.baseAddress.unsafelyUnwrapped.bindMemory(to: Hash.State.self, capacity: 2)
      Self.prepare(states, key, 0x36)
      Self.prepare(states + 1, key, 0x5c)
    }
  }

  private static func prepare(_ state: UnsafeMutablePointer<Hash.State>, _ key: Key, _ pad: UInt8) {
    withUnsafeTemporaryAllocation(byteCount: Hash.blockLength, alignment: 16) { block in
      for index in block.indices { block[index] = pad ^ (index < key.count ? key.storage.bytes[index] : 0) }
      Hash.start(state)
      Hash.update(state, UnsafeRawBufferPointer(block))
      OPENSSL_cleanse(block.baseAddress, block.count)
    }
  }

  func authenticate(
    _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer
  ) {
    let states = UnsafeRawPointer(states.start).assumingMemoryBound(to: Hash.State.self)
    withUnsafeTemporaryAllocation(of: Hash.State.self, capacity: 1) { memory in
      let state = memory.baseAddress.unsafelyUnwrapped
      state.initialize(from: states, count: 1)
      if prefix.count > 0 { Hash.update(state, prefix) }
      if body.count > 0 { Hash.update(state, body) }
      if suffix.count > 0 { Hash.update(state, suffix) }
      Hash.finish(state, value)
      state.initialize(from: states + 1, count: 1)
      Hash.update(state, UnsafeRawBufferPointer(start: value, count: Hash.digestLength))
      Hash.finish(state, value)
      OPENSSL_cleanse(state, MemoryLayout<Hash.State>.size)
    }
  }
}

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
