/// Values of two sides that belong together, and those that stand alone.
struct Pairing<Value> {
  var pairs: [(old: Value, new: Value)] = []
  var removed: [Value] = []
  var added: [Value] = []

  /// Pairs values of the same key, in the order of the old side.
  init(_ old: [Value], _ new: [Value], by key: (Value) -> String) {
    let table = Dictionary(new.map { (key($0), $0) }) { first, _ in first }
    let known = Set(old.map(key))
    for value in old {
      if let other = table[key(value)] { pairs.append((value, other)) } else { removed.append(value) }
    }
    added = new.filter { !known.contains(key($0)) }
  }

  /// What stands alone on both sides and is the same thing under another name, where there is no doubt which.
  func renamed(_ isSame: (Value, Value) -> Bool) -> [(old: Value, new: Value)] {
    removed.compactMap { value in
      let matches = added.filter { isSame(value, $0) }
      guard matches.count == 1, removed.filter({ isSame($0, matches[0]) }).count == 1 else { return nil }
      return (value, matches[0])
    }
  }

  /// What stands alone on both sides at the same place, and the rest of either side.
  func reused(
    _ isSamePlace: (Value, Value) -> Bool
  ) -> (reused: [(old: Value, new: Value)], removed: [Value], added: [Value]) {
    var (gone, made) = (removed, added)
    var reused: [(old: Value, new: Value)] = []
    for value in removed {
      guard let match = made.firstIndex(where: { isSamePlace(value, $0) }),
        let place = gone.firstIndex(where: { isSamePlace($0, made[match]) })
      else { continue }
      reused.append((gone.remove(at: place), made.remove(at: match)))
    }
    return (reused, gone, made)
  }
}
