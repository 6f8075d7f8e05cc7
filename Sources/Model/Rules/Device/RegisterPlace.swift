extension Rule {
  static let registerPlace = Rule(
    "register-place",
    "A register stands at a multiple of its width and shares no byte with another, however many an array has."
  ) { layout in
    layout.registers.enumerated().flatMap { index, register -> [(place: String, problem: String)] in
      let isAligned = register.offset.isMultiple(of: register.width) && register.stride.isMultiple(of: register.width)
      let misaligned =
        isAligned
        ? []
        : [
          (register.name, "of \(8 * register.width) bits is at \(register.offset) plus multiples of \(register.stride)")
        ]
      let shared = layout.registers[..<index].filter { !$0.isBefore(register) && !register.isBefore($0) }
      return misaligned + shared.map { (register.name, "shares bytes with '\($0.name)'") }
    }
  }
}

extension Layout.Register {
  /// Whether the register ends where the other starts or earlier, for equal numbers of elements in all arrays.
  ///
  /// Both bounds are linear in that number: what holds for none and for very many holds in between.
  fileprivate func isBefore(_ other: Self) -> Bool {
    [0, 1 << 32].allSatisfy { bytes(elements: $0).upperBound <= other.bytes(elements: $0).lowerBound }
  }

  /// The bytes that the register takes when every array has as many elements.
  fileprivate func bytes(elements: Int) -> Range<Int> {
    let start = offset + stride * elements
    return start..<start + width * (count == nil ? 1 : elements)
  }
}
