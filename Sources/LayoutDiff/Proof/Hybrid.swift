import Model

/// A receiver that differs from the sender in one thing only, so that what is seen comes from that thing.
enum Hybrid {
  /// At most so many commands are tried for one difference.
  private static let mostCommands = 3
  private static let tries = 160

  /// The sender's layout with the receiver's structure of that name.
  static func run(structure name: String) -> (Meeting, Area, inout SplitMix) -> Outcome {
    { meeting, area, random in
      run(key: name, meeting, area, &random) { layout, receiver in
        guard let other = receiver.structures[name] else { return }
        for index in layout.structures.indices where layout.structures[index].name == name {
          layout.structures[index] = other
        }
      }
    }
  }

  /// The sender's layout after `change`, which takes what it needs from the receiver's.
  static func run(
    key: String, _ meeting: Meeting, _ area: Area, _ random: inout SplitMix,
    _ change: (inout Layout, LayoutIndex) -> Void
  ) -> Outcome {
    run(meeting.carriers(key, area), meeting, area, &random, change)
  }

  static func run(
    _ commands: Set<String>, _ meeting: Meeting, _ area: Area, _ random: inout SplitMix,
    _ change: (inout Layout, LayoutIndex) -> Void
  ) -> Outcome {
    let sender = meeting.sender(area)
    let receiver = meeting.receiver(area)
    var layout = sender.layout
    change(&layout, receiver)
    layout.adopt(receiver.layout)
    let other = LayoutIndex(layout, negotiated: sender.negotiated, uses: sender.uses)
    let isDriver = area == .readable
    let hybrid = Meeting(meeting.direction, driver: isDriver ? sender : other, device: isDriver ? other : sender)
    var worst = Outcome.understood
    for name in commands.sorted().prefix(mostCommands) {
      guard let sent = sender.commands[name], let read = other.commands[name] else { continue }
      let exchange = Exchange(hybrid, area, sent: sent, read: read, tries: tries)
      worst = worst.worst(exchange.run(seed: random.next()))
      if worst.breaks { return worst }
    }
    return worst
  }
}

extension Layout {
  /// Takes what the other layout has and this one lacks, so that parts of the other can be followed.
  fileprivate mutating func adopt(_ other: Layout) {
    structures += other.structures.filter { structure($0.name) == nil }
    bitLayouts += other.bitLayouts.filter { bitLayout($0.name) == nil }
    enumerations += other.enumerations.filter { enumeration($0.name) == nil }
    groups += other.groups.filter { group($0.name) == nil }
    attributeSets += other.attributeSets.filter { attributeSet($0.name) == nil }
  }
}
