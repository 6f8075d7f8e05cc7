@testable import ESP

extension Parameters {
  /// SPI, sequence number, IV, `text` sealed as it is, ICV: what a faulty sender would send.
  func seal(_ text: [UInt8], sequence: UInt64 = 1) throws -> [UInt8] {
    let transform = try makeTransform(ivs: .system)
    let header = Packets.big(spi) + Packets.big(UInt32(truncatingIfNeeded: sequence))
    var esp = header + Array(repeating: 0, count: lengths.iv) + text + Array(repeating: 0, count: lengths.icv)
    esp.withUnsafeMutableBytes {
      let start = $0.baseAddress!
      var job = CryptoJob(
        header: start, iv: start + 8, text: start + 8 + lengths.iv, textCount: text.count,
        icv: start + $0.count - lengths.icv, sequence: sequence)
      withUnsafeMutablePointer(to: &job) { transform.seal(UnsafeMutableBufferPointer(start: $0, count: 1)) }
    }
    return esp
  }
}
