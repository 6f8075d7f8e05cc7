import Spec
import Wire

extension NotificationEvent {
  /// What scenarios and results call it: the definition's name in lower case, `hard-lifetime`.
  var kind: String { entry.name.dropFirst("NOTIFY_".count).lowercased().replacing("_", with: "-") }
}
