import Model

/// Commands whose chains are alike in one area, so that one view and one pair of functions serve them all.
struct Family {
  /// Name without the device's prefix: `add_sa_req`.
  let name: String
  let area: Area
  let commands: [Layout.Command]

  /// One of the two areas of a chain.
  enum Area {
    case readable, writable
  }

  var parts: [Layout.Part] { commands[0].parts(in: area) }

  /// The number that tells the family's commands apart, where there are several: the caller has to give it.
  var isSelected: Bool { area == .readable && commands.count > 1 }

  /// Whether the device may leave bytes open before others that it writes, because there was more room than output.
  func hasGaps(in layout: Layout) -> Bool {
    let rooms = layout.structures.flatMap(\.bounds).filter { $0.terms.count == 1 }.map(\.limit)
    return area == .writable
      && parts.dropLast().contains { part in
        if case .bytes(_, .field(let length, _), _) = part { rooms.contains(length) } else { false }
      }
  }

  /// What the view and the functions are for.
  var summary: String { commands.count == 1 ? commands[0].summary.asClause : "several commands" }

  /// The numbers of its commands, for documentation.
  func list(_ names: CNames) -> String {
    commands.map { $0.codes.last.map { names.published($0.name) } ?? $0.name }.joined(separator: ", ")
  }

  /// Every family, in the order of the commands.
  static func all(in layout: Layout) -> [Family] {
    var members: [(area: Area, commands: [Layout.Command])] = []
    for command in layout.commands {
      for area in [Area.readable, .writable] where !command.parts(in: area).isEmpty {
        if let index = members.firstIndex(where: {
          $0.area == area && $0.commands[0].isAlike(command, in: area, layout)
        }) {
          members[index].commands.append(command)
        } else {
          members.append((area, [command]))
        }
      }
    }
    return members.map { Family(name: name($0.area, $0.commands), area: $0.area, commands: $0.commands) }
  }

  /// The words that the commands' names share; where they share none, the structure that they carry.
  private static func name(_ area: Area, _ commands: [Layout.Command]) -> String {
    let suffix = area == .readable ? "_req" : "_resp"
    if commands.count == 1 { return commands[0].name + suffix }
    let words = commands.map { $0.name.split(separator: "_") }
    let shared = words[0].filter { word in words.allSatisfy { $0.contains(word) } }
    if !shared.isEmpty { return shared.joined(separator: "_") + suffix }
    let structures = commands[0].parts(in: area).flatMap(\.ownStructures)
    return structures[min(1, structures.count - 1)] + suffix
  }
}

extension Layout.Command {
  func parts(in area: Family.Area) -> [Layout.Part] { area == .readable ? readable : writable }

  /// Whether the same functions can serve another command: what the device reads has to be of the same class.
  fileprivate func isAlike(_ other: Layout.Command, in area: Family.Area, _ layout: Layout) -> Bool {
    guard parts(in: area) == other.parts(in: area) else { return false }
    switch area {
    case .readable: return !codes.isEmpty && codes.dropLast() == other.codes.dropLast()
    case .writable: return !isAnswerBound(in: layout) || readable == other.readable
    }
  }

  /// Whether the functions for what the device writes need to see what it read.
  func isAnswerBound(in layout: Layout) -> Bool {
    let written = Set(writable.flatMap { $0.structures(in: layout) })
    let bounds = written.compactMap(layout.structure).flatMap(\.bounds).map(\.limit)
    let references = writable.flatMap { $0.descendants(in: layout) }.flatMap(\.references) + bounds
    let read = Set(readable.flatMap { $0.structures(in: layout) })
    return references.contains { !written.contains($0.structure) && read.contains($0.structure) }
  }
}

extension Layout.Part {
  /// Structures of the part itself, without those of groups and attributes.
  fileprivate var ownStructures: [String] {
    switch self {
    case .structure(let name): [name]
    case .optional(_, let part): part.ownStructures
    case .repeated(_, _, let parts), .measured(_, let parts): parts.flatMap(\.ownStructures)
    case .bytes, .group, .attributes, .slack: []
    }
  }
}
