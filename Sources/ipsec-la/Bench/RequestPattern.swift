/// What the requests of the ring benchmark carry: 64 places of 256 bytes, used in turn.
///
/// Each place has 8 bytes at its start that the device reads, and 8 in its middle that it writes them to.
struct RequestPattern {
  static let placeCount = 64
  static let placeByteCount = 256
  static let answerOffset = 128

  /// The 8 bytes of a place: different everywhere, and never 0.
  private static func value(_ place: Int) -> UInt64 { UInt64(place + 1) &* 0x9e37_79b9_7f4a_7c15 }

  /// The places before the first request.
  static var bytes: [UInt8] {
    (0..<placeCount).flatMap { place in
      let value = withUnsafeBytes(of: value(place).littleEndian, Array.init)
      return value + [UInt8](repeating: 0, count: placeByteCount - value.count)
    }
  }

  /// What `trips` requests read, and the tokens that they come back with, add up to.
  static func sum(_ trips: UInt64) -> UInt64 {
    (0..<trips).reduce(0) { $0 &+ value(Int($1 % UInt64(placeCount))) &+ $1 }
  }

  /// Whether `trips` requests wrote what they should, in memory that starts with the places.
  static func isAnswered(_ bytes: UnsafeRawBufferPointer, after trips: UInt64) -> Bool {
    (0..<placeCount).prefix(Int(clamping: trips)).allSatisfy { place in
      let answer = bytes.loadUnaligned(fromByteOffset: place * placeByteCount + answerOffset, as: UInt64.self)
      return UInt64(littleEndian: answer) == value(place)
    }
  }
}
