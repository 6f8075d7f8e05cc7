/// A message in the protocol buffers' encoding, as a reader that knows no more than the encoding sees it.
struct ProtobufMessage: Hashable {
  private var numbers: [UInt64: [UInt64]] = [:]
  private var parts: [UInt64: [ArraySlice<UInt8>]] = [:]

  struct Malformed: Error {}

  init(_ bytes: some Collection<UInt8>) throws {
    var rest = Array(bytes)[...]
    func varint() throws -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Malformed()
    }
    while !rest.isEmpty {
      let key = try varint()
      switch key & 7 {
      case 0: numbers[key >> 3, default: []].append(try varint())
      case 1:
        guard rest.count >= 8 else { throw Malformed() }
        numbers[key >> 3, default: []].append(rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
        rest = rest.dropFirst(8)
      case 2:
        let count = Int(try varint())
        guard rest.count >= count else { throw Malformed() }
        parts[key >> 3, default: []].append(rest.prefix(count))
        rest = rest.dropFirst(count)
      default: throw Malformed()
      }
    }
  }

  func number(_ field: UInt64) -> UInt64? { numbers[field]?.first }
  func fixed(_ field: UInt64) -> [UInt64] { numbers[field] ?? [] }
  func all(_ field: UInt64) -> [ArraySlice<UInt8>] { parts[field] ?? [] }
  func message(_ field: UInt64) throws -> ProtobufMessage? { try parts[field]?.first.map { try ProtobufMessage($0) } }
}
