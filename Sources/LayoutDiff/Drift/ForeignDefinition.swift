public import Model

/// What a C compiler made of a header or an object that somebody wrote by hand.
public struct ForeignDefinition: Sendable {
  /// Values of macros and enumerators.
  public var values: [String: UInt64]
  /// Macros that are no integer constant, as they are written.
  public var texts: [String: String]
  /// Structures by tag, or by the type's name where there is no tag.
  public var structures: [String: Structure]
  /// Whether macros can be seen: an object has none.
  public var hasMacros: Bool

  public struct Structure: Hashable, Sendable {
    /// Size in bytes.
    public var size: Int
    /// Members; what an anonymous structure or union has is among them, what a named one has is `member.inner`.
    public var members: [Member]

    public init(size: Int, members: [Member]) {
      self.size = size
      self.members = members
    }
  }

  public struct Member: Hashable, Sendable {
    public var name: String
    /// Offset in bits: from the least significant one where it is a bit-field of a little-endian object.
    public var bitOffset: Int
    public var bitWidth: Int
    public var isBitField: Bool
    /// As the names of its types say; nil for what is the processor's.
    public var order: Layout.Order?

    /// - Parameters:
    ///   - offset: in bytes.
    ///   - size: in bytes.
    public init(name: String, offset: Int, size: Int, order: Layout.Order? = nil) {
      (self.name, bitOffset, bitWidth, isBitField, self.order) = (name, offset * 8, size * 8, false, order)
    }

    /// A bit-field.
    public init(name: String, bitOffset: Int, bitWidth: Int) {
      (self.name, self.bitOffset, self.bitWidth, isBitField, order) = (name, bitOffset, bitWidth, true, nil)
    }

    /// Whether exactly these bytes are the member's.
    func stands(at offset: Int, size: Int) -> Bool { bitOffset == offset * 8 && bitWidth == size * 8 }

    /// `4 bytes at 16`, or `3 bits at bit 2`.
    var place: String {
      isBitField
        ? "\(bitWidth.counted("bit")) at bit \(bitOffset)" : "\((bitWidth / 8).counted("byte")) at \(bitOffset / 8)"
    }
  }

  public init(
    values: [String: UInt64] = [:], texts: [String: String] = [:], structures: [String: Structure] = [:],
    hasMacros: Bool = true
  ) {
    (self.values, self.texts, self.structures, self.hasMacros) = (values, texts, structures, hasMacros)
  }

  /// Everything that may be meant by a name.
  var names: Set<String> { Set(values.keys).union(texts.keys).union(structures.keys) }
}
