import Model

extension Description {
  var registers: [Block] {
    [registerTable(layout.registers)] + offsetExample + registerLayouts.flatMap { bitLayout($0) }
  }

  func register(_ register: Layout.Register) -> [Block] {
    var blocks: [Block] = [.heading(3, register.name.asCode), registerTable([register])]
    if case .bits(let name) = register.type, let layout = layout.bitLayout(name) { blocks += bitLayout(layout) }
    return blocks
  }

  /// The bit layouts that registers have.
  var registerLayouts: [Layout.BitLayout] {
    layout.bitLayouts.filter { bits in layout.registers.contains { $0.type == .bits(layout: bits.name) } }
  }

  private func registerTable(_ registers: [Layout.Register]) -> Block {
    .table(
      Table(
        ["offset", .number("size"), "type", "access", "reset", "register", "meaning"],
        registers.map { register in
          [
            offset(of: register), "\(register.width)", register.order.type(width: register.width),
            register.access.rawValue, register.reset.map { $0.hex() } ?? "",
            (register.name + (register.count.map { "[\($0)]" } ?? "")).asCode,
            register.summary + pointer(to: register.type),
          ]
        }))
  }

  private func offset(of register: Layout.Register) -> String {
    if register.count != nil { return "\(register.offset)+\(register.width)×index" }
    return "\(register.offset)" + (register.counter.map { "+\(register.stride)×\($0)" } ?? "")
  }

  /// Offsets for the first few counts, where they depend on one.
  private var offsetExample: [Block] {
    let moving = layout.registers.filter { $0.counter != nil }
    guard let counter = moving.first?.counter else { return [] }
    let counts = [1, 2, 3]
    return [
      .paragraph("Offsets behind the array, by what \(counter.asCode) says:"),
      .table(
        Table(
          ["register"] + counts.map { .number("\(counter) = \($0)") },
          moving.map { register in [register.name.asCode] + counts.map { "\(register.offset + register.stride * $0)" } }
        )),
    ]
  }
}
