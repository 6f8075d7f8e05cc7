import Model

/// A part of variable length that has a limit, under a name that no other limit has.
struct PartLimit {
  /// The part's name.
  let name: String
  let bytes: Int

  /// The macro's name without its prefix.
  var macro: String { "MAX_\(name.uppercased())" }
}

extension Layout {
  /// The limits that have names of their own, in the order of the chains.
  var limits: [PartLimit] {
    var limits: [PartLimit] = []
    var shared: Set<String> = []
    for part in commands.flatMap({ $0.readable + $0.writable }).flatMap({ $0.descendants(in: self) }) {
      guard case .bytes(let name, .field(_, let bytes), _) = part else { continue }
      if let known = limits.first(where: { $0.name == name }) {
        if known.bytes != bytes { shared.insert(name) }
      } else {
        limits.append(PartLimit(name: name, bytes: bytes))
      }
    }
    let taken = Set((enumerations + constants).flatMap(\.numbers).map(\.name))
    return limits.filter { !shared.contains($0.name) && !taken.contains(macroPrefix + $0.macro) }
  }
}

extension CNames {
  /// The limit of a part as C writes it: by its name where it has one.
  func limit(_ part: String, _ bytes: Int) -> String {
    limits.first { $0.name == part }.map { macro($0.macro) } ?? "\(bytes)"
  }
}
