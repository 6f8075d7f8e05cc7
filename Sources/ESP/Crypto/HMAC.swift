import CCrypto

/// HMAC (RFC 2104): the two keyed hash states are computed once and copied per packet.
final class HMAC: Authenticator {
  enum Hash { case md5, sha1, sha256, sha384, sha512 }

  private let hash: Hash
  /// The inner state, then the outer one.
  private let states: SecretBytes

  init(_ hash: Hash, key: Key) {
    self.hash = hash
    self.states =
      switch hash {
      case .md5: Self.states(MD5Hash.self, key)
      case .sha1: Self.states(SHA1Hash.self, key)
      case .sha256: Self.states(SHA256Hash.self, key)
      case .sha384: Self.states(SHA384Hash.self, key)
      case .sha512: Self.states(SHA512Hash.self, key)
      }
  }

  // Chosen here and not by a type parameter of the class: so each hash gets code of its own, without generics at run
  // time.
  func authenticate(
    _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer
  ) {
    switch hash {
    case .md5: compute(MD5Hash.self, prefix, body, suffix, into: value)
    case .sha1: compute(SHA1Hash.self, prefix, body, suffix, into: value)
    case .sha256: compute(SHA256Hash.self, prefix, body, suffix, into: value)
    case .sha384: compute(SHA384Hash.self, prefix, body, suffix, into: value)
    case .sha512: compute(SHA512Hash.self, prefix, body, suffix, into: value)
    }
  }

  private static func states<H: BlockHash>(_: H.Type, _ key: Key) -> SecretBytes {
    precondition(key.count <= H.blockLength, "keys longer than a block are hashed first, which no IPsec key is")
    return SecretBytes(count: 2 * MemoryLayout<H.State>.stride) { memory in
      let states = memory.baseAddress.unsafelyUnwrapped.bindMemory(to: H.State.self, capacity: 2)
      prepare(H.self, states, key, 0x36)
      prepare(H.self, states + 1, key, 0x5c)
    }
  }

  private static func prepare<H: BlockHash>(
    _: H.Type, _ state: UnsafeMutablePointer<H.State>, _ key: Key, _ pad: UInt8
  ) {
    withUnsafeTemporaryAllocation(byteCount: H.blockLength, alignment: 16) { block in
      for index in block.indices { block[index] = pad ^ (index < key.count ? key.storage.bytes[index] : 0) }
      H.start(state)
      H.update(state, UnsafeRawBufferPointer(block))
      OPENSSL_cleanse(block.baseAddress, block.count)
    }
  }

  @inline(__always)
  private func compute<H: BlockHash>(
    _: H.Type, _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer
  ) {
    withUnsafeTemporaryAllocation(of: H.State.self, capacity: 1) { memory in
      let state = UnsafeMutableRawPointer(memory.baseAddress.unsafelyUnwrapped)
      let size = MemoryLayout<H.State>.size
      state.copyMemory(from: states.start, byteCount: size)
      let hash = state.assumingMemoryBound(to: H.State.self)
      if prefix.count > 0 { H.update(hash, prefix) }
      if body.count > 0 { H.update(hash, body) }
      if suffix.count > 0 { H.update(hash, suffix) }
      H.finish(hash, value)
      state.copyMemory(from: states.start + MemoryLayout<H.State>.stride, byteCount: size)
      H.update(hash, UnsafeRawBufferPointer(start: value, count: H.digestLength))
      H.finish(hash, value)
      OPENSSL_cleanse(state, size)
    }
  }
}
