import Model
import Spec
import Testing
import Wire

@Test(arguments: versions, [Toolchain.native[0], Toolchain.big])
func `C finds and reads every register, those behind the version array included`(
  _ layout: Layout, _ toolchain: Toolchain
) throws {
  let program = try SelfTestProgram(layout, toolchain)
  let queues = (0..<20).flatMap { guestScaling in
    (0..<20).map { deviceScaling in
      [4094, 3].map {
        "\(QueueTopology.dataQueues(guestScaling: guestScaling, deviceScaling: deviceScaling, maximumPairs: $0))"
      }.joined(separator: " ")
    }
  }
  for guest in ByteOrder.allCases {
    var input = "", wanted = ""
    for count in [0, 1, 2, 5, 0xffff_ffff] as [UInt32] {
      for length in 0..<48 {
        let space = configuration(layout, count: count, length: length, guest)
        input += "registers \(space.hex) -\n"
        let lines = layout.registers.flatMap { expected($0, in: layout, space, count: Int(count), guest) } + queues + ["."]
        wanted += lines.map { $0 + "\n" }.joined()
      }
    }
    expectEqualLines(try program(["registers", guest.rawValue], input: input), wanted, input, "guest \(guest)")
  }
}

/// A configuration space whose words are their own index, but for the count.
private func configuration(_ layout: Layout, count: UInt32, length: Int, _ guest: ByteOrder) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: 64)
  var span = bytes.mutableSpan
  var raw = span.mutableBytes
  for word in 0..<16 {
    let value = word == 0 && layout.registers.contains { $0.count != nil } ? count : UInt32(word) << 8 | 0xa5
    raw.store(value, at: 4 * word, order(layout, guest))
  }
  return Array(bytes.prefix(length))
}

private func order(_ layout: Layout, _ guest: ByteOrder) -> ByteOrder {
  layout.registers.first?.order == .guest ? guest : .little
}

/// What the self-test is to say of a register: refused where it does not lie within the space.
private func expected(
  _ register: Layout.Register, in layout: Layout, _ space: [UInt8], count: Int, _ guest: ByteOrder
) -> [String] {
  let counter = (register.counter ?? register.count).flatMap(layout.register)
  return (0..<(register.count == nil ? 1 : 3)).map { index in
    if let counter, space.count < counter.offset + counter.width { return "\(register.name) refused -5001" }
    if register.count != nil, index >= count { return "\(register.name) refused -5004" }
    let offset =
      register.offset + (register.counter == nil ? 0 : register.stride * count) + (register.count == nil ? 0 : register.width * index)
    guard offset + register.width <= space.count else { return "\(register.name) refused -5001" }
    let value = String(space.span.bytes.load(UInt32.self, at: offset, order(layout, guest)), radix: 16)
    return "\(register.name) \(offset) " + String(repeating: "0", count: 8 - value.count) + value
  }
}
