import Model

/// Fields whose sum a receiver finds to be too much, written by a sender that may write it.
struct BoundMeeting {
  let meeting: Meeting
  let area: Area
  let structure: String
  let bound: Layout.Bound

  private var sender: LayoutIndex { meeting.sender(area) }

  var outcome: Outcome {
    let kept = sender.structures[structure]?.bounds ?? []
    // Too much where the condition holds; anything at all where it does not, perhaps since the sender's own does.
    let own = kept.compactMap(\.condition).map { (condition: $0, hold: true, limit: UInt64.max) }
    let given = bound.condition.map { condition in
      [(condition: condition, hold: true, limit: UInt64(bound.terms.count - 1)), (condition, false, .max)] + own
    }
    for attempt in given ?? [(condition: .all([]), hold: true, limit: UInt64(bound.terms.count - 1))] {
      var written = Values(sender, kept.map(\.limit))
      written.set(bound.limit, attempt.limit)
      for term in bound.terms { written.set(term, 1) }
      written.make(attempt.condition, hold: attempt.hold)
      guard kept.allSatisfy(written.keep), !written.keep(bound) else { continue }
      let values = (bound.terms + [bound.limit]).map(written.shown).joined(separator: ", ")
      return .refused("\(meeting.senderName(area)) writes \(values), \(meeting.receiverName(area)) wants \(bound.text)")
    }
    return .understood
  }

  /// Structures in which some fields were written.
  private struct Values {
    private let index: LayoutIndex
    private var bytes: [String: [UInt8]] = [:]

    /// - Parameter large: fields that leave room for everything until they are set.
    init(_ index: LayoutIndex, _ large: [Layout.Reference]) {
      self.index = index
      for reference in large { set(reference, .max) }
    }

    mutating func set(_ reference: Layout.Reference, _ value: UInt64) {
      guard let structure = index.structures[reference.structure], let (field, bits) = index.layout.resolve(reference)
      else { return }
      var content = bytes[structure.name] ?? [UInt8](repeating: 0, count: structure.size)
      let rest = bits.map { field.value(in: content[0...], bigEndianGuest: false) & ~$0.mask } ?? 0
      let placed = bits.map { value << UInt64($0.low) & $0.mask } ?? value
      field.set(rest | placed, in: &content, at: 0, bigEndianGuest: false)
      bytes[structure.name] = content
    }

    func value(_ reference: Layout.Reference) -> UInt64 {
      guard let content = bytes[reference.structure], let (field, bits) = index.layout.resolve(reference) else {
        return 0
      }
      let value = field.value(in: content[0...], bigEndianGuest: false)
      return bits.map { (value & $0.mask) >> UInt64($0.low) } ?? value
    }

    /// `sa_list.count 2 (0200 at 4)`.
    func shown(_ reference: Layout.Reference) -> String {
      guard let content = bytes[reference.structure], let (field, _) = index.layout.resolve(reference) else {
        return "\(reference) 0"
      }
      return "\(reference) \(value(reference)) (\(field.shown(in: content)))"
    }

    mutating func make(_ condition: Layout.Condition, hold: Bool) {
      switch condition {
      case .equals(let reference, let value): set(reference, hold ? value : value ^ 1)
      case .context: break
      case .all(let conditions), .any(let conditions): for inner in conditions { make(inner, hold: hold) }
      }
    }

    func keep(_ bound: Layout.Bound) -> Bool {
      let sum = bound.terms.reduce(0) { $0 &+ value($1) }
      return bound.condition.map(holds) == false ? sum == 0 : sum <= value(bound.limit)
    }

    private func holds(_ condition: Layout.Condition) -> Bool {
      switch condition {
      case .equals(let reference, let value): self.value(reference) == value
      case .context(_, let value, _): value == 0
      case .all(let conditions): conditions.allSatisfy(holds)
      case .any(let conditions): conditions.contains(where: holds)
      }
    }
  }
}
