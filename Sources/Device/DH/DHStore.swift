/// Key pairs by their handles.
struct DHStore {
  private(set) var pairs: [Handle: DHKeyPair] = [:]

  init(_ pairs: [Handle: DHKeyPair] = [:]) { self.pairs = pairs }

  /// In the order of their making.
  var all: [(handle: Handle, pair: DHKeyPair)] {
    pairs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  subscript(handle: Handle) -> DHKeyPair? { pairs[handle] }

  mutating func add(_ pair: DHKeyPair, as handle: Handle) { pairs[handle] = pair }

  /// False when there is no such pair.
  mutating func delete(_ handle: Handle) -> Bool { pairs.removeValue(forKey: handle) != nil }
}
