/// Feature sets in as few words as there are.
extension Breakage {
  /// Beyond so many bits, clauses are only compared with each other.
  private static let mostBits = 12

  /// The same sets in fewer and shorter clauses: none can lose a word or be left out.
  var minimised: Breakage {
    let bits = self.bits.sorted()
    guard !isAlways, bits.count <= Self.mostBits else { return self }
    let sets = (0..<(1 << bits.count)).map { mask in Set(bits.indices.filter { mask >> $0 & 1 == 1 }.map { bits[$0] }) }
    let holding = Set(sets.filter(holds))
    let isSound = { (clause: Clause) in sets.allSatisfy { !clause.holds($0) || holding.contains($0) } }
    let short = Set(clauses.map { $0.shortened(while: isSound) })
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    var kept = short
    for clause in short.reversed() {
      let others = Breakage(clauses: Set(kept).subtracting([clause]))
      if holding.allSatisfy(others.holds) { kept.removeAll { $0 == clause } }
    }
    return Breakage(clauses: Set(kept))
  }

  /// In words: `F_ESN is negotiated, or if F_AH is not negotiated`.
  func words(_ name: (Int) -> String) -> String {
    let clauses = minimised.clauses
    let with = clauses.filter { $0.with.count == 1 && $0.without.isEmpty }
    let without = clauses.filter { $0.with.isEmpty && $0.without.count == 1 }
    let others = clauses.subtracting(with).subtracting(without).map { $0.words(name) }
    let (any, lacking) = (with.flatMap(\.with).sorted().map(name), without.flatMap(\.without).sorted().map(name))
    let words = [
      any.isEmpty ? nil : (any.count > 1 ? "any of " : "") + any.listed("or") + " is negotiated",
      lacking.isEmpty ? nil : lacking.listed("or") + " is not negotiated",
    ].compactMap { $0 } + others.sorted { ($0.count, $0) < ($1.count, $1) }
    return words.joined(separator: ", or if ")
  }
}

extension Breakage.Clause {
  /// Without every bit that makes no difference.
  fileprivate func shortened(while isSound: (Self) -> Bool) -> Self {
    var clause = self
    for bit in with.union(without).sorted() {
      var shorter = clause
      shorter.with.remove(bit)
      shorter.without.remove(bit)
      if isSound(shorter) { clause = shorter }
    }
    return clause
  }

  fileprivate var order: [Int] { with.sorted() + [-1] + without.sorted() }

  fileprivate func words(_ name: (Int) -> String) -> String {
    let (all, none) = (with.sorted().map(name), without.sorted().map(name))
    guard !all.isEmpty else { return "none of \(none.listed("and")) is negotiated" }
    let positive = "\(all.listed("and")) \(all.count == 1 ? "is" : "are") negotiated"
    return none.isEmpty ? positive : "\(positive) without \(none.listed("or"))"
  }
}

extension [String] {
  /// `A, B and C`.
  fileprivate func listed(_ word: String) -> String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " \(word) \(self[count - 1])"
  }
}
