import Model

/// A difference before it is judged.
struct Draft {
  var rule: DiffRule
  var place: String
  var old: String?
  var new: String?
  var breaksSource = false
  /// What travels differently; nil for nothing.
  var effect: Effect?
}

/// What a difference does when a driver of one side meets a device of the other.
struct Effect {
  /// The feature sets in which they do not understand each other, by the rule; nil where the thing does not travel.
  let breakage: (Meeting) -> Breakage?
  /// Whether the rule only says what may break: parts of chains can differ in ways that no chain shows.
  var isCautious = false
  /// More bits that decide.
  var deciding: (Meeting) -> Set<Int> = { _ in [] }
  /// Lets them meet under the features of the meeting.
  let run: (Meeting, inout SplitMix) -> Outcome

  /// An effect on chains and registers.
  ///
  /// - Parameters:
  ///   - carriers: the names of the commands and registers concerned, of those that both sides have.
  ///   - places: the bits that each place in one needs.
  ///   - gate: bits without which the sender has no use for the thing.
  ///   - breaks: whether what the sender of an area writes is not understood.
  ///   - run: lets an area be written by its sender and read by its receiver.
  static func carried(
    _ carriers: @escaping (Meeting, Area) -> Set<String>,
    places: @escaping (Meeting, Area, String) -> Set<Set<Int>> = { _, _, _ in [[]] },
    gate: @escaping (Meeting, Area) -> Set<Int> = { _, _ in [] },
    breaks: @escaping (Meeting, Area) -> Bool, run: @escaping (Meeting, Area, inout SplitMix) -> Outcome
  ) -> Effect {
    Effect(
      breakage: { meeting in
        var breakage = Breakage.never
        var travels = false
        for area in Area.allCases {
          let carriers = carriers(meeting, area)
          travels = travels || !carriers.isEmpty
          guard !carriers.isEmpty, breaks(meeting, area) else { continue }
          for carrier in carriers {
            let needed = meeting.gate(of: carrier).union(gate(meeting, area))
            for place in places(meeting, area, carrier) {
              breakage.insert(with: needed.union(place), negotiable: meeting.negotiable)
            }
          }
        }
        return travels ? breakage : nil
      },
      deciding: { meeting in Area.allCases.reduce(into: []) { $0.formUnion(gate(meeting, $1)) } },
      run: { meeting, random in
        var worst = Outcome.understood
        for area in Area.allCases where !carriers(meeting, area).isEmpty {
          worst = worst.worst(run(meeting, area, &random))
        }
        return worst
      })
  }

  /// An effect wherever the sender has a structure, enumeration, bit layout, group or attribute set.
  ///
  /// - Parameters:
  ///   - inRegisters: whether to look at registers only, or at commands only; nil for both.
  ///   - within: the only commands to look at.
  static func wherever(
    _ key: String, inRegisters: Bool? = nil, within: ((Meeting) -> Set<String>)? = nil,
    gate: @escaping (Meeting, Area) -> Set<Int> = { _, _ in [] },
    breaks: @escaping (Meeting, Area) -> Bool, run: @escaping (Meeting, Area, inout SplitMix) -> Outcome
  ) -> Effect {
    carried(
      { meeting, area in
        let all = meeting.carriers(key, area)
        let carriers = within.map { all.intersection($0(meeting)) } ?? all
        guard let inRegisters else { return carriers }
        return carriers.filter { (meeting.driver.registers[$0] != nil) == inRegisters }
      }, places: { $0.places(of: key, $1, carrier: $2) }, gate: gate, breaks: breaks, run: run)
  }

  /// An effect that no bytes show: the definitions themselves say it, and so does the counter-example.
  static func stated(
    _ breakage: @escaping (Meeting) -> Breakage?, deciding: @escaping (Meeting) -> Set<Int> = { _ in [] },
    because: @escaping (Meeting) -> String
  ) -> Effect {
    Effect(
      breakage: breakage, deciding: deciding,
      run: { meeting, _ in
        guard let breakage = breakage(meeting.whole), breakage.holds(meeting.negotiated) else { return .understood }
        return .refused("by definition, \(because(meeting))")
      })
  }

  /// Several effects of one difference: what one of them breaks is broken.
  static func all(_ effects: [Effect]) -> Effect {
    Effect(
      breakage: { meeting in
        let breakages = effects.compactMap { $0.breakage(meeting) }
        return breakages.isEmpty ? nil : breakages.reduce(into: .never) { $0.formUnion($1) }
      },
      deciding: { meeting in effects.reduce(into: []) { $0.formUnion($1.deciding(meeting)) } },
      run: { meeting, random in
        var worst = Outcome.understood
        for effect in effects where effect.breakage(meeting) != nil {
          worst = worst.worst(effect.run(meeting, &random))
        }
        return worst
      })
  }
}
