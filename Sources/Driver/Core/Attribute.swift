/// A file in a device's directory (`DEVICE_ATTR`).
public struct Attribute {
  public let name: String
  /// What reading it gives, without the newline.
  public let show: () -> String
  /// What writing to it does; nil for one that is read-only.
  public let store: ((String) -> Errno?)?

  public init(_ name: String, store: ((String) -> Errno?)? = nil, show: @escaping () -> String) {
    self.name = name
    self.show = show
    self.store = store
  }
}
