import Clockwork
import CycleModel

/// A profile as YAML, one documented line for each value; where a value is the default one, with its source.
enum ProfileText {
  static func yaml(_ profile: Profile) -> String {
    let rows = ProfileKey.all.map { ("\($0.name): \(value($0, profile))", comment($0, profile)) }
    let width = rows.map { $0.0.count }.max() ?? 0
    return rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  # \($0.1)\n" }.joined()
  }

  private static func value(_ key: ProfileKey, _ profile: Profile) -> String {
    switch key.place {
    case .rate(let path): return "\(profile[keyPath: path])"
    case .number(let path, _):
      let number = profile[keyPath: path]
      return key.unit == "Hz" ? frequency(number) : key.unit == "0 or 1" ? "\(number)" : "\(number) \(key.unit)"
    }
  }

  private static func frequency(_ hertz: UInt64) -> String {
    for (unit, factor) in [("GHz", 1_000_000_000), ("MHz", 1_000_000), ("kHz", 1_000)] as [(String, UInt64)]
    where hertz.isMultiple(of: factor) {
      return "\(hertz / factor) \(unit)"
    }
    return "\(hertz) Hz"
  }

  private static func comment(_ key: ProfileKey, _ profile: Profile) -> String {
    let isDefault = value(key, profile) == value(key, Profile())
    let source = isDefault ? " (\(ProfileSources.source(of: key)))" : ""
    guard case .number(_, let range) = key.place else { return key.summary + source }
    return "\(key.summary) \(range.lowerBound) to \(range.upperBound).\(source)"
  }
}
