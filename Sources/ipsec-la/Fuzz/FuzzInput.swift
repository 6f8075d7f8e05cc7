/// Where a fuzzer's decisions come from: bytes that a tool chose, or a seed.
struct FuzzInput {
  private var bytes: [UInt8]
  private var position = 0
  private var state: UInt64
  private let isEndless: Bool

  init(seed: UInt64) {
    bytes = []
    state = seed
    isEndless = true
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    state = 0
    isEndless = false
  }

  /// Whether there is nothing left to decide by.
  var isExhausted: Bool { !isEndless && position >= bytes.count }

  mutating func byte() -> UInt8 {
    guard !isEndless else { return UInt8(truncatingIfNeeded: word() >> 24) }
    defer { position += 1 }
    return position < bytes.count ? bytes[position] : 0
  }

  /// SplitMix64, or eight bytes.
  mutating func word() -> UInt64 {
    guard isEndless else { return (0..<8).reduce(0) { value, _ in value << 8 | UInt64(byte()) } }
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number below `limit`, which takes a byte or, beyond 256, two.
  mutating func below(_ limit: Int) -> Int {
    (limit > 256 ? Int(byte()) << 8 | Int(byte()) : Int(byte())) % limit
  }
  /// True once in `count`.
  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}
