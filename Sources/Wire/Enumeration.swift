/// A set of named numbers: algorithms, status codes, feature bits, commands of a class.
///
/// The raw values stand with the cases; a `switch` in `entry` names and documents each, so that the compiler
/// asks for a line when a case is added.
public protocol Enumeration: RawRepresentable, CaseIterable, Sendable, Hashable
where RawValue: WireInteger, AllCases == [Self] {
  /// Name in the interface, in snake case.
  static var name: StaticString { get }
  /// One sentence that says what is enumerated.
  static var summary: StaticString { get }
  /// Name and documentation of the case.
  var entry: Entry { get }
}

/// Name and documentation of one enumerator.
public struct Entry: Sendable {
  /// Name in the interface without the device's prefix, in upper case.
  public let name: String
  public let summary: String
  /// First and last version that has it; nil where the enumeration itself sets the limit.
  public let since: SpecVersion?
  public let until: SpecVersion?
  /// An older version's other name.
  public let formerly: (name: String, until: SpecVersion)?

  public init(
    _ name: String, _ summary: String, since: SpecVersion? = nil, until: SpecVersion? = nil,
    formerly: (name: String, until: SpecVersion)? = nil
  ) {
    self.name = name
    self.summary = summary
    self.since = since
    self.until = until
    self.formerly = formerly
  }

  /// Whether `version` has the enumerator.
  public func exists(in version: SpecVersion) -> Bool {
    since.map { $0 <= version } ?? true && until.map { version <= $0 } ?? true
  }

  /// The name that `version` gives it.
  public func name(in version: SpecVersion) -> String {
    if let formerly, version <= formerly.until { return formerly.name }
    return name
  }
}

/// A field's number that stands for a case of an enumeration, known or not.
public struct Code<Case: Enumeration, Storage: WireInteger>: FieldValue, Hashable {
  public var rawValue: Storage

  @inlinable @inline(__always)
  public init(rawValue: Storage) { self.rawValue = rawValue }

  @inlinable @inline(__always)
  public init(_ known: Case) { self.init(rawValue: Storage(known.rawValue)) }

  /// The case, or nil for a number that the enumeration does not have.
  @inlinable public var known: Case? {
    Case.RawValue(exactly: rawValue).flatMap(Case.init(rawValue:))
  }

  @inlinable public static var byteCount: Int { Storage.byteCount }
  @inlinable public static var shape: Shape { Shape(width: Storage.byteCount, meaning: .code(Case.self)) }

  @inlinable @inline(__always)
  public static func load(from bytes: RawSpan, at offset: Int, _ order: ByteOrder) -> Self {
    Self(rawValue: Storage.load(from: bytes, at: offset, order))
  }

  @inlinable @inline(__always)
  public func store(into bytes: inout MutableRawSpan, at offset: Int, _ order: ByteOrder) {
    rawValue.store(into: &bytes, at: offset, order)
  }
}
