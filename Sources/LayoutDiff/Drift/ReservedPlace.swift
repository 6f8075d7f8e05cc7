import Model

/// Bytes or bits of a structure of ours that are reserved.
struct ReservedPlace {
  /// In the structure, from the least significant bit of its first byte on.
  let bits: Range<Int>
  /// Whether only bits are, of an integer that is in use.
  let isPartial: Bool
  /// For people: `4 bytes at 12, reserved`.
  let text: String

  /// Whether a member stands there; one that covers the whole integer is another integer.
  func has(_ member: ForeignDefinition.Member) -> Bool {
    bits.overlaps(member.bits) && (member.isBitField || !isPartial)
  }
}

extension Layout {
  /// Everything in a structure that is reserved, and bits of its integers that nothing describes.
  func reserved(in structure: Structure) -> [ReservedPlace] {
    structure.fields.flatMap { field -> [ReservedPlace] in
      switch field.type {
      case .reserved:
        return [
          ReservedPlace(
            bits: field.offset * 8..<field.end * 8, isPartial: false,
            text: "\(field.size.counted("byte")) at \(field.offset), reserved")
        ]
      case .bits(let name):
        let unused = bitLayout(name)?.unused ?? 0
        return (0..<8 * min(8, field.width)).filter { unused >> UInt64($0) & 1 == 1 }.map {
          let bit = field.offset * 8 + $0
          return ReservedPlace(bits: bit..<bit + 1, isPartial: true, text: "bit \(bit), reserved in \(field.name)")
        }
      case .number, .code, .structure: return []
      }
    }
  }
}

extension ForeignDefinition.Structure {
  /// Members without those that have others in them.
  var leaves: [ForeignDefinition.Member] {
    let parents = members.reduce(into: Set<String>()) { parents, member in
      var name = member.name[...]
      while let dot = name.lastIndex(of: ".") {
        name = name[..<dot]
        parents.insert(String(name))
      }
    }
    return members.filter { !parents.contains($0.name) }
  }
}

extension ForeignDefinition.Member {
  var bits: Range<Int> { bitOffset..<bitOffset + bitWidth }

  /// Whether it is called what nobody uses is called.
  var isReserved: Bool {
    let name = name.split(separator: ".").last ?? ""
    return name.lowercased().contains(/^_*(?:reserved|resvd?|rsvd?|pad(?:ding)?|unused|mbz|spare|filler?)_*\d*_*$/)
  }
}

extension Range<Int> {
  /// Whether all of it is in some others.
  func isCovered(by others: [Range<Int>]) -> Bool {
    var position = lowerBound
    while position < upperBound {
      guard let next = others.filter({ $0.contains(position) }).map(\.upperBound).max() else { return false }
      position = next
    }
    return true
  }
}
