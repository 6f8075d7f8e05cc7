/// What a C compiler made of a header or an object that somebody wrote by hand.
public struct ForeignDefinition: Sendable {
  /// Values of macros and enumerators.
  public var values: [String: UInt64]
  /// Structures by tag.
  public var structures: [String: Structure]

  public struct Structure: Hashable, Sendable {
    /// Size in bytes.
    public var size: Int
    public var members: [Member]

    public init(size: Int, members: [Member]) {
      self.size = size
      self.members = members
    }
  }

  public struct Member: Hashable, Sendable {
    public var name: String
    /// Offset and size in bytes.
    public var offset: Int
    public var size: Int

    public init(name: String, offset: Int, size: Int) {
      self.name = name
      self.offset = offset
      self.size = size
    }
  }

  public init(values: [String: UInt64] = [:], structures: [String: Structure] = [:]) {
    self.values = values
    self.structures = structures
  }

  /// Adds what `pahole` prints: structures with offsets and sizes, and enumerations.
  public mutating func add(pahole text: String) {
    var tag: String?
    var members: [Member] = []
    var isEnumeration = false
    for line in text.split(separator: "\n") {
      if let head = line.wholeMatch(of: /struct (\w+) \{.*/) {
        (tag, members) = (String(head.1), [])
      } else if line.wholeMatch(of: /(typedef )?enum ?\w* \{.*/) != nil {
        isEnumeration = true
      } else if isEnumeration, let entry = line.wholeMatch(of: /\s+(\w+)\s*= (-?\d+),?.*/) {
        values[String(entry.1)] = Int64(entry.2).map { UInt64(bitPattern: $0) } ?? UInt64(entry.2)
      } else if let size = line.wholeMatch(of: /\s+\/\* size: (\d+),.*/), let name = tag {
        // What is nested is indented further and has a size of its own that is not this one's.
        if line.hasPrefix("\t/*") { structures[name] = Structure(size: Int(size.1) ?? 0, members: members) }
      } else if let member = line.wholeMatch(of: /\t[^\t].*?(\w+)(?:\[\d+\])*;\s+\/\*\s+(\d+)\s+(\d+) \*\/.*/) {
        members.append(Member(name: String(member.1), offset: Int(member.2) ?? 0, size: Int(member.3) ?? 0))
      } else if line.hasPrefix("}") {
        (tag, isEnumeration) = (nil, false)
      }
    }
  }
}
