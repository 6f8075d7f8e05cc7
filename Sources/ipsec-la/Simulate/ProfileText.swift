import Clockwork
import CycleModel

/// A profile as YAML, one documented line for each value; where a value is the default one, with its source.
enum ProfileText {
  static func yaml(_ profile: Profile) -> String {
    let rows = ProfileKey.all.map { ("\($0.name): \($0.text(in: profile))", comment($0, profile)) }
    let width = rows.map { $0.0.count }.max() ?? 0
    return rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  # \($0.1)\n" }.joined()
  }

  private static func comment(_ key: ProfileKey, _ profile: Profile) -> String {
    let isDefault = key.text(in: profile) == key.text(in: Profile())
    let source = isDefault ? " (\(ProfileSources.source(of: key)))" : ""
    guard case .number(_, let range) = key.place else { return key.summary + source }
    return "\(key.summary) \(range.lowerBound) to \(range.upperBound).\(source)"
  }
}
