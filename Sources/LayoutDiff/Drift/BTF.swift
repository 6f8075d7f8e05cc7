import Model

/// C types as BTF has them, which compilers write for BPF and pahole writes for anything with DWARF
/// (Linux `Documentation/bpf/btf.rst`).
public struct BTF {
  /// More are no structure that anybody wrote by hand.
  private static let mostMembers = 10_000

  private var types: [CType] = []
  private var reader: Bytes
  private var strings = 0

  /// A type, with what its kind has: members, enumerators, or an array's length.
  private struct CType {
    var kind: Kind
    var name: String
    /// Size in bytes, or the type that it refers to.
    var sizeOrType: Int
    var members: [Member] = []
    var values: [(name: String, value: UInt64)] = []
    /// Number of elements of an array; width in bits of an integer.
    var extent = 0
  }

  private struct Member {
    var name: String
    var type: Int
    var bitOffset: Int
    /// 0 for what is no bit-field.
    var bitWidth: Int
  }

  private enum Kind: Int {
    case void, integer, pointer, array, structure, union, enumeration, forward, typedef, volatile, const, restrict
    case function, prototype, variable, section, float, declarationTag, typeTag, enumeration64
  }

  /// - Parameter bytes: the section `.BTF`.
  /// - Throws: `BTFError` for what is none, or ends early.
  public init(_ bytes: [UInt8]) throws(BTFError) {
    guard bytes.count >= 24, [[0x9f, 0xeb], [0xeb, 0x9f]].contains(Array(bytes.prefix(2))) else {
      throw BTFError("is no BTF")
    }
    reader = Bytes(bytes: bytes, isBig: bytes[0] == 0xeb, offset: 4)
    let header = try reader.word()
    let (first, length) = (try reader.word(), try reader.word())
    strings = header + (try reader.word())
    reader.offset = header + first
    let end = reader.offset + length
    types = [CType(kind: .void, name: "void", sizeOrType: 0)]
    while reader.offset < end { types.append(try type()) }
  }

  /// What a header or an object defines.
  ///
  /// - Throws: `BTFError` for a reference to a type that is not there, as a kernel module's to the kernel's.
  public func definition() throws(BTFError) -> ForeignDefinition {
    var definition = ForeignDefinition(hasMacros: false)
    for type in types {
      for (name, value) in type.values { definition.values[name] = value }
      switch type.kind {
      case .structure where !type.name.isEmpty:
        definition.structures[type.name] = try structure(type)
      case .typedef:
        // `typedef struct { … } name;`
        let target = try find(type.sizeOrType)
        if target.kind == .structure, target.name.isEmpty { definition.structures[type.name] = try structure(target) }
      default: break
      }
    }
    return definition
  }

  private func structure(_ type: CType) throws(BTFError) -> ForeignDefinition.Structure {
    ForeignDefinition.Structure(size: type.sizeOrType, members: try members(of: type, at: 0, within: "", depth: 0))
  }

  /// Members with those of nested structures behind them, at their offsets from the outermost.
  private func members(
    of type: CType, at start: Int, within prefix: String, depth: Int
  ) throws(BTFError) -> [ForeignDefinition.Member] {
    guard depth < 16 else { throw BTFError("nests structures too deep") }
    var members: [ForeignDefinition.Member] = []
    for member in type.members {
      let (offset, name) = (start + member.bitOffset, prefix + member.name)
      let target = try resolve(member.type)
      guard members.count < Self.mostMembers else { throw BTFError("has a structure of too many members") }
      // Older writers say it of the integer.
      let isNarrow = target.kind == .integer && target.extent < 8 * target.sizeOrType
      if member.bitWidth > 0 || isNarrow {
        let width = member.bitWidth > 0 ? member.bitWidth : target.extent
        members.append(ForeignDefinition.Member(name: name, bitOffset: offset, bitWidth: width))
        continue
      }
      if !member.name.isEmpty {
        members.append(
          ForeignDefinition.Member(
            name: name, offset: offset / 8, size: try size(of: member.type), order: try order(of: member.type)))
      }
      if target.kind == .structure || target.kind == .union {
        let inner = member.name.isEmpty ? prefix : name + "."
        members += try self.members(of: target, at: offset, within: inner, depth: depth + 1)
      }
    }
    return members
  }

