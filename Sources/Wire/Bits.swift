/// A range of bits within an integer, counted from the least significant bit.
public struct Bits: Sendable {
  public let low: Int
  public let width: Int
  public let summary: StaticString
  /// What the bits enumerate, if anything.
  public let meaning: (any Enumeration.Type)?
  /// Whether the bits are to be zero.
  public let isReserved: Bool

  /// The bits of `range`, for example `0...15`.
  @inlinable
  public init(_ range: ClosedRange<Int>, _ summary: StaticString, meaning: (any Enumeration.Type)? = nil) {
    self.low = range.lowerBound
    self.width = range.count
    self.summary = summary
    self.meaning = meaning
    self.isReserved = false
  }

  /// The single bit `bit`.
  @inlinable
  public init(_ bit: Int, _ summary: StaticString, meaning: (any Enumeration.Type)? = nil) {
    self.init(bit...bit, summary, meaning: meaning)
  }

  /// Bits without a meaning: zero on send.
  @inlinable
  public init(reserved range: ClosedRange<Int>) {
    self.low = range.lowerBound
    self.width = range.count
    self.summary = "Zero."
    self.meaning = nil
    self.isReserved = true
  }
}

/// How an integer is divided into bits: a schema whose properties are `Bits`.
public protocol BitLayout: Sendable {
  associatedtype Storage: WireInteger
  /// Name in the interface, in snake case.
  static var name: StaticString { get }
  static var summary: StaticString { get }
  init()
}

/// An integer divided into bits.
public struct Packed<Layout: BitLayout>: FieldValue, Hashable {
  public var rawValue: Layout.Storage

  @inlinable @inline(__always)
  public init(rawValue: Layout.Storage = 0) { self.rawValue = rawValue }

  /// The value of some bits; what is assigned is cut to their width.
  @inlinable
  public subscript(bits: KeyPath<Layout, Bits>) -> Layout.Storage {
    @inline(__always) get {
      let range = Layout()[keyPath: bits]
      return (rawValue >> Layout.Storage(range.low)) & Self.mask(range.width)
    }
    @inline(__always) set {
      let range = Layout()[keyPath: bits]
      let mask = Self.mask(range.width) << Layout.Storage(range.low)
      rawValue = (rawValue & ~mask) | ((newValue << Layout.Storage(range.low)) & mask)
    }
  }

  @inlinable @inline(__always)
  static func mask(_ width: Int) -> Layout.Storage {
    width == Layout.Storage.bitWidth ? .max : (1 << Layout.Storage(width)) - 1
  }

  @inlinable public static var byteCount: Int { Layout.Storage.byteCount }
  @inlinable public static var shape: Shape { Shape(width: Layout.Storage.byteCount, meaning: .bits(Layout.self)) }

  @inlinable @inline(__always)
  public static func load(from bytes: RawSpan, at offset: Int, _ order: ByteOrder) -> Self {
    Self(rawValue: Layout.Storage.load(from: bytes, at: offset, order))
  }

  @inlinable @inline(__always)
  public func store(into bytes: inout MutableRawSpan, at offset: Int, _ order: ByteOrder) {
    rawValue.store(into: &bytes, at: offset, order)
  }
}
