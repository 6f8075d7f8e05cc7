import Foundation
import LayoutDiff

/// A YAML file of suppressions.
struct SuppressionFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The diff without what the file suppresses.
  ///
  /// - Throws: `UnreadableInput` for a file that cannot be read, `CommandError` for an entry without a reason, or one
  ///   that is expired, unused, or there twice.
  func applied(to diff: LayoutDiff) throws -> LayoutDiff {
    guard let list = try YAMLFile(path).content as? [Any] else {
      throw CommandError("\(path): not a list of suppressions")
    }
    var entries: [Suppression] = []
    for (index, item) in list.enumerated() { entries.append(try entry(item, index + 1)) }
    let today = Date.now.formatted(.iso8601.year().month().day().dateSeparator(.dash))
    do throws(StaleSuppression) { return try diff.suppressing(entries, today: today) } catch {
      throw CommandError("\(path): \(error)")
    }
  }

  private func entry(_ item: Any, _ number: Int) throws(CommandError) -> Suppression {
    guard let entry = item as? [String: Any] else { throw CommandError("\(path): entry \(number): not a mapping") }
    if let stray = entry.keys.sorted().first(where: { !["rule", "place", "reason", "expires"].contains($0) }) {
      throw CommandError("\(path): entry \(number): unknown key '\(stray)'")
    }
    var words: [String] = []
    for key in ["rule", "place", "reason"] {
      guard let text = entry[key] as? String, !text.allSatisfy(\.isWhitespace) else {
        throw CommandError("\(path): entry \(number): '\(key)' is missing")
      }
      words.append(text)
    }
    guard DiffRule.all.contains(where: { $0.id == words[0] }) else {
      throw CommandError("\(path): entry \(number): there is no rule '\(words[0])'")
    }
    let expires = entry["expires"].map { "\($0)" }
    if let expires, !Self.isDay(expires) {
      throw CommandError("\(path): entry \(number): 'expires' is not a day such as 2027-06-30")
    }
    return Suppression(rule: words[0], place: words[1], reason: words[2], expires: expires)
  }

  /// Whether a calendar has the day: what is read is what is written.
  private static func isDay(_ text: String) -> Bool {
    let days = Date.ISO8601FormatStyle().year().month().day().dateSeparator(.dash)
    return (try? days.parse(text)).map { days.format($0) == text } ?? false
  }
}
