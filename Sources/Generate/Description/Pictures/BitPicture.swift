import Model

/// An integer's bits as datasheets draw them: the most significant at the left.
///
///      15 2 1  0
///     +----+--+--+
///     |  0 |  |  |
///     +----+--+--+
///           |  +-- in_place
///           +----- dummy
///
/// Widths are not to scale. Names stand inside where all fit on a line, else those of narrow cells stand below.
struct BitPicture {
  private static let width = 90

  /// Bits drawn as one; `name` is empty for bits that mean nothing, which are zero or undefined.
  private struct Cell {
    let high: Int
    let low: Int
    let name: String
    let text: String
    /// Columns, without the line at its right: room for the name, and for the outermost bits' numbers.
    let width: Int

    init(_ low: Int, _ bits: Int, name: String, text: String) {
      self.low = low
      self.high = low + bits - 1
      self.name = name
      self.text = text
      self.width = max(bits == 1 ? "\(low)".count : "\(low + bits - 1) \(low)".count, text.count + 2)
    }

    var isNarrow: Bool { !name.isEmpty && text.isEmpty }
  }

  private let cells: [Cell]

  init(_ layout: Layout.BitLayout) {
    let whole = Self.cells(layout, leading: false)
    let lineWidth = whole.reduce(1) { $0 + $1.width + 1 }
    cells = lineWidth <= Self.width ? whole : Self.cells(layout, leading: true)
  }

  /// Every bit in some cell, most significant first.
  private static func cells(_ layout: Layout.BitLayout, leading: Bool) -> [Cell] {
    var cells: [Cell] = []
    var next = 0
    for range in layout.ranges.sorted(by: { $0.low < $1.low }) {
      if range.low > next { cells.append(Cell(next, range.low - next, name: "", text: "-")) }
      let inside = range.isReserved ? "0" : leading && range.width < 4 ? "" : range.name
      cells.append(Cell(range.low, range.width, name: range.isReserved ? "" : range.name, text: inside))
      next = max(next, range.low + range.width)
    }
    if next < 8 * layout.width { cells.append(Cell(next, 8 * layout.width - next, name: "", text: "-")) }
    return cells.reversed()
  }

  var lines: [String] {
    let border = "+" + cells.map { String(repeating: "-", count: $0.width) + "+" }.joined()
    let numbers = cells.map { cell in
      cell.high == cell.low
        ? "\(cell.low)".paddedLeft(to: (cell.width + 1) / 2 + ("\(cell.low)".count / 2)).padded(to: cell.width)
        : "\(cell.high)" + "\(cell.low)".paddedLeft(to: cell.width - "\(cell.high)".count)
    }
    let names = cells.map { $0.text.paddedLeft(to: ($0.width + $0.text.count + 1) / 2).padded(to: $0.width) }
    return [
      (" " + numbers.joined(separator: " ")).withoutTrailingSpace, border, "|" + names.map { $0 + "|" }.joined(),
      border,
    ] + leaders
  }

  /// A line from each narrow cell to its name, the least significant first.
  private var leaders: [String] {
    var column = 0
    var ends: [(column: Int, name: String)] = []
    for cell in cells {
      if cell.isNarrow { ends.append((column + (cell.width + 1) / 2, cell.name)) }
      column += cell.width + 1
    }
    return ends.indices.reversed().map { index in
      var line = ""
      for earlier in ends[..<index] { line = line.padded(to: earlier.column) + "|" }
      line = line.padded(to: ends[index].column) + "+"
      return line + String(repeating: "-", count: column - ends[index].column) + " " + ends[index].name
    }
  }
}