  private func find(_ index: Int) throws(BTFError) -> CType {
    guard types.indices.contains(index) else {
      throw BTFError("refers to types of another BTF, as a kernel module does: compile it with -g")
    }
    return types[index]
  }

  /// The types from a name down to what it stands for.
  private func chain(_ index: Int) throws(BTFError) -> [CType] {
    var chain = [try find(index)]
    while let type = chain.last, [.typedef, .volatile, .const, .restrict, .typeTag].contains(type.kind) {
      guard chain.count < 64 else { throw BTFError("has a type that stands for itself") }
      chain.append(try find(type.sizeOrType))
    }
    return chain
  }

  private func resolve(_ index: Int) throws(BTFError) -> CType {
    let chain = try chain(index)
    return chain[chain.count - 1]
  }

  private func size(of index: Int, depth: Int = 0) throws(BTFError) -> Int {
    guard depth < 16 else { throw BTFError("nests arrays too deep") }
    let type = try resolve(index)
    switch type.kind {
    case .pointer: return 8
    case .array:
      let element = try self.size(of: type.sizeOrType, depth: depth + 1)
      let (size, overflow) = element.multipliedReportingOverflow(by: type.extent)
      guard !overflow else { throw BTFError("has an array beyond all bounds") }
      return size
    default: return type.sizeOrType
    }
  }

  /// What the names of a type say: `__be32`, `le16`, `rte_be32_t`, `__virtio32`.
  private func order(of index: Int, depth: Int = 0) throws(BTFError) -> Layout.Order? {
    let chain = try chain(index)
    for type in chain where type.kind == .typedef {
      if type.name.contains(/__virtio(16|32|64)$/) { return .guest }
      if let match = type.name.firstMatch(of: /(?:^|_)([bl])e_?(?:16|32|64)(?:_t)?$/) {
        return match.1 == "b" ? .big : .little
      }
    }
    let last = chain[chain.count - 1]
    return last.kind == .array && depth < 16 ? try order(of: last.sizeOrType, depth: depth + 1) : nil
  }
}

extension BTF {
  private mutating func type() throws(BTFError) -> CType {
    let (name, info, sizeOrType) = (try reader.word(), try reader.word(), try reader.word())
    guard let kind = Kind(rawValue: info >> 24 & 0x1f) else { throw BTFError("has a kind of type that is unknown") }
    let isFlagged = info >> 31 == 1
    var type = CType(kind: kind, name: try text(name), sizeOrType: sizeOrType)
    switch kind {
    case .integer: type.extent = try reader.word() & 0xff
    case .array:
      type.sizeOrType = try reader.word()
      _ = try reader.word()
      type.extent = try reader.word()
    case .structure, .union:
      for _ in 0..<(info & 0xffff) { type.members.append(try member(isFlagged)) }
    case .enumeration:
      for _ in 0..<(info & 0xffff) {
        let (name, value) = (try text(try reader.word()), UInt32(truncatingIfNeeded: try reader.word()))
        // Older writers leave the flag out where a value is negative.
        type.values.append((name, isFlagged ? UInt64(bitPattern: Int64(Int32(bitPattern: value))) : UInt64(value)))
      }
    case .enumeration64:
      for _ in 0..<(info & 0xffff) {
        let (name, low) = (try text(try reader.word()), try reader.word())
        type.values.append((name, UInt64(try reader.word()) << 32 | UInt64(low)))
      }
    case .prototype: try reader.skip(8 * (info & 0xffff))
    case .section: try reader.skip(12 * (info & 0xffff))
    case .variable, .declarationTag: try reader.skip(4)
    case .void, .pointer, .forward, .typedef, .volatile, .const, .restrict, .function, .float, .typeTag: break
    }
    return type
  }

  private mutating func member(_ isFlagged: Bool) throws(BTFError) -> Member {
    let (name, type, offset) = (try text(try reader.word()), try reader.word(), try reader.word())
    return isFlagged
      ? Member(name: name, type: type, bitOffset: offset & 0xffffff, bitWidth: offset >> 24)
      : Member(name: name, type: type, bitOffset: offset, bitWidth: 0)
  }

  private func text(_ offset: Int) throws(BTFError) -> String { try reader.text(at: strings + offset) }
}

/// What is wrong with BTF: the rest of a sentence that begins with its name.
public struct BTFError: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
