/// A structure as datasheets draw it: eight bytes in a row.
struct ByteGrid {
  /// A part of a row: some bytes of a field, or a gap.
  struct Piece {
    let offset: Int
    /// Number of columns, 1…8.
    let columns: Int
    let text: String
    let differs: Bool
  }

  static let columns = 8

  let rows: [[Piece]]

  /// - Parameters:
  ///   - cells: by offset, without overlaps.
  ///   - other: those of the other side; what is not among them differs.
  init(_ cells: [ByteMap.Cell], against other: [ByteMap.Cell]) {
    let others = Set(other)
    var pieces: [Piece] = []
    var offset = 0
    for cell in cells where cell.offset >= offset && cell.size > 0 {
      pieces += Self.pieces(offset, cell.offset, "", false)
      pieces += Self.pieces(cell.offset, cell.offset + cell.size, cell.text, !others.contains(cell))
      offset = cell.offset + cell.size
    }
    rows = pieces.reduce(into: []) { rows, piece in
      if piece.offset % Self.columns == 0 || rows.isEmpty { rows.append([]) }
      rows[rows.count - 1].append(piece)
    }
  }

  /// The rows' shares of some bytes; whole rows of one field are one, however many.
  private static func pieces(_ start: Int, _ end: Int, _ text: String, _ differs: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var offset = start
    while offset < end {
      let isWhole = offset % columns == 0 && end - offset >= columns
      let next = isWhole ? end - (end - offset) % columns : min(end, offset - offset % columns + columns)
      let label = offset == start ? text : text.isEmpty ? "" : "…"
      pieces.append(Piece(offset: offset, columns: min(columns, next - offset), text: label, differs: differs))
      offset = next
    }
    return pieces
  }
}
