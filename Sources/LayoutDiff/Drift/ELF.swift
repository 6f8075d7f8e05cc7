/// An object file, as far as a section is to be found in it (System V ABI, chapter 4).
public struct ELF {
  private let bytes: [UInt8]
  private var isBig: Bool { bytes[5] == 2 }
  private var is64: Bool { bytes[4] == 2 }

  /// Nil for what is no ELF file.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count >= 52, Array(bytes.prefix(4)) == [0x7f, 0x45, 0x4c, 0x46] else { return nil }
    self.bytes = bytes
  }

  /// Whether the table of sections and all that they hold is within the file.
  public var isWhole: Bool {
    guard let (table, entry, count) = table, count == 0 || table + count * entry <= bytes.count else { return false }
    // A section of zeros (SHT_NOBITS) takes no room.
    return (0..<count).map { table + $0 * entry }.allSatisfy { number(at: $0 + 4, 4) == 8 || content($0) != nil }
  }

  /// The bytes of a section; nil where it is not there or not whole.
  public func section(_ name: String) -> [UInt8]? {
    guard let (table, entry, count) = table, let names = number(at: is64 ? 62 : 50, 2),
      let strings = content(table + names * entry)
    else { return nil }
    for index in 0..<count {
      let header = table + index * entry
      guard let offset = number(at: header, 4), strings.indices.contains(strings.startIndex + offset) else { continue }
      if strings[(strings.startIndex + offset)...].starts(with: Array(name.utf8) + [0]) {
        return content(header).map { Array($0) }
      }
    }
    return nil
  }

  /// Where the headers of sections are, how long each is, and how many there are.
  private var table: (offset: Int, entry: Int, count: Int)? {
    guard let offset = number(at: is64 ? 40 : 32, is64 ? 8 : 4), let entry = number(at: is64 ? 58 : 46, 2),
      let count = number(at: is64 ? 60 : 48, 2)
    else { return nil }
    return (offset, entry, count)
  }

  /// What the section of a header holds.
  private func content(_ header: Int) -> ArraySlice<UInt8>? {
    guard let offset = number(at: header + (is64 ? 24 : 16), is64 ? 8 : 4),
      let size = number(at: header + (is64 ? 32 : 20), is64 ? 8 : 4), offset <= bytes.count,
      size <= bytes.count - offset
    else { return nil }
    return bytes[offset..<offset + size]
  }

  /// Nil beyond the end, and for what no offset within the file can be.
  private func number(at offset: Int, _ width: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - width else { return nil }
    let word = bytes[offset..<offset + width]
    let value = isBig ? word.reduce(0) { $0 << 8 | UInt64($1) } : word.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    return value <= bytes.count ? Int(value) : nil
  }
}
