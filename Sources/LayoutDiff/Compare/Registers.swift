import Model

/// The configuration space.
struct RegisterComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let registers = Pairing(old.layout.registers, new.layout.registers, by: \.name)
    let torn = halves(registers.removed, registers.added) + halves(registers.added, registers.removed)
    let parts = Set(torn.flatMap { [$0.whole.name, $0.low.name, $0.high.name] })
    var drafts = torn.map(draft)
    drafts += registers.removed.filter { !parts.contains($0.name) }.map {
      draft(.registerRemoved, $0.name, old: $0.place, breaksSource: true)
    }
    drafts += registers.added.filter { !parts.contains($0.name) }.map { draft(.registerAdded, $0.name, new: $0.place) }
    for (one, other) in registers.pairs { drafts += compare(one, other) }
    return drafts
  }

  private func compare(_ one: Layout.Register, _ other: Layout.Register) -> [Draft] {
    let differences: [(DiffRule, Bool, String, String)] = [
      (.registerMoved, one.placeKey != other.placeKey, one.place, other.place),
      (.registerShape, one.shapeKey != other.shapeKey, one.shapeText, other.shapeText),
      (.registerCount, one.count != other.count, one.count ?? "one", other.count ?? "one"),
      (.registerAccess, one.access != other.access, one.access.rawValue, other.access.rawValue),
      (.registerFeature, one.feature != other.feature, one.feature ?? "always", other.feature ?? "always"),
      (.registerMeaning, one.type != other.type, one.type.text, other.type.text),
      (.registerReset, one.reset != other.reset, one.resetText, other.resetText),
    ]
    return differences.filter(\.1).map { draft($0.0, one.name, old: $0.2, new: $0.3) }
  }

  private func draft(
    _ rule: DiffRule, _ name: String, old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "registers.\(name)", old: old, new: new, breaksSource: breaksSource,
      effect: Effect(
        breakage: { meeting in breakage(rule, name, meeting) },
        deciding: { $0.driver.gate(ofRegister: name).union($0.device.gate(ofRegister: name)) },
        run: { meeting, random in RegisterMeeting(meeting: meeting, name: name, rule: rule).run(&random) }))
  }

  private func breakage(_ rule: DiffRule, _ name: String, _ meeting: Meeting) -> Breakage {
    var breakage = Breakage.never
    guard let mine = meeting.driver.layout.register(name) else { return .never }
    let gate = meeting.driver.gate(ofRegister: name)
    guard let theirs = meeting.device.layout.register(name) else {
      breakage.insert(with: gate, negotiable: meeting.negotiable)
      return breakage
    }
    let both = gate.union(meeting.device.gate(ofRegister: name))
    switch rule {
    case .registerFeature:
      for bit in both.subtracting(gate) { breakage.insert(with: gate, without: [bit], negotiable: meeting.negotiable) }
    case .registerAccess:
      if !mine.access.isWithin(theirs.access) { breakage.insert(with: both, negotiable: meeting.negotiable) }
    case .registerCount where mine.count == nil: break
    case .registerMeaning:
      if RegisterMeeting.meanings(mine, theirs, meeting).contains(where: { $0.sent.isLost(on: $0.read) }) {
        breakage.insert(with: both, negotiable: meeting.negotiable)
      }
    // A driver counts on what its own version says, and on nothing where that says nothing.
    case .registerReset:
      if mine.reset != nil { breakage.insert(with: both, negotiable: meeting.negotiable) }
    // A count is small, whatever room it has.
    case .registerShape where mine.width < theirs.width && mine.order == .little && theirs.order == .little:
      if !meeting.device.counts(name) { breakage.insert(with: both, negotiable: meeting.negotiable) }
    default: breakage.insert(with: both, negotiable: meeting.negotiable)
    }
    return breakage
  }

  /// A register of 64 bits on one side that the other takes for two of 32.
  private struct Halves {
    let whole, low, high: Layout.Register
  }

  private func halves(_ wide: [Layout.Register], _ narrow: [Layout.Register]) -> [Halves] {
    wide.filter { $0.width == 8 }.compactMap { whole in
      guard let low = narrow.first(where: { $0.width == 4 && $0.offset == whole.offset && $0.stride == whole.stride }),
        let high = narrow.first(where: { $0.width == 4 && $0.offset == whole.offset + 4 && $0.stride == whole.stride })
      else { return nil }
      return Halves(whole: whole, low: low, high: high)
    }
  }

  /// Whoever reads 64 bits looks at the generation before and after; whoever reads two registers of 32 does not.
  private func draft(_ halves: Halves) -> Draft {
    let isOld = old.layout.register(halves.whole.name) != nil
    let (whole, parts) = (halves.whole.place, "\(halves.low.place) and \(halves.high.place)")
    return Draft(
      rule: .registerTorn, place: "registers.\(halves.whole.name)", old: isOld ? whole : parts,
      new: isOld ? parts : whole,
      breaksSource: true,
      effect: Effect(
        breakage: { $0.driver.layout.register(halves.low.name) == nil ? .never : .always },
        run: { meeting, random in
          TornRead(meeting: meeting, whole: halves.whole.name, low: halves.low.name, high: halves.high.name).run(
            &random)
        }))
  }
}

extension LayoutIndex {
  /// Whether a register says how many of others there are.
  fileprivate func counts(_ name: String) -> Bool {
    layout.registers.contains { $0.count == name || $0.counter == name }
  }

  /// The bits without which a register is not there.
  fileprivate func gate(ofRegister name: String) -> Set<Int> {
    Set((layout.register(name)?.feature).map { [bit($0)] } ?? [])
  }
}

extension Layout.Access {
  /// Whether everything that one may do here is allowed there.
  func isWithin(_ other: Self) -> Bool { self == other || other == .readWrite }
}

extension Layout.Register {
  fileprivate var placeKey: [String] { ["\(offset)", counter == nil ? "" : "\(stride)", counter ?? ""] }
  fileprivate var shapeKey: [String] { ["\(width)", width == 1 ? "" : order.rawValue] }
  fileprivate var resetText: String { reset.map { "\($0)" } ?? "undefined" }

  /// `le32`.
  fileprivate var shapeText: String {
    (width == 1 ? "u" : order == .little ? "le" : order == .big ? "be" : "u") + "\(8 * width)"
  }

  /// `le32 at 8 + 4 × version_count`.
  fileprivate var place: String { "\(shapeText) at \(offset)" + (counter.map { " + \(stride) × \($0)" } ?? "") }
}
