import Model

/// What the rules say becomes of a field between two sides of which only one may have it.
struct FieldFate {
  private let sender: LayoutIndex
  private let receiver: LayoutIndex
  private let sent: Layout.Structure?
  private let read: Layout.Structure?
  private let area: Area

  init(_ meeting: Meeting, _ area: Area, structure: String) {
    sender = meeting.sender(area)
    receiver = meeting.receiver(area)
    sent = sender.structures[structure]
    read = receiver.structures[structure]
    self.area = area
  }

  /// Whether what is sent in it is not understood.
  func breaks(_ name: String) -> Bool {
    guard let sent, let read else { return false }
    switch (sent.used(name), read.used(name)) {
    case (let ours?, let theirs?): return breaks(ours, theirs, sent)
    // Where it is checked, it is refused; where it is not, it is lost.
    case (let ours?, nil): return largest(ours) != 0
    case (nil, let theirs?):
      return !zero(sent).isSuperset(of: theirs.offset..<theirs.end) || area == .readable && !theirs.mayBeZero(receiver)
    case (nil, nil): return false
    }
  }

  private func breaks(_ ours: Layout.Field, _ theirs: Layout.Field, _ sent: Layout.Structure) -> Bool {
    if ours.offset == theirs.offset, ours.isSameString(as: theirs) { return false }
    let isOrdered = ours.width > 1 && theirs.width > 1
    if ours.offset != theirs.offset || isOrdered && ours.order != theirs.order { return true }
    if ours.width != theirs.width || ours.count != theirs.count {
      if let breaks = breaksBits(ours, theirs, sent) { return breaks }
      let wider = ours.width > theirs.width ? ours : theirs
      guard ours.count == nil, theirs.count == nil, wider.order == .little else { return true }
      // Least significant first, bytes that are zero on one side and not there on the other change no number.
      return !zero(sent).isSuperset(of: min(ours.end, theirs.end)..<wider.end)
    }
    return false
  }

  /// The same of bits in little-endian integers of different widths; nil where it is not only the width that differs.
  private func breaksBits(_ ours: Layout.Field, _ theirs: Layout.Field, _ sent: Layout.Structure) -> Bool? {
    guard ours.count == nil, theirs.count == nil, ours.order == .little || ours.width == 1,
      theirs.order == .little || theirs.width == 1,
      let bits = ours.bits, bits == theirs.bits, let one = sender.bitLayouts[bits],
      let other = receiver.bitLayouts[bits],
      one.ranges == other.ranges
    else { return nil }
    let beyond = min(ours.end, theirs.end)..<max(ours.end, theirs.end)
    // What the sender leaves undescribed is of no interest to a receiver that neither uses nor checks it.
    if ours.width < theirs.width, zero(sent).isSuperset(of: beyond) { return false }
    if ours.width < theirs.width, receiver.checksReserved { return true }
    return one.ranges.contains { !$0.isReserved && $0.low + $0.width > 8 * min(ours.width, theirs.width) }
  }

  /// Bytes that the sender never writes anything but zero to: reserved ones, and the high ones of small values.
  private func zero(_ sent: Layout.Structure) -> Set<Int> {
    sent.fields.reduce(into: []) { bytes, field in
      if field.isReserved {
        if sender.checksReserved { bytes.formUnion(field.offset..<field.end) }
      } else if field.order == .little, field.count == nil, let largest = largest(field) {
        bytes.formUnion(min(field.end, field.offset + (71 - largest.leadingZeroBitCount) / 8)..<field.end)
      }
    }
  }

  /// The largest value that a sender writes to a field of codes, of bits, or of numbers up to a limit.
  private func largest(_ field: Layout.Field) -> UInt64? {
    if let codes = field.enumeration.flatMap({ sender.codes[$0] }) { return codes.max() }
    if field.type == .number, field.most != nil { return field.range.most }
    guard sender.checksReserved, let bits = field.bits.flatMap({ sender.bitLayouts[$0] }) else { return nil }
    return sender.written(bits)
  }
}

extension Layout.Field {
  /// Whether both are the same bytes in the same order: an array of bytes is what a big-endian integer, or an array of
  /// such, is when its most significant byte comes first, as that of an address does. With a limit, it is a number.
  func isSameString(as other: Self) -> Bool {
    let isString = { (field: Self) in
      field.type == .number && !field.isLimited && (field.width == 1 || field.order == .big)
    }
    return size == other.size && (width == 1 || other.width == 1) && isString(self) && isString(other)
  }

  /// Whether a device takes 0 for what is allowed in it.
  fileprivate func mayBeZero(_ device: LayoutIndex) -> Bool {
    let codes = enumeration.flatMap { device.codes[$0] }
    return (least ?? 0) == 0 && codes?.contains(0) != false
  }
}
