import Spec
import Wire

extension NotificationEvent {
  /// What scenarios and results call it: the definition's name in lower case, `hard-lifetime`.
  var kind: String { Self.kinds[self]! }

  /// Made once: events are counted by it.
  private static let kinds = Dictionary(
    uniqueKeysWithValues: allCases.map { event in
      (event, event.entry.name.dropFirst("NOTIFY_".count).lowercased().replacing("_", with: "-"))
    })
}
