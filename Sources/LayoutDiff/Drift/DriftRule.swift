/// A way in which a foreign definition is not what ours says.
public enum DriftRule: String, Sendable, Encodable, CaseIterable {
  case value = "drift-value"
  case mask = "drift-mask"
  case text = "drift-text"
  case size = "drift-size"
  case field = "drift-field"
  case bits = "drift-bits"
  case order = "drift-order"
  case reserved = "drift-reserved"
  case missing = "drift-missing"
  case extra = "drift-extra"

  /// One sentence that says what differs.
  public var summary: String {
    switch self {
    case .value: "A number has another value."
    case .mask: "A feature's number is the mask of its bit."
    case .text: "A macro is no integer constant, so it cannot be compared."
    case .size: "A structure has another size."
    case .field: "A field stands elsewhere, or has another size."
    case .bits: "Bits stand elsewhere."
    case .order: "A field's bytes are in another order."
    case .reserved: "A member, or a mask of bits, where ours has reserved bytes or bits."
    case .missing: "A name has no counterpart; one that is spelt otherwise goes into a mapping."
    case .extra: "Only theirs has it: a member, a number of our prefix, or a structure of it that travels."
    }
  }

  /// An error where bytes differ, a warning where only names do, a note where theirs has more.
  var level: Level {
    switch self {
    case .value, .size, .field, .bits, .order, .reserved: .error
    case .mask, .text, .missing: .warning
    case .extra: .note
    }
  }

  /// Whether bytes differ, and not only names.
  public var breaksWire: Bool { level == .error }
}
