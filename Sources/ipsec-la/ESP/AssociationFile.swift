import ESP
import Foundation

/// The associations that a file describes.
struct AssociationFile {
  enum Direction: String { case inbound = "in", outbound = "out" }

  struct Entry {
    var name: String
    /// Where in the file it begins.
    var line: Int
    /// Nil when the file does not say: then both.
    var direction: Direction?
    var parameters: Parameters
    /// Where packets go: by this and the SPI a received packet's association is found. Nil for anywhere.
    var destination: IPAddress?
    var sequence: UInt64 = 0

    /// Whether packets for it are taken for another's, which stands in front of it.
    func hides(behind other: Entry) -> Bool {
      direction == .inbound && other.direction == .inbound && parameters.spi == other.parameters.spi
        && parameters.protocol == other.parameters.protocol
        && (other.destination == nil || other.destination == destination)
    }
  }

  let path: String
  var entries: [Entry] = []
  /// Names, inner to outer.
  var bundle: [String] = []

  /// Reads YAML, or the output of `ip xfrm state`.
  ///
  /// - Throws: `CommandError` naming file, line and field.
  init(reading path: String, allowsLegacy: Bool, allowsUnauthenticated: Bool) throws {
    self.path = path
    let text = try YAMLDocument.text(at: path)
    if text.drop(while: \.isWhitespace).hasPrefix("src ") {
      entries = try XfrmState(path: path, text: text).entries
    } else {
      (entries, bundle) = try AssociationYAML(path: path).read(text)
    }
    for index in entries.indices {
      entries[index].parameters.allowsLegacy = allowsLegacy
      entries[index].parameters.allowsUnauthenticated = allowsUnauthenticated
    }
  }

  /// The outbound associations to apply, inner to outer: the named one, the bundle, or the only one there is.
  func outbound(named name: String?) throws -> [Entry] {
    let candidates = entries.filter { $0.direction != .inbound }
    if let name { return [try entry(name, candidates)] }
    if !bundle.isEmpty {
      let entries = try bundle.map { try entry($0, candidates) }
      try checkKeys(entries)
      return entries
    }
    if candidates.isEmpty { throw CommandError("\(path): has no outbound association") }
    guard candidates.count == 1 else {
      throw CommandError("\(path): \(candidates.count) outbound associations; choose one with --association")
    }
    return candidates
  }

  /// The inbound associations.
  func inbound() throws -> [Entry] {
    let candidates = entries.filter { $0.direction != .outbound }
    if candidates.isEmpty { throw CommandError("\(path): has no inbound association") }
    return candidates
  }

  /// Makes an association.
  ///
  /// - Throws: `CommandError` with file, line and name, when its parameters make none.
  func make<Association>(
    _ entry: Entry, _ body: (Parameters, AssociationState) throws(ParameterError) -> Association
  ) throws -> Association {
    do throws(ParameterError) {
      return try body(entry.parameters, AssociationState(sequence: entry.sequence))
    } catch {
      throw CommandError("\(path):\(entry.line): \(entry.name): \(error)\(Self.hint(error))")
    }
  }

  /// The option that admits what the engine refuses.
  private static func hint(_ error: ParameterError) -> String {
    switch error {
    case .legacy: ", by --allow-legacy"
    case .noProtection: ", by --allow-unauthenticated"
    default: ""
    }
  }

  /// Two associations that count under one key use its IVs twice.
  private func checkKeys(_ entries: [Entry]) throws {
    for (index, entry) in entries.enumerated() {
      guard let key = entry.parameters.countedKey else { continue }
      if let other = entries[..<index].first(where: { $0.parameters.countedKey == key }) {
        throw CommandError("\(path):\(entry.line): \(entry.name): key: is \(other.name)'s too, so IVs would repeat")
      }
    }
  }

  private func entry(_ name: String, _ candidates: [Entry]) throws -> Entry {
    let named = candidates.filter { $0.name == name }
    guard let entry = named.first else { throw CommandError("\(path): no outbound association is named \(name)") }
    // The kernel's are named by their SPIs, which another destination or protocol may use as well.
    guard named.count == 1 else { throw CommandError("\(path): several outbound associations are named \(name)") }
    return entry
  }
}
