public import Wire

/// What versions 0.4 and 1.0 have in common.
public enum Legacy {}

/// Messages of versions 0.4 and 1.0 are packed and in the guest's byte order.
public protocol LegacyMessage: Message {}

extension LegacyMessage {
  public static var order: FieldOrder { .guest }
  public static var isPacked: Bool { true }
}
