/// What one side made of the bytes of a chain.
struct Transcript {
  /// A structure or a run of opaque bytes, where it was found.
  struct Piece {
    /// By what two sides know that they mean the same piece.
    struct Identity: Hashable {
      /// The attribute that it is a part of: who does not know that passes over all of it.
      let attribute: String?
      let name: String
      /// Which of that name in its area.
      var occurrence = 0
    }

    let identity: Identity
    let offset: Int
    let count: Int

    var name: String { identity.name }
    var range: Range<Int> { offset..<offset + count }
  }

  var structures: [Piece] = []
  var runs: [Piece] = []
  /// Bytes of which nothing is said, between the beginning and the end of an area; nil where there can be none.
  var room: Int?
  /// The first reserved byte that was not zero.
  var reserved: Observation?
  /// The first value that stands for nothing.
  var unknown: Observation?
  /// Why reading ended early, or what is behind its end.
  var failure: Observation?
}
