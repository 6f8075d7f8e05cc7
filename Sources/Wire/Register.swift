/// A register in the device's configuration space.
public struct Register: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let offset: RegisterOffset
  public let shape: Shape
  public let access: Access
  /// The register that says how many of this one there are; nil for exactly one.
  public let count: StaticString?
  /// The feature without which the register is not there; nil for one that always is.
  public let feature: (any Enumeration)?
  /// Value after reset where the definition fixes one.
  public let reset: UInt64?
  public let summary: StaticString

  /// What the driver may do with a register.
  public enum Access: Sendable {
    case readOnly, writeOnly, readWrite
  }

  public init<Value: FieldValue>(
    _ name: StaticString, at offset: RegisterOffset, _ type: Value.Type, _ access: Access, count: StaticString? = nil,
    feature: (any Enumeration)? = nil, reset: UInt64? = nil, _ summary: StaticString
  ) {
    self.name = name
    self.offset = offset
    self.shape = Value.shape
    self.access = access
    self.count = count
    self.feature = feature
    self.reset = reset
    self.summary = summary
  }
}

/// Where a register stands: at `base` bytes, or behind an array, `stride` bytes further for each element of it.
public struct RegisterOffset: Sendable, ExpressibleByIntegerLiteral {
  public let base: Int
  public let stride: Int
  /// The register that counts the array.
  public let count: StaticString?

  public init(integerLiteral base: Int) {
    self.base = base
    self.stride = 0
    self.count = nil
  }

  private init(base: Int, stride: Int, count: StaticString) {
    self.base = base
    self.stride = stride
    self.count = count
  }

  /// `base` bytes plus `stride` bytes for each that the register `count` counts.
  public static func behind(_ base: Int, plus stride: Int, times count: StaticString) -> Self {
    Self(base: base, stride: stride, count: count)
  }
}
