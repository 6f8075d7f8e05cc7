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
  /// More bits that decide.
  var deciding: (Meeting) -> Set<Int> = { _ in [] }
  /// Lets them meet under the features of the meeting.
  let run: (Meeting, inout SplitMix) -> Outcome

  /// An effect on chains.
  ///
  /// - Parameters:
  ///   - commands: the names of the commands concerned, of those that both sides have.
  ///   - places: the bits that each place in a command needs.
  ///   - gate: bits without which the sender has no use for the thing.
  ///   - breaks: whether what the sender of an area writes is not understood.
  ///   - run: lets an area be written by its sender and read by its receiver.
  static func chains(
    _ commands: @escaping (Meeting, Area) -> Set<String>,
    places: @escaping (Meeting, Area, String) -> Set<Set<Int>> = { _, _, _ in [[]] },
    gate: @escaping (Meeting, Area) -> Set<Int> = { _, _ in [] },
    breaks: @escaping (Meeting, Area) -> Bool, run: @escaping (Meeting, Area, inout SplitMix) -> Outcome
  ) -> Effect {
    Effect(
      breakage: { meeting in
        var breakage = Breakage.never
        var travels = false
        for area in Area.allCases {
          let commands = commands(meeting, area)
          travels = travels || !commands.isEmpty
          guard !commands.isEmpty, breaks(meeting, area) else { continue }
          for command in commands {
            let needed = meeting.gate(of: command).union(gate(meeting, area))
            for place in places(meeting, area, command) {
              breakage.insert(with: needed.union(place), negotiable: meeting.negotiable)
            }
          }
        }
        return travels ? breakage : nil
      },
      deciding: { meeting in Area.allCases.reduce(into: []) { $0.formUnion(gate(meeting, $1)) } },
      run: { meeting, random in
        var worst = Outcome.understood
        for area in Area.allCases where !commands(meeting, area).isEmpty {
          worst = worst.worst(run(meeting, area, &random))
        }
        return worst
      })
  }

  /// An effect on every chain in which the sender has a structure, enumeration, bit layout, group or attribute set.
  static func wherever(
    _ key: String, gate: @escaping (Meeting, Area) -> Set<Int> = { _, _ in [] },
    breaks: @escaping (Meeting, Area) -> Bool, run: @escaping (Meeting, Area, inout SplitMix) -> Outcome
  ) -> Effect {
    chains(
      { $0.commands(key, $1) }, places: { $0.places(of: key, $1, command: $2) }, gate: gate, breaks: breaks, run: run)
  }
}
