import Model

/// Enumerations and constants.
struct NumberComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    compare(old.layout.enumerations, new.layout.enumerations, isEnumeration: true)
      + compare(old.layout.constants, new.layout.constants, isEnumeration: false)
  }

  private func compare(_ old: [Layout.NumberGroup], _ new: [Layout.NumberGroup], isEnumeration: Bool) -> [Draft] {
    let groups = Pairing(old, new, by: \.name)
    return groups.pairs.flatMap { compare($0, $1, isEnumeration: isEnumeration) }
      + groups.removed.map {
        Draft(rule: .numberRemoved, place: $0.name, old: "\($0.numbers.count) numbers", breaksSource: true)
      }
      + groups.added.map { Draft(rule: .numberAdded, place: $0.name, new: "\($0.numbers.count) numbers") }
  }

  private func compare(_ old: Layout.NumberGroup, _ new: Layout.NumberGroup, isEnumeration: Bool) -> [Draft] {
    let numbers = Pairing(old.numbers, new.numbers, by: \.name)
    let place = { (number: Layout.Number) in "\(old.name).\(number.name)" }
    var drafts: [Draft] = []
    for (one, other) in numbers.pairs where one.value != other.value {
      drafts.append(
        Draft(
          rule: .numberValue, place: place(one), old: "\(one.value)", new: "\(other.value)",
          effect: isEnumeration ? code(old.name, one.name) : constant(one, other)))
    }
    for number in numbers.removed {
      drafts.append(
        Draft(
          rule: .numberRemoved, place: place(number), old: "\(number.value)", breaksSource: true,
          effect: isEnumeration ? code(old.name, number.name) : nil))
    }
    for number in numbers.added {
      drafts.append(
        Draft(
          rule: .numberAdded, place: place(number), new: "\(number.value)",
          effect: isEnumeration ? code(old.name, number.name) : nil))
    }
    return drafts
  }

  /// A number whose meaning is not the same on both sides.
  ///
  /// Who reads one that it does not know refuses it. Only a driver that reads what it wrote itself before, or another
  /// driver like it, meets none that is new.
  private func code(_ enumeration: String, _ name: String) -> Effect {
    .wherever(
      enumeration.asEnumeration,
      gate: { meeting, area in
        Set(meeting.sender(area).layout.features(of: name).map(meeting.sender(area).bit))
      },
      breaks: { meeting, area in isMissed(meeting, area, name, enumeration) },
      run: { meeting, area, _ in
        NumberMeeting(meeting: meeting, area: area, enumeration: enumeration, name: name).outcome
      })
  }

  /// Whether the sender has the number, and the receiver does not understand it.
  private func isMissed(_ meeting: Meeting, _ area: Area, _ name: String, _ enumeration: String) -> Bool {
    let receiver = meeting.receiver(area)
    guard let value = meeting.sender(area).number(name, enumeration) else { return false }
    guard receiver.number(name, enumeration) != value else { return false }
    return receiver.number(name, enumeration) != nil || receiver.name(value, enumeration) != nil
      || !meeting.isEcho(enumeration, area)
  }

  /// A constant of the same name means different numbers; no message says where it counts.
  private func constant(_ old: Layout.Number, _ new: Layout.Number) -> Effect {
    .stated { _ in
      .always
    } because: { meeting in
      let (mine, theirs) = meeting.sides(old: old.value, new: new.value)
      return "\(meeting.driverName) takes \(old.name) for \(mine), \(meeting.deviceName) for \(theirs)"
    }
  }
}

extension Meeting {
  /// Whether the device only says again by an enumeration what the driver said first.
  func isEcho(_ enumeration: String, _ area: Area) -> Bool {
    area == .writable && !carriers(enumeration.asEnumeration, .readable).isEmpty
  }
}

extension LayoutIndex {
  /// The value of an enumerator.
  func number(_ name: String, _ enumeration: String) -> UInt64? {
    layout.enumeration(enumeration)?.numbers.first { $0.name == name }?.value
  }

  /// The enumerator of a value.
  func name(_ value: UInt64, _ enumeration: String) -> String? {
    names[enumeration]?[value]
  }
}
