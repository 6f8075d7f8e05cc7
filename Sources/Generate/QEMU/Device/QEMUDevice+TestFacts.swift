import Model

extension QEMUDevice {
  /// What the template of the test asks for: what its back end offers, and what the guest of it writes.
  var testFacts: [String: String] {
    let (classField, commandField) = (control.header.fields[0], control.header.fields[1])
    let sample = control.commands[0]
    return [
      "page-title": "\(name)\n" + String(repeating: "=", count: name.count),
      "test-configuration": configuration.map { "    \($0)" }.joined(separator: "\n"),
      "test-features": ownFeatures.enumerated().map { index, feature in
        "                       1ULL << \(feature.name)\(index == ownFeatures.count - 1 ? ";" : " |")"
      }.joined(separator: "\n"),
      "test-feature-names": ownFeatures.map { "    \"\($0.name)\"," }.joined(separator: "\n"),
      "test-writable": writable,
      "test-class": sample.codes[0].name,
      "test-command": sample.codes[1].name,
      "test-command-name": sample.name,
      "class-store": Self.store(classField),
      "command-store": Self.store(commandField),
    ]
  }

  /// Statements that fill in the registers without which the device is refused.
  private var configuration: [String] {
    let counter = layout.registers.compactMap(\.counter).first.flatMap(layout.register)
    let count = counter.map { store($0, at: names.register($0), "1") }
    let place = names.register(pairs.register) + (pairs.register.counter == nil ? "" : "(1)")
    return (count.map { [$0] } ?? [])
      + [store(pairs.register, at: place, "PAIRS << \(names.bits(pairs.bits, of: pairs.layout))_SHIFT")]
  }

  private func store(_ register: Layout.Register, at place: String, _ value: String) -> String {
    let load = Self.load(register.width, register.order)
    let function = "st" + load.dropFirst(2).replacing("uw", with: "w").replacing("ub", with: "b")
    let statement = "\(function)(server->config + \(place), \(value));"
    return LineBreaker(style: .qemu, margin: 4).lines(statement).joined(separator: "\n").trimmingIndent
  }

  private static func store(_ field: Layout.Field) -> String {
    field.width == 1 ? "" : "cpu_to_\(field.order == .big ? "be" : "le")\(8 * field.width)"
  }

  /// A register of four bytes that the guest may write; the first bytes of the space where there is none.
  private var writable: String {
    let register = layout.registers.first { $0.access == .readWrite && $0.count == nil && $0.width == 4 }
    return register.map { names.register($0) + ($0.counter == nil ? "" : "(1)") } ?? "0"
  }
}

extension String {
  fileprivate var trimmingIndent: String { String(drop { $0 == " " }) }
}
