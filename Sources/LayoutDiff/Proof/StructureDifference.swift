import Model

/// A structure as one side has it in an area: who that is, and where it stands.
struct PlacedStructure {
  let structure: Layout.Structure
  let index: LayoutIndex
  let owner: String
  let start: Int

  fileprivate func place(_ field: Layout.Field) -> Range<Int> { start + field.offset..<start + field.end }

  fileprivate func values(of field: Layout.Field, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> [UInt64] {
    (0..<(field.count ?? 1)).map { field.value(in: bytes[start...], element: $0, bigEndianGuest: bigEndianGuest) }
  }
}

/// A structure that one side wrote and the other reads: what does not arrive.
struct StructureDifference {
  let sent: PlacedStructure
  let read: PlacedStructure
  let bytes: [UInt8]
  let bigEndianGuest: Bool

  /// The first field that both have and whose value does not arrive.
  ///
  /// - Parameters:
  ///   - name: the only field to look at; nil for all.
  ///   - bits: the only bits of it to look at; nil for the whole field.
  func misread(only name: String? = nil, bits: String? = nil) -> Observation? {
    for field in sent.structure.fields where !field.isReserved && (name == nil || name == field.name) {
      guard let other = read.structure.used(field.name) else { continue }
      if let found = misread(field, other, bits) { return found }
    }
    return nil
  }

  private func misread(_ field: Layout.Field, _ other: Layout.Field, _ bits: String?) -> Observation? {
    let (ours, theirs) = (sent.place(field), read.place(other))
    guard theirs.upperBound <= bytes.count else {
      let places = "at \(ours.lowerBound), \(read.owner) reads it at \(theirs.lowerBound), beyond the end"
      return Observation(text: "\(sent.owner) writes \(field.name) \(places)", ours, theirs)
    }
    var written = sent.values(of: field, bytes, bigEndianGuest)
    var found = read.values(of: other, bytes, bigEndianGuest)
    if let text = misreadBits(field, other, written[0], found[0], only: bits) {
      return Observation(text: text, ours, theirs)
    }
    guard bits == nil, field.bits == nil || field.bits != other.bits else { return nil }
    var (width, otherWidth) = (field.width, other.width)
    if field.isSameString(as: other) {
      (written, found) = (written.flatMap { $0.digits(width) }, found.flatMap { $0.digits(otherWidth) })
      (width, otherWidth) = (1, 1)
    }
    guard written != found else { return nil }
    let position = zip(written, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let element = written.count == 1 ? "" : "[\(position)]"
    let taken =
      written.count == found.count
      ? hex(found[position], width: 0)
      : "\(found.count) × \(otherWidth) bytes instead of \(written.count) × \(width)"
    let guest = bigEndianGuest && field.order != other.order ? " (big-endian guest)" : ""
    let (one, two) = (ours.lowerBound + position * width, theirs.lowerBound + position * otherWidth)
    let text = """
      \(sent.owner) writes \(field.name)\(element) at \(one), \(read.owner) reads it at \(two): \
      \(hex(written[position], width: width)) → \(taken)\(guest)
      """
    return Observation(text: text, one..<one + width, two..<two + otherWidth)
  }

  /// Bits that both sides describe and that do not arrive.
  private func misreadBits(
    _ field: Layout.Field, _ other: Layout.Field, _ written: UInt64, _ found: UInt64, only name: String?
  ) -> String? {
    guard let ours = field.bits.flatMap({ sent.index.bitLayouts[$0] }),
      let theirs = other.bits.flatMap({ read.index.bitLayouts[$0] })
    else { return nil }
    for range in ours.ranges.used where name == nil || name == range.name {
      guard let match = theirs.used(range.name) else { continue }
      let value = (written & range.mask) >> UInt64(range.low)
      let taken = (found & match.mask) >> UInt64(match.low)
      if value != taken {
        return """
          \(sent.owner) writes \(field.name).\(range.name) in bits \(range.low)+\(range.width), \
          \(read.owner) reads it in bits \(match.low)+\(match.width): \(hex(value, width: 0)) → \(hex(taken, width: 0))
          """
      }
    }
    return nil
  }

  /// The first field in use that only one side has, unless reserved bytes that the receiver checks are there.
  func unshared(only name: String? = nil) -> Observation? {
    for field in sent.structure.fields.used where name == nil || name == field.name {
      let isChecked = read.index.checksReserved && read.structure.covers(field, with: \.isReserved)
      guard read.structure.used(field.name) == nil, !isChecked, field.isSet(in: bytes, at: sent.start) else { continue }
      let (place, value) = (sent.place(field), field.value(in: bytes[sent.start...], bigEndianGuest: bigEndianGuest))
      let text = """
        \(sent.owner) writes \(field.name) at \(place.lowerBound), \(read.owner) does not read it: \
        \(hex(value, width: field.width)) is lost
        """
      return Observation(text: text, range: place)
    }
    for field in read.structure.fields.used where name == nil || name == field.name {
      let place = read.place(field)
      guard sent.structure.used(field.name) == nil, place.upperBound <= bytes.count,
        field.isSet(in: bytes, at: read.start)
      else { continue }
      let value = field.value(in: bytes[read.start...], bigEndianGuest: bigEndianGuest)
      let text = """
        \(sent.owner) does not write \(field.name), \(read.owner) reads it at \(place.lowerBound): \
        \(hex(value, width: field.width)) out of something else
        """
      return Observation(text: text, range: place)
    }
    return nil
  }
}

extension UInt64 {
  /// The bytes of a number of that width, the most significant first.
  fileprivate func digits(_ width: Int) -> [UInt64] {
    (0..<width).reversed().map { self >> UInt64(8 * $0) & 0xff }
  }
}
