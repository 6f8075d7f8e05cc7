/// A version of the interface, encoded in the version registers as `major << 24 | minor`.
public struct SpecVersion: Hashable, Comparable, Sendable, CustomStringConvertible, LosslessStringConvertible {
  public let major: UInt8
  /// 24 bits.
  public let minor: UInt32

  public init(_ major: UInt8, _ minor: UInt32) {
    precondition(minor < 1 << 24, "a minor version has 24 bits")
    self.major = major
    self.minor = minor
  }

  /// Parses `"2.0"`; nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = UInt8(parts[0]), let minor = UInt32(parts[1]), minor < 1 << 24 else {
      return nil
    }
    self.init(major, minor)
  }

  /// The number in a version register.
  public var register: UInt32 { UInt32(major) << 24 | minor }

  /// The version that a version register names.
  public init(register: UInt32) {
    self.init(UInt8(register >> 24), register & 0xff_ffff)
  }

  public var description: String { "\(major).\(minor)" }

  public static func < (left: Self, right: Self) -> Bool { left.register < right.register }
}
