import CCrypto

/// AES-XCBC-MAC (RFC 3566) and AES-CMAC (RFC 4493): CBC-MAC with one of two keys added to the last block.
final class BlockCipherMAC: Authenticator {
  private static let block = 16
  /// How much is encrypted at a time.
  private static let chunk = 512

  private let context: CipherContext
  /// Added to a whole last block, then to a padded one: 16 bytes each.
  private let lastBlockKeys: SecretBytes

  /// XCBC: three keys are derived by encrypting 1…, 2… and 3….
  init(xcbc key: Key) throws(ParameterError) {
    let derive = try CipherContext("AES-128-ECB", key: key, sealing: true)
    func derived(_ byte: UInt8, into output: UnsafeMutableRawPointer) {
      output.initializeMemory(as: UInt8.self, repeating: byte, count: Self.block)
      precondition(derive.process(output, Self.block, into: output), "AES failed on one block")
    }
    let cbcKey = Key(storage: SecretBytes(count: Self.block) { derived(1, into: $0.baseAddress.unsafelyUnwrapped) })
    self.lastBlockKeys = SecretBytes(count: 2 * Self.block) {
      derived(2, into: $0.baseAddress.unsafelyUnwrapped)
      derived(3, into: $0.baseAddress.unsafelyUnwrapped + Self.block)
    }
    self.context = try CipherContext("AES-128-CBC", key: cbcKey, sealing: true)
  }

  /// CMAC: the encrypted zero block is doubled in GF(2^128), and doubled again.
  init(cmac key: Key) throws(ParameterError) {
    let derive = try CipherContext("AES-128-ECB", key: key, sealing: true)
    self.lastBlockKeys = SecretBytes(count: 2 * Self.block) {
      let first = $0.baseAddress.unsafelyUnwrapped
      precondition(derive.process(first, Self.block, into: first), "AES failed on one block")
      Self.double(first, into: first)
      Self.double(first, into: first + Self.block)
    }
    self.context = try CipherContext("AES-128-CBC", key: key, sealing: true)
  }

  private static func double(_ input: UnsafeRawPointer, into output: UnsafeMutableRawPointer) {
    let high = UInt64(bigEndian: input.loadUnaligned(as: UInt64.self))
    let low = UInt64(bigEndian: input.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let reduction: UInt64 = high >> 63 == 1 ? 0x87 : 0
    output.storeBytes(of: (high << 1 | low >> 63).bigEndian, as: UInt64.self)
    output.storeBytes(of: (low << 1 ^ reduction).bigEndian, toByteOffset: 8, as: UInt64.self)
  }

  func authenticate(
    _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer
  ) {
    withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 16) { buffer in
      var filled = 0
      buffer.initializeMemory(as: UInt8.self, repeating: 0)
      let start = buffer.baseAddress.unsafelyUnwrapped
      var isGood = context.start(iv: start)
      for piece in 0..<3 {
        var rest = piece == 0 ? prefix : piece == 1 ? body : suffix
        while !rest.isEmpty {
          if filled == Self.chunk {
            isGood = context.process(start, filled, into: start) && isGood
            filled = 0
          }
          let count = min(Self.chunk - filled, rest.count)
          (start + filled).copyMemory(from: rest.baseAddress.unsafelyUnwrapped, byteCount: count)
          filled += count
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
      }
      let end = addLastBlockKey(buffer, filled: filled)
      isGood = context.process(start, end, into: start) && isGood
      precondition(isGood, "AES-CBC failed on whole blocks")
      value.copyMemory(from: start + end - Self.block, byteCount: Self.block)
      OPENSSL_cleanse(start + end - Self.block, Self.block)
    }
  }

  /// Pads the last block with 1000… if it is not whole, and adds the key that goes with it; the end of the blocks.
  private func addLastBlockKey(_ buffer: UnsafeMutableRawBufferPointer, filled: Int) -> Int {
    let isWhole = filled > 0 && filled % Self.block == 0
    let end = isWhole ? filled : (filled / Self.block + 1) * Self.block
    if !isWhole {
      buffer[filled] = 0x80
      for index in filled + 1..<end { buffer[index] = 0 }
    }
    let key = lastBlockKeys.bytes.dropFirst(isWhole ? 0 : Self.block)
    for (index, byte) in key.prefix(Self.block).enumerated() { buffer[end - Self.block + index] ^= byte }
    return end
  }
}
