import Model

/// The bytes of a device's configuration space, with made-up values.
struct ConfigurationSpace {
  private(set) var bytes: [UInt8]
  private let bigEndianGuest: Bool

  /// At most so many elements of an array are looked at.
  static let mostElements = 64

  /// - Parameter elements: what every register has that counts others.
  init(_ layout: Layout, elements: Int, bigEndianGuest: Bool, random: inout SplitMix) {
    self.bigEndianGuest = bigEndianGuest
    let counters = Set(layout.registers.flatMap { [$0.counter, $0.count].compactMap { $0 } })
    let end = layout.registers.map { $0.offset + $0.stride * elements + $0.width * ($0.count == nil ? 1 : elements) }
      .max()
    bytes = (0..<(end ?? 0)).map { _ in UInt8.random(in: 1...255, using: &random) }
    for register in layout.registers where counters.contains(register.name) {
      set(UInt64(elements), at: register.offset, register)
    }
  }

  /// How many elements a register has for who reads by `layout`.
  func count(_ register: Layout.Register, _ layout: Layout) -> Int {
    guard let counter = register.count else { return 1 }
    return layout.register(counter).flatMap { value($0, 0, layout) }.map { Int(min($0, 1 << 16)) } ?? 1
  }

  /// Where an element of a register stands for who reads by `layout`; nil where no address is as large.
  func offset(_ register: Layout.Register, _ layout: Layout, element: Int = 0) -> Int? {
    let start = register.offset + element * register.width
    guard let counter = register.counter.flatMap(layout.register), counter.counter == nil,
      let elements = value(at: counter.offset, counter)
    else { return start }
    let (distance, isTooFar) = UInt64(register.stride).multipliedReportingOverflow(by: elements)
    let (sum, isBeyond) = distance.addingReportingOverflow(UInt64(start))
    return isTooFar || isBeyond ? nil : Int(exactly: sum)
  }

  /// The same in words, with the counter where one decides.
  func place(_ register: Layout.Register, _ layout: Layout, element: Int = 0) -> String {
    let place = offset(register, layout, element: element).map { "\($0)" } ?? "no address"
    guard let counter = register.counter.flatMap(layout.register), counter.counter == nil,
      let elements = value(at: counter.offset, counter)
    else { return place }
    return "\(place) (\(register.offset) + \(register.stride) × \(elements), its \(counter.name))"
  }

  /// The value for who reads by `layout`; nil beyond the end.
  func value(_ register: Layout.Register, _ element: Int, _ layout: Layout) -> UInt64? {
    offset(register, layout, element: element).flatMap { value(at: $0, register) }
  }

  private func value(at offset: Int, _ register: Layout.Register) -> UInt64? {
    guard offset <= bytes.count - register.width else { return nil }
    let content = bytes[offset..<offset + register.width]
    return isBig(register)
      ? content.reduce(0) { $0 << 8 | UInt64($1) } : content.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The space after a write by `layout`; nil beyond the end.
  func writing(_ value: UInt64, _ register: Layout.Register, _ layout: Layout) -> ConfigurationSpace? {
    guard let place = offset(register, layout), place <= bytes.count - register.width else { return nil }
    var changed = self
    changed.set(value, at: place, register)
    return changed
  }

  private mutating func set(_ value: UInt64, at offset: Int, _ register: Layout.Register) {
    guard offset + register.width <= bytes.count else { return }
    for index in 0..<register.width {
      let shift = 8 * (isBig(register) ? register.width - 1 - index : index)
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  private func isBig(_ register: Layout.Register) -> Bool {
    switch register.order {
    case .little: false
    case .big: true
    case .guest: bigEndianGuest
    }
  }
}
