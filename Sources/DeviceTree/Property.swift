internal import CFDT

/// A property of a node: a name, and bytes whose meaning the binding knows.
public struct Property: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(_ name: String, bytes: [UInt8] = []) {
    self.name = name
    self.bytes = bytes
  }

  /// Strings, each with the zero that ends it (`<stringlist>`).
  public init(_ name: String, strings: [String]) {
    self.init(name, bytes: strings.flatMap { Array($0.utf8) + [0] })
  }

  /// One string (`<string>`).
  public init(_ name: String, string: String) { self.init(name, strings: [string]) }

  /// Cells: big-endian numbers of 32 bits (`<u32>`, `<prop-encoded-array>`).
  public init(_ name: String, cells: [UInt32]) {
    self.init(name, bytes: cells.flatMap { cell in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: cell >> $0) } })
  }

  /// The cells; nil where the bytes are no multiple of four.
  public var cells: [UInt32]? {
    guard bytes.count.isMultiple(of: 4) else { return nil }
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// The one cell; nil where there are none or several.
  public var cell: UInt32? { cells.flatMap { $0.count == 1 ? $0[0] : nil } }

  /// The strings; nil where the bytes are no text in which each string ends with a zero.
  public var strings: [String]? {
    guard bytes.last == 0 else { return nil }
    var strings: [String] = []
    for part in bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      guard let string = String(validating: part, as: UTF8.self) else { return nil }
      strings.append(string)
    }
    return strings
  }

  /// The one string; nil where there are none or several.
  public var string: String? { strings.flatMap { $0.count == 1 ? $0[0] : nil } }
}

extension Property {
  /// Decodes the property at `offset` of a blob that `fdt_check_full` has found sound.
  init(blob: UnsafeRawBufferPointer, offset: Int32) {
    var name: UnsafePointer<CChar>?
    var length: Int32 = 0
    let value = fdt_getprop_by_offset(blob.baseAddress, offset, &name, &length)
    self.init(
      name.map { String(cString: $0) } ?? "",
      bytes: value.map { Array(UnsafeRawBufferPointer(start: $0, count: Int(length))) } ?? [])
  }
}
