/// The cells of a property, taken from the front.
struct Cells {
  private var rest: ArraySlice<UInt32>

  /// - Parameter stride: number of cells of which the property has a multiple; nil for any.
  /// - Throws: `DeviceTreeError` for another length, and for anything where the stride is none.
  init(_ property: Property, at path: String, stride: Int?) throws(DeviceTreeError) {
    let stride = stride ?? 1
    guard let cells = property.cells, cells.isEmpty || stride > 0 && cells.count.isMultiple(of: stride) else {
      throw DeviceTreeError(
        "\(path):\(property.name)", "has \(property.bytes.count) bytes, no multiple of \(4 * stride)")
    }
    rest = cells[...]
  }

  var isEmpty: Bool { rest.isEmpty }
  var count: Int { rest.count }

  mutating func take(_ count: Int) -> [UInt32] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A number, most significant cell first; of more than two cells, the last two count.
  mutating func takeNumber(_ count: Int) -> UInt64 { take(count).reduce(0) { $0 << 32 | UInt64($1) } }

  /// An address of up to two cells, and the cells in front of it.
  mutating func takeAddress(_ count: Int) -> (space: [UInt32], address: UInt64) {
    let space = take(max(0, count - 2))
    return (space, takeNumber(min(count, 2)))
  }
}
