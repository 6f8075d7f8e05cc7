import Model

/// A difference before it is judged.
struct Draft {
  var rule: DiffRule
  var place: String
  var old: String?
  var new: String?
  var breaksSource = false
  var effect = Effect.none

  /// What travels differently.
  enum Effect {
    /// Nothing.
    case none
    /// The chains of some commands.
    case chains(ChainEffect)
    /// The device as a whole.
    case device(DeviceEffect)
  }
}

/// What a difference does to the device as a whole.
struct DeviceEffect {
  /// The feature sets in which the sides do not understand each other, by the rule.
  let breakage: (Meeting) -> Breakage
  /// More bits that decide.
  var deciding: (Meeting) -> Set<Int> = { _ in [] }
  /// Lets the meeting take place under a negotiated feature set.
  let run: (Meeting, Set<Int>) -> Outcome
}

/// What a difference does to chains.
struct ChainEffect {
  /// What the rule says of one area.
  enum Fate: Comparable {
    case understood
    /// A careful receiver may refuse a reserved byte in use.
    case refusedReserved
    /// It breaks, but only for amounts beyond those that samples have.
    case breaksBeyondSamples
    case breaks
  }

  /// Names of the commands concerned.
  let commands: (Meeting, Area) -> Set<String>
  let fate: (Meeting, Area) -> Fate
  /// Lets an area be written by its sender and read by its receiver.
  let run: (Meeting, Area, inout SplitMix) -> Outcome

  /// An effect on every chain in which the sender has a structure, bits, group or set.
  static func wherever(
    _ key: String, fate: @escaping (Meeting, Area) -> Fate,
    run: @escaping (Meeting, Area, inout SplitMix) -> Outcome
  ) -> ChainEffect {
    ChainEffect(commands: { meeting, area in meeting.commands(key, area) }, fate: fate, run: run)
  }

  /// What the rule says of a command.
  func fate(of command: String, _ meeting: Meeting, _ area: Area) -> Fate {
    commands(meeting, area).contains(command) ? fate(meeting, area) : .understood
  }

  /// The feature sets in which the sides do not understand each other; nil where no command is concerned.
  func breakage(_ meeting: Meeting) -> Breakage? {
    var breakage = Breakage.never
    var isConcerned = false
    for area in Area.allCases {
      let commands = commands(meeting, area)
      guard !commands.isEmpty else { continue }
      isConcerned = true
      guard fate(meeting, area) >= .breaksBeyondSamples else { continue }
      for command in commands { breakage.insert(with: meeting.gate(of: command), negotiable: meeting.negotiable) }
    }
    return isConcerned ? breakage : nil
  }
}

extension Meeting {
  /// Commands that both sides have and in which the sender's thing of that name travels.
  func commands(_ key: String, _ area: Area) -> Set<String> {
    (sender(area) as LayoutIndex).uses.commands(key, area).filter { driver.commands[$0] != nil && device.commands[$0] != nil }
  }

  /// The bits without which a command does not travel.
  func gate(of command: String) -> Set<Int> { driver.gate(of: command).union(device.gate(of: command)) }
}
