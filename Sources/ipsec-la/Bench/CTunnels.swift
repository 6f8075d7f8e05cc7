import CBaseline

/// Careful C, one packet a call.
final class CTunnel: Tunnel {
  private static let front = 36
  private let tunnel: OpaquePointer

  /// - Parameter lean: whether libcrypto is called as the engine calls it, or as its manual shows.
  init(extended: Bool, lean: Bool) throws {
    guard let tunnel = esp_baseline_new(Array(0..<16) as [UInt8], [4, 3, 2, 1], extended, lean) else {
      throw CommandError("libcrypto refuses the baseline")
    }
    self.tunnel = tunnel
  }

  deinit { esp_baseline_free(tunnel) }

  func encapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      let length = esp_baseline_encap(tunnel, buffer.bytes(at: range.lowerBound), range.count)
      guard length > 0 else { throw CommandError("the baseline failed") }
      return range.lowerBound - Self.front..<range.lowerBound - Self.front + length
    }
  }

  func decapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      let length = esp_baseline_decap(tunnel, buffer.bytes(at: range.lowerBound), range.count)
      guard length > 0 else { throw CommandError("the baseline refused its own packet") }
      return range.lowerBound + Self.front..<range.lowerBound + Self.front + length
    }
  }
}

/// AES-128-CBC and HMAC-SHA1 in C over what a packet of 64 bytes becomes: 80 bytes of text. Headers are not its work.
final class CMACLoop: Tunnel {
  private let pair: OpaquePointer
  private let careful: Bool
  /// Its own, because it leaves ciphertext behind.
  private let batch = Batch(bytes: 80)

  init(careful: Bool) throws {
    guard let pair = esp_mac_baseline_new(Array(0..<16) as [UInt8], Array(0..<20) as [UInt8]) else {
      throw CommandError("libcrypto refuses the baseline")
    }
    self.pair = pair
    self.careful = careful
  }

  deinit { esp_mac_baseline_free(pair) }

  func encapsulate(_: Batch) throws {
    try batch.forEachPacket { buffer, range in
      guard esp_mac_baseline_seal(pair, buffer.bytes(at: range.lowerBound - 24), range.count, careful) else {
        throw CommandError("the baseline failed")
      }
      return range
    }
  }

  func decapsulate(_: Batch) {}
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func bytes(at offset: Int) -> UnsafeMutablePointer<UInt8> {
    (baseAddress.unsafelyUnwrapped + offset).assumingMemoryBound(to: UInt8.self)
  }
}
