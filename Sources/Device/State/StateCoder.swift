import ESP

/// Writes a state, little-endian; the counterpart of `StateReader`, call by call.
///
/// What it holds is zeroed when it goes, as it may be keys; copies are the taker's.
struct StateWriter {
  private let arena = Arena()

  var bytes: [UInt8] { arena.array }

  mutating func write<T: FixedWidthInteger>(_ value: T) {
    _ = withUnsafeBytes(of: value.littleEndian) { arena.append($0) }
  }

  mutating func write(_ value: Bool) { write(value ? UInt8(1) : 0) }

  mutating func write(bytes value: some Collection<UInt8>) {
    write(UInt32(value.count))
    arena.append(value)
  }

  mutating func write<T>(_ value: T?, _ body: (inout Self, T) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  mutating func write<C: Collection>(_ values: C, _ body: (inout Self, C.Element) -> Void) {
    write(UInt32(values.count))
    for value in values { body(&self, value) }
  }
}

/// Reads a state that may come from anybody.
struct StateReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func read<T: FixedWidthInteger>(_ type: T.Type, _ what: String) throws(StateError) -> T {
    let end = offset + MemoryLayout<T>.size
    guard end <= bytes.count else { throw .length(what) }
    defer { offset = end }
    return bytes[offset..<end].reversed().reduce(T(0)) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  mutating func readBool(_ what: String) throws(StateError) -> Bool {
    switch try read(UInt8.self, what) {
    case 0: false
    case 1: true
    default: throw .value(what)
    }
  }

  mutating func readBytes(_ what: String) throws(StateError) -> [UInt8] {
    let count = Int(try read(UInt32.self, what))
    guard count <= bytes.count - offset else { throw .length(what) }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }

  mutating func readOptional<T>(_ what: String, _ body: (inout Self) throws(StateError) -> T) throws(StateError) -> T? {
    try readBool(what) ? try body(&self) : nil
  }

  /// Each element takes at least a byte, so that a count cannot ask for more than there is.
  mutating func readArray<T>(_ what: String, _ body: (inout Self) throws(StateError) -> T) throws(StateError) -> [T] {
    let count = Int(try read(UInt32.self, what))
    guard count <= bytes.count - offset else { throw .length(what) }
    var values: [T] = []
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }

  /// A case by its raw value.
  mutating func readCase<T: RawRepresentable>(
    _ type: T.Type, _ what: String
  ) throws(StateError) -> T where T.RawValue: FixedWidthInteger {
    guard let value = T(rawValue: try read(T.RawValue.self, what)) else { throw .value(what) }
    return value
  }
}
