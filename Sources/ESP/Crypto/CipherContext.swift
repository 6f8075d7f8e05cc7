import CCrypto

/// A libcrypto cipher context that holds a key: set up once, then given an IV per packet.
///
/// libcrypto erases the expanded key when the context is freed.
struct CipherContext: ~Copyable {
  private let raw: OpaquePointer

  /// A context for `name`, an EVP name such as `AES-128-GCM`.
  ///
  /// - Parameter nonceLength: given for AEAD algorithms, in bytes.
  /// - Throws: `ParameterError.provider` when libcrypto lacks the algorithm or refuses the key.
  init(_ name: String, key: Key, sealing: Bool, nonceLength: Int? = nil, icvLength: Int? = nil) throws(ParameterError) {
    self.raw = try Self.make(name, key, sealing, nonceLength, icvLength)
  }

  private static func make(
    _ name: String, _ key: Key, _ sealing: Bool, _ nonceLength: Int?, _ icvLength: Int?
  ) throws(ParameterError) -> OpaquePointer {
    guard let cipher = EVP_CIPHER_fetch(nil, name, nil), let raw = EVP_CIPHER_CTX_new() else {
      throw .provider(algorithm: name)
    }
    defer { EVP_CIPHER_free(cipher) }
    let direction: Int32 = sealing ? 1 : 0
    var isReady = EVP_CipherInit_ex(raw, cipher, nil, nil, nil, direction) == 1
    if let nonceLength {
      isReady = isReady && EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonceLength), nil) == 1
    }
    if let icvLength {
      isReady = isReady && EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_AEAD_SET_TAG, Int32(icvLength), nil) == 1
    }
    isReady = isReady && EVP_CipherInit_ex(raw, nil, nil, key.storage.start.bytePointer, nil, direction) == 1
    guard isReady else {
      EVP_CIPHER_CTX_free(raw)
      throw .provider(algorithm: name)
    }
    return raw
  }

  deinit { EVP_CIPHER_CTX_free(raw) }

  /// Starts a packet.
  @inline(__always)
  func start(iv: UnsafeRawPointer) -> Bool {
    EVP_CipherInit_ex(raw, nil, nil, nil, iv.bytePointer, -1) == 1
  }

  /// Starts a packet whose nonce is salt ‖ 8 bytes of IV.
  @inline(__always)
  func start(salt: borrowing Salt, iv: UnsafeRawPointer) -> Bool {
    var nonce: (UInt64, UInt64) = (0, 0)
    return withUnsafeMutableBytes(of: &nonce) { bytes in
      bytes.storeBytes(of: salt.start.load(as: UInt32.self), as: UInt32.self)
      bytes.storeBytes(of: iv.loadUnaligned(as: UInt64.self), toByteOffset: salt.count, as: UInt64.self)
      return start(iv: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped))
    }
  }

  /// Starts a packet of AES-GCM, whose nonce is salt ‖ 8 bytes of IV; when opening, one that must have this ICV.
  @inline(__always)
  func startGCM(salt: borrowing Salt, iv: UnsafeRawPointer, icv: UnsafeMutableRawPointer?, _ icvLength: Int) -> Bool {
    var nonce = (salt.start.load(as: UInt32.self), UInt32(0), UInt32(0))
    return withUnsafeMutableBytes(of: &nonce) { bytes in
      bytes.storeBytes(of: iv.loadUnaligned(as: UInt64.self), toByteOffset: 4, as: UInt64.self)
      return ccrypto_start_gcm(raw, bytes.baseAddress, icv, icvLength) == 1
    }
  }

  /// Says how much text will come: CCM wants to know before the rest.
  @inline(__always)
  func announce(count: Int) -> Bool {
    var length: Int32 = 0
    return EVP_CipherUpdate(raw, nil, &length, nil, Int32(count)) == 1
  }

  /// Authenticates without encrypting.
  @inline(__always)
  func authenticate(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    EVP_Cipher(raw, nil, bytes.bytePointer, UInt32(count)) >= 0
  }

  /// Encrypts or decrypts in place, or into `output`.
  @inline(__always)
  func process(_ input: UnsafeRawPointer, _ count: Int, into output: UnsafeMutableRawPointer) -> Bool {
    EVP_Cipher(raw, output.bytePointer, input.bytePointer, UInt32(count)) >= 0
  }

  /// Ends a packet; when opening, true if the ICV was right.
  @inline(__always)
  func finish() -> Bool {
    var rest: UInt64 = 0
    return withUnsafeMutableBytes(of: &rest) { EVP_Cipher(raw, $0.baseAddress?.bytePointer, nil, 0) >= 0 }
  }

  /// Ends a packet of an algorithm that has to be told by `EVP_CipherFinal_ex`: ChaCha20-Poly1305.
  @inline(__always)
  func finishStream() -> Bool {
    var length: Int32 = 0
    var rest: UInt64 = 0
    return withUnsafeMutableBytes(of: &rest) { EVP_CipherFinal_ex(raw, $0.baseAddress?.bytePointer, &length) == 1 }
  }

  /// The ICV that a packet to be opened must have.
  @inline(__always)
  func setICV(_ icv: UnsafeMutableRawPointer, _ count: Int) -> Bool {
    EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_AEAD_SET_TAG, Int32(count), icv) == 1
  }

  /// The ICV of a packet that was sealed.
  @inline(__always)
  func getICV(_ icv: UnsafeMutableRawPointer, _ count: Int) -> Bool { ccrypto_get_icv(raw, icv, count) == 1 }
}

extension UnsafeRawPointer {
  var bytePointer: UnsafePointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawPointer {
  var bytePointer: UnsafeMutablePointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}
