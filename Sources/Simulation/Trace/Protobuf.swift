/// Fields of a message in the protocol buffers' encoding.
struct Protobuf {
  private(set) var bytes: [UInt8] = []

  mutating func set(_ field: UInt64, _ value: UInt64) {
    append(field << 3)
    append(value)
  }

  mutating func setFixed(_ field: UInt64, _ value: UInt64) {
    append(field << 3 | 1)
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  mutating func set(_ field: UInt64, _ text: String) { set(field, bytes: text.utf8) }

  mutating func set(_ field: UInt64, _ build: (inout Protobuf) -> Void) {
    var message = Protobuf()
    build(&message)
    set(field, bytes: message.bytes)
  }

  private mutating func set(_ field: UInt64, bytes contents: some Collection<UInt8>) {
    append(field << 3 | 2)
    append(UInt64(contents.count))
    bytes.append(contentsOf: contents)
  }

  /// A varint: seven bits a byte, lowest first.
  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
