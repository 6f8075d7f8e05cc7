import Foundation
import LayoutDiff
import Yams

/// A YAML file of suppressions.
struct SuppressionFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The diff without what the file suppresses.
  ///
  /// - Throws: `CommandError` for a file that cannot be read, a missing reason, an expired or an unused suppression.
  func applied(to diff: LayoutDiff) throws(CommandError) -> LayoutDiff {
    let entries = try entries()
    let today = Date.now.formatted(.iso8601.year().month().day().dateSeparator(.dash))
    do throws(StaleSuppression) { return try diff.suppressing(entries, today: today) } catch {
      throw CommandError("\(path): \(error)")
    }
  }

  private func entries() throws(CommandError) -> [Suppression] {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw CommandError("\(path): cannot be read")
    }
    let loaded: Any?
    do { loaded = try Yams.load(yaml: text, .basic) } catch { throw CommandError("\(path): not YAML: \(error)") }
    guard let list = loaded as? [Any] else { throw CommandError("\(path): not a list of suppressions") }
    var entries: [Suppression] = []
    for (index, item) in list.enumerated() { entries.append(try entry(item, index + 1)) }
    return entries
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
    if let expires, expires.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil {
      throw CommandError("\(path): entry \(number): 'expires' is not a day such as 2027-06-30")
    }
    return Suppression(rule: words[0], place: words[1], reason: words[2], expires: expires)
  }
}
