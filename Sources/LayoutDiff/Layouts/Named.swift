import Model

/// What has a name, and says what it is.
protocol Named {
  var name: String { get }
  var summary: String { get }
}

extension Named {
  /// Whether it may be the same thing under another name.
  func isAlike(_ other: Self) -> Bool { name.isLike(other.name) || !summary.isEmpty && summary == other.summary }
}

extension Layout.Structure: Named {}
extension Layout.Field: Named {}
extension Layout.BitLayout: Named {}
extension Layout.BitRange: Named {}
extension Layout.NumberGroup: Named {}
extension Layout.Number: Named {}
extension Layout.Register: Named {}
extension Layout.Feature: Named {}
extension Layout.QueueKind: Named {}
extension Layout.Group: Named {}
extension Layout.AttributeSet: Named {}
extension Layout.Service: Named {}
extension Layout.Command: Named {}
extension Layout.Attribute: Named {
  /// The number by which it is known in C stands for what it is.
  var summary: String { type.name }
}

extension String {
  /// Whether one name has all words of the other, of which one may abbreviate the other's.
  func isLike(_ other: String) -> Bool {
    let (ours, theirs) = (words, other.words)
    let isWithin = { (one: [String], other: [String]) in
      one.allSatisfy { word in other.contains { word.hasPrefix($0) || $0.hasPrefix(word) } }
    }
    return isWithin(ours, theirs) || isWithin(theirs, ours) || ours.joined() == theirs.joined()
  }

  /// The words that tell it from other names of the same interface; shorter ones abbreviate nothing.
  private var words: [String] {
    let prefix: Set<Substring> = ["virtio", "ipsec", "f", "ctrl"]
    let words = lowercased().split(separator: "_")
    let own = words.filter { !prefix.contains($0) }
    return (own.isEmpty ? words : own).map { $0.count < 3 ? $0 + " " : String($0) }
  }
}
