import Clockwork
import CycleModel
import Simulation
import Yams

/// Reads a profile: a preset to start from, and the values that differ.
///
/// ```yaml
/// base: default
/// core: { frequency: 1 GHz }
/// bus:
///   rate: 64 B/cycle
///   read-latency: 800 ns
/// ```
struct ProfileYAML {
  let path: String

  /// - Throws: `CommandError` naming file, line, key and what would be allowed.
  func read(_ file: YAMLFields) throws -> Profile {
    var profile = Profile()
    if file["base"] != nil {
      let names = Preset.all.map(\.name)
      profile = Preset.all[try file.name("base", among: names, called: "profile")].profile
    }
    var values: [Value] = []
    try gather(file, "", &values)
    // Times become cycles of clocks that the file may change.
    for value in values where value.key.unit == "Hz" { try set(value, in: &profile) }
    for value in values where value.key.unit != "Hz" { try set(value, in: &profile) }
    do throws(ProfileError) { try profile.validate() } catch {
      // A key that the file leaves as it is may be wrong only with a clock that the file changes.
      let clock = error.key.hasPrefix("bus.") ? "bus.frequency" : "core.frequency"
      let value = values.first { $0.key.name == error.key } ?? values.first { $0.key.name == clock }
      let place = value.map { $0.key.name == error.key ? "" : "\($0.key.name): '\($0.text)': " } ?? ""
      throw CommandError("\(path):\(value?.line ?? file.mark?.line ?? 1): \(place)\(error)")
    }
    return profile
  }

  private struct Value {
    let key: ProfileKey
    let text: String
    let line: Int
  }

  /// Finds the values in mappings within mappings: `bus: { rate: … }` is `bus.rate: …`.
  private func gather(_ fields: YAMLFields, _ prefix: String, _ values: inout [Value]) throws {
    for (name, node) in fields.mapping {
      let name = name.string ?? "?"
      let whole = prefix + name
      let line = node.mark?.line ?? 1
      if prefix.isEmpty, ["base", "summary"].contains(name) { continue }
      if let key = ProfileKey.all.first(where: { $0.name == whole }) {
        if let other = values.first(where: { $0.key.name == whole }) {
          throw CommandError("\(path):\(line): \(whole): is given twice, first on line \(other.line)")
        }
        guard let text = node.string else { throw CommandError("\(path):\(line): \(whole): is not a plain value") }
        values.append(Value(key: key, text: text, line: line))
      } else if ProfileKey.all.contains(where: { $0.name.hasPrefix(whole + ".") }) {
        guard let mapping = node.mapping else {
          throw CommandError("\(path):\(line): \(whole): holds no value but \(known(whole + "."))")
        }
        try gather(YAMLFields(path: path, mapping: mapping, mark: node.mark), whole + ".", &values)
      } else {
        throw CommandError("\(path):\(line): \(whole): unknown key; known are \(known(prefix))")
      }
    }
  }

  /// The keys that may stand at a place.
  private func known(_ prefix: String) -> String {
    let groups = ProfileKey.all.filter { $0.name.hasPrefix(prefix) }.map { key in
      String(key.name.dropFirst(prefix.count).prefix { $0 != "." })
    }
    var seen: Set<String> = []
    return ((prefix.isEmpty ? ["base", "summary"] : []) + groups.filter { seen.insert($0).inserted })
      .joined(separator: ", ")
  }

  private func set(_ value: Value, in profile: inout Profile) throws {
    func error(_ allowed: String) -> CommandError {
      CommandError("\(path):\(value.line): \(value.key.name): '\(value.text)' is not \(allowed)")
    }
    switch value.key.place {
    case .rate(let path):
      guard let rate = Rate(value.text) else { throw error("a rate such as 64 B/cycle or 16/14 B/cycle") }
      profile[keyPath: path] = rate
    case .number(let path, let range):
      let unit = value.key.unit
      guard let number = value.key.number(value.text, profile), range.contains(number) else {
        throw error("a whole number within \(range.lowerBound) to \(range.upperBound) \(unit)\(value.key.otherUnits)")
      }
      profile[keyPath: path] = number
    }
  }
}

extension ProfileKey {
  /// What may be written instead of the unit.
  fileprivate var otherUnits: String {
    switch unit {
    case "Hz", "ns": ", with its unit, or the same in another unit of \(unit == "ns" ? "time" : "frequency")"
    case "cycles", "bus cycles": ", or a time"
    default: ""
    }
  }

  /// A number as it is written; times of keys that count cycles become as many cycles as they begin.
  fileprivate func number(_ text: String, _ profile: Profile) -> UInt64? {
    switch unit {
    case "Hz": return Quantity(text, .frequency)?.whole
    case "ns":
      guard let picoseconds = Quantity(text, .time)?.whole, picoseconds % 1_000 == 0 else { return nil }
      return picoseconds / 1_000
    case "cycles", "bus cycles":
      if let cycles = Quantity(text, .cycles, .count) { return cycles.whole }
      guard let time = Quantity(text, .time)?.whole else { return nil }
      let clock = unit == "cycles" ? profile.core : profile.bus
      return clock.firstCycle(at: Instant(picoseconds: time))
    case "B": return Quantity(text, .size, .count)?.whole
    case "0 or 1": return ["true": 1, "false": 0][text] ?? Quantity(text, .count)?.whole
    default:
      let number = text.hasSuffix(" " + unit) ? String(text.dropLast(unit.count + 1)) : text
      return Quantity(number, .count)?.whole
    }
  }
}

extension Rate {
  fileprivate init?(_ text: String) {
    guard let quantity = Quantity(text, .sizePerCycle), let bytes = UInt32(exactly: quantity.numerator),
      let cycles = UInt32(exactly: quantity.denominator), bytes > 0
    else { return nil }
    self.init(bytes: bytes, cycles: cycles)
  }
}
