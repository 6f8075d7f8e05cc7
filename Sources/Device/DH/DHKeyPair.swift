import CCrypto
import ESP
import Glibc

/// A Diffie-Hellman key pair, of which the device keeps the private key.
struct DHKeyPair {
  let group: DHGroup
  /// The random bytes from which the private key is made, always in the same way.
  let seed: Key

  init(_ group: DHGroup, seed: Key) {
    self.group = group
    self.seed = seed
  }

  /// A new pair.
  init(_ group: DHGroup, random: (Int) -> [UInt8]) {
    var bytes = random(group.privateByteCount)
    self.init(group, seed: Key(bytes))
    bytes.withUnsafeMutableBytes { explicit_bzero($0.baseAddress!, $0.count) }
  }

  /// The public value, in the form of its IKEv2 payload; nil when the engine fails.
  func publicValue() -> [UInt8]? {
    switch group {
    case .modp2048, .modp3072, .modp4096, .modp6144, .modp8192: ModularGroup(group).power(of: nil, seed)
    case .ecp256, .ecp384, .ecp521: CurveGroup(group).multiple(of: nil, seed)
    case .curve25519, .curve448: MontgomeryGroup(group).publicValue(seed)
    }
  }

  /// What is shared with the owner of a public value; nil when that is no value of the group (RFC 6989, section 2).
  func secret(with peer: [UInt8]) -> [UInt8]? {
    guard peer.count == group.publicByteCount else { return nil }
    return switch group {
    case .modp2048, .modp3072, .modp4096, .modp6144, .modp8192: ModularGroup(group).power(of: peer, seed)
    case .ecp256, .ecp384, .ecp521:
      CurveGroup(group).multiple(of: peer, seed).map { Array($0.prefix(group.secretByteCount)) }
    case .curve25519, .curve448: MontgomeryGroup(group).secret(seed, with: peer)
    }
  }
}

/// Big integers that are erased when they go.
struct Integers: ~Copyable {
  let context: OpaquePointer

  init() {
    guard let context = BN_CTX_secure_new() else { fatalError("out of memory for big integers") }
    self.context = context
    BN_CTX_start(context)
  }

  deinit {
    BN_CTX_end(context)
    BN_CTX_free(context)
  }

  /// A new integer; of bytes from the most significant on, if there are any.
  func make(_ bytes: UnsafeRawBufferPointer? = nil) -> OpaquePointer {
    guard let integer = BN_CTX_get(context) else { fatalError("out of memory for big integers") }
    if let bytes { BN_bin2bn(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count), integer) }
    return integer
  }

  func make(_ bytes: [UInt8]) -> OpaquePointer { bytes.withUnsafeBytes { make($0) } }

  func make(_ value: UInt) -> OpaquePointer {
    let integer = make()
    BN_set_word(integer, value)
    return integer
  }
}
