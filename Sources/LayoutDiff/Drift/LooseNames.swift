/// Names that are found whatever their case, underscores and prefix.
struct LooseNames {
  private let exact: Set<String>
  private let keys: [String: [String]]
  private let prefix: String

  init(_ names: some Sequence<String>, prefix: String) {
    exact = Set(names)
    self.prefix = prefix
    keys = Dictionary(grouping: exact.sorted()) { Self.key($0, prefix) }
  }

  /// Those that are like it: the name itself, or all that differ in nothing that counts.
  func like(_ name: String) -> [String] { exact.contains(name) ? [name] : keys[Self.key(name, prefix)] ?? [] }

  /// Whether a name begins with the prefix, in either case.
  func isPrefixed(_ name: String) -> Bool { name.lowercased().hasPrefix(prefix.lowercased() + "_") }

  private static func key(_ name: String, _ prefix: String) -> String {
    let plain = { (text: String) in text.lowercased().filter { $0 != "_" } }
    let key = plain(name)
    return key.hasPrefix(plain(prefix)) ? String(key.dropFirst(plain(prefix).count)) : key
  }
}
