import Model

/// A structure as RFCs and datasheets draw it: four bytes a row, the first byte at the left.
///
///         +0              +1              +2              +3
///        +---------------+---------------+---------------+---------------+
///      0 | class                         | command                       |
///        +---------------+---------------+---------------+---------------+
///      4 | length                                                        |
///        +---------------+---------------+---------------+---------------+
///
/// A field of many rows is drawn with its first and last, and colons between them.
struct BytePicture {
  private static let bytesPerRow = 4
  private static let margin = 6

  private let structure: Layout.Structure
  /// The field to which each byte belongs; nil for none.
  private let owners: [Int?]
  /// Columns of one byte, without the line at its right.
  private let cell: Int

  init(_ structure: Layout.Structure) {
    self.structure = structure
    var owners = [Int?](repeating: nil, count: structure.size)
    for (index, field) in structure.fields.enumerated() {
      for byte in field.offset..<max(field.offset, min(field.end, structure.size)) { owners[byte] = index }
    }
    self.owners = owners
    let needed =
      structure.fields.map { field in
        let bytes = min(max(field.size, 1), Self.bytesPerRow - field.offset % Self.bytesPerRow)
        return (field.pictured.count + 2) / bytes
      }.max() ?? 0
    cell = min(max(needed, 15), 22)
  }

  var lines: [String] {
    var lines = [heading]
    for row in 0..<rowCount {
      if isInterior(row), isInterior(row - 1) { continue }
      if isInterior(row), isInterior(row + 1) {
        lines.append(ellipsis)
        continue
      }
      let followsEllipsis = isInterior(row - 1) && isInterior(row - 2)
      if !followsEllipsis { lines.append(border(above: row)) }
      lines.append(content(row))
    }
    return (lines + [border(above: rowCount)]).map(\.withoutTrailingSpace)
  }

  private var rowCount: Int { (structure.size + Self.bytesPerRow - 1) / Self.bytesPerRow }
  private var columnCount: Int { min(structure.size, Self.bytesPerRow) }
  private var indentation: String { String(repeating: " ", count: Self.margin) }

  private func owner(_ row: Int, _ column: Int) -> Int? {
    let byte = row * Self.bytesPerRow + column
    return row >= 0 && (0..<Self.bytesPerRow).contains(column) && byte < owners.count ? owners[byte] : nil
  }

  private func exists(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && (0..<Self.bytesPerRow).contains(column) && row * Self.bytesPerRow + column < structure.size
  }

  /// The field that fills a row and those before and after it.
  private func isInterior(_ row: Int) -> Bool {
    guard let owner = owner(row, 0) else { return false }
    return (row - 1...row + 1).allSatisfy { row in
      (0..<Self.bytesPerRow).allSatisfy { self.owner(row, $0) == owner }
    }
  }

  /// Whether a line stands at the left of a byte.
  private func hasEdge(_ row: Int, _ column: Int) -> Bool {
    exists(row, column - 1) != exists(row, column) || owner(row, column - 1) != owner(row, column)
  }

  /// Whether a line stands above a byte.
  private func hasTop(_ row: Int, _ column: Int) -> Bool {
    exists(row - 1, column) != exists(row, column) || owner(row - 1, column) != owner(row, column)
  }

  private var heading: String {
    indentation + (0..<columnCount).map { " +\($0)".padded(to: cell + 1) }.joined()
  }

  private var ellipsis: String {
    indentation + ":" + String(repeating: " ", count: Self.bytesPerRow * (cell + 1) - 1) + ":"
  }

  private func border(above row: Int) -> String {
    var line = indentation
    for column in 0...columnCount {
      let meets = hasTop(row, column - 1) || hasTop(row, column) || hasEdge(row - 1, column) || hasEdge(row, column)
      line += meets ? "+" : " "
      if column < columnCount { line += String(repeating: hasTop(row, column) ? "-" : " ", count: cell) }
    }
    return line
  }

  private func content(_ row: Int) -> String {
    var line = "\(row * Self.bytesPerRow)".paddedLeft(to: Self.margin - 1) + " "
    var column = 0
    while exists(row, column) {
      var end = column + 1
      while exists(row, end), !hasEdge(row, end) { end += 1 }
      let width = (end - column) * (cell + 1) - 1
      line += "|" + " \(label(row, column))".cut(to: width).padded(to: width)
      column = end
    }
    return line + "|"
  }

  /// The field's name, in its first row; again in a row that the first does not touch.
  private func label(_ row: Int, _ column: Int) -> String {
    guard let owner = owner(row, column) else { return "" }
    let field = structure.fields[owner]
    let start = field.offset % Self.bytesPerRow
    if field.offset / Self.bytesPerRow == row { return field.pictured }
    let isApart = field.end <= (row + 1) * Self.bytesPerRow && (field.end - 1) % Self.bytesPerRow < start
    return isApart && field.offset / Self.bytesPerRow == row - 1 ? "(\(field.name))" : ""
  }
}

extension Layout.Field {
  /// What stands in the picture: the name, with what makes it more than one integer.
  fileprivate var pictured: String {
    let elements = count.map { "[\($0)]" } ?? ""
    return switch type {
    case .structure(let inner): "\(name) (\(inner))\(elements)"
    case .reserved: "\(name) (0)"
    case .number, .code, .bits: name + elements
    }
  }
}

extension String {
  /// At most `width` characters; a tilde stands for the rest.
  fileprivate func cut(to width: Int) -> String { count <= width ? self : prefix(width - 1) + "~" }
}
