public import Wire

extension V2_0 {
  /// Fields that are sets over an enumeration: bit n is set for the case n.
  public static let sets: [(field: FieldReference, of: any Enumeration.Type)] = [
    (.field(\NotificationSettings.events), NotificationEvent.self)
  ]
}
