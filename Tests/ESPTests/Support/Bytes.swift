import ESP

/// Hexadecimal digits, spaces and line ends ignored.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  precondition(digits.count.isMultiple(of: 2), "half a byte in \(text)")
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

func key(_ text: String) -> Key { Key(hex(text)) }

extension OutboundAssociation {
  /// Protects a packet in a buffer of its own.
  func encapsulate(_ packet: [UInt8]) throws(Refusal) -> (bytes: [UInt8], outcome: Outcome) {
    var output = [UInt8](repeating: 0xee, count: headRoom + packet.count + parameters.tfcLength + tailRoom)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try encapsulate(packet.span.bytes, into: &span)
    return (Array(output[outcome.packet]), outcome)
  }
}

extension InboundAssociation {
  /// Unwraps a packet in a buffer of its own.
  func decapsulate(_ packet: [UInt8]) throws(Refusal) -> (bytes: [UInt8], outcome: Outcome) {
    var output = [UInt8](repeating: 0xee, count: packet.count)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try decapsulate(packet.span.bytes, into: &span)
    return (Array(output[outcome.packet]), outcome)
  }
}

/// A reproducible source of randomness (SplitMix64). Tests print the seed when they fail.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}
