import CCrypto

/// Where the nonces are from that keep the IVs of cipher block chaining from coming again when the program is started
/// again with the same keys. Other modes have IVs of their own: their RFCs make them from the sequence number.
public struct IVSource: Sendable {
  /// The nonce of an association, by its SPI; nil where there is none to be had.
  private let draw: @Sendable (UInt32) -> UInt64?

  /// libcrypto's random numbers. Whatever protects somebody's packets takes this one.
  public static let system = IVSource { _ in
    var nonce: UInt64 = 0
    let hasDrawn =
      withUnsafeMutableBytes(of: &nonce) { RAND_bytes($0.baseAddress?.bytePointer, 8) } == 1
    return hasDrawn ? nonce : nil
  }

  /// The same nonces whenever the seed is the same, so that a simulation gives the same packets: for packets that are
  /// nobody's.
  public static func repeatable(seed: UInt64) -> IVSource {
    IVSource { spi in
      // SplitMix64's finaliser spreads seeds and SPIs that are close together.
      var word = seed ^ UInt64(spi) &* 0x9e37_79b9_7f4a_7c15
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
  }

  /// - Throws: `ParameterError.provider` where libcrypto has no random numbers.
  func nonce(spi: UInt32) throws(ParameterError) -> UInt64 {
    guard let nonce = draw(spi) else { throw .provider(algorithm: "random numbers") }
    return nonce
  }
}
