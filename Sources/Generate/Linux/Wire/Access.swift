import Model

/// C expressions that read and write fields, bits and conditions.
struct Access {
  let layout: Layout
  let names: CNames
  let style: Printer.Style
  /// Structures that the driver writes.
  let requested: Set<String>
  /// Fields of requests that say how much an answer may have, with the limit of that.
  let answerLimits: [Layout.Reference: String]

  init(layout: Layout, names: CNames, style: Printer.Style) {
    self.layout = layout
    self.names = names
    self.style = style
    requested = Set(layout.commands.flatMap(\.readable).flatMap { $0.structures(in: layout) })
    answerLimits = layout.answerLimits(names)
  }

  /// Whether functions need to be told the guest's byte order.
  var needsOrder: Bool {
    layout.structures.contains { $0.fields.contains { $0.order == .guest } }
      || layout.registers.contains { $0.order == .guest }
  }

  /// The last parameter of a function, and the last argument of a call, that carries the guest's order.
  var orderParameter: String { needsOrder ? ", int big_endian" : "" }
  var orderArgument: String { needsOrder ? ", big_endian" : "" }

  /// Whether integers stand at any alignment, so that the compiler may not load them as they are.
  var isPacked: Bool { layout.structures.contains(where: \.isPacked) }

  /// The value of an integer field of the structure that `pointer` points to.
  func get(_ field: Layout.Field, of pointer: String) -> String {
    if field.width == 1 { return "\(pointer)->\(field.name)" }
    let (kind, order) = accessor(field)
    return "\(names.name("\(loads(field) ? "load" : "get")_\(kind)"))(&\(pointer)->\(field.name)\(order))"
  }

  /// A statement that sets an integer field.
  func set(_ field: Layout.Field, of pointer: String, to value: String) -> String {
    if field.width == 1 { return "\(pointer)->\(field.name) = \(value);" }
    let (kind, order) = accessor(field)
    return "\(names.name("\(loads(field) ? "store" : "put")_\(kind)"))(&\(pointer)->\(field.name), \(value)\(order));"
  }

  /// Whether a field is read from any alignment, or in an order that its type does not say.
  private func loads(_ field: Layout.Field) -> Bool { isPacked || field.order == .guest }

  /// What the functions for a field's integers are called, and the argument that tells the guest's order.
  private func accessor(_ field: Layout.Field) -> (kind: String, order: String) {
    ("\(field.order.tag)\(8 * field.width)", field.order == .guest ? ", big_endian" : "")
  }

  /// The value behind a reference, where `scope` says which pointer leads to the structure.
  func value(_ reference: Layout.Reference, _ scope: Scope) -> String {
    let (field, bits) = resolve(reference)
    let pointer = scope.pointer(to: reference.structure)
    let value = scope.known[Derivation.key(pointer, field.name)] ?? get(field, of: pointer)
    guard let bits, case .bits(let layout) = field.type else { return value }
    let name = names.macro("\(layout)_\(bits.name)")
    return bits.width == 1 ? "!!(\(value) & \(name))" : "(\(value) & \(name)_MASK) >> \(name)_SHIFT"
  }

  /// A test of the value behind a reference.
  private func test(_ reference: Layout.Reference, is wanted: UInt64, _ scope: Scope) -> String {
    let (field, bits) = resolve(reference)
    let value = self.value(reference, scope)
    if bits?.width == 1 { return wanted == 0 ? String(value.dropFirst()) : String(value.dropFirst(2)) }
    guard case .code(let enumeration) = field.type,
      let name = layout.enumeration(enumeration)?.numbers.first(where: { $0.value == wanted })?.name
    else { return "\(value) == \(wanted)" }
    return "\(value) == \(names.published(name))"
  }

  func resolve(_ reference: Layout.Reference) -> (field: Layout.Field, bits: Layout.BitRange?) {
    guard let resolved = layout.resolve(reference) else { preconditionFailure("nothing is called \(reference)") }
    return resolved
  }

  /// A condition as a C expression.
  func test(_ condition: Layout.Condition, _ scope: Scope) -> String {
    switch condition {
    case .equals(let reference, let value): test(reference, is: value, scope)
    case .context(let name, let value, _): "\(scope.view)ctx_\(name) == \(value)"
    case .all(let conditions): conditions.map { nested($0, scope) }.joined(separator: " && ")
    case .any(let conditions): conditions.map { nested($0, scope) }.joined(separator: " || ")
    }
  }

  /// The opposite of a condition as a C expression.
  func test(unless condition: Layout.Condition, _ scope: Scope) -> String {
    let test = test(condition, scope)
    if case .equals = condition, test.contains(" == ") { return test.replacing(" == ", with: " != ") }
    return "!(\(test))"
  }

  private func nested(_ condition: Layout.Condition, _ scope: Scope) -> String {
    switch condition {
    case .equals, .context: test(condition, scope)
    case .all, .any: "(\(test(condition, scope)))"
    }
  }

  /// Bytes that a list of parts takes at least; exactly, if every part is of fixed size.
  func fixedSize(_ parts: ArraySlice<Layout.Part>) -> Int {
    parts.reduce(0) { size, part in
      if case .structure(let name) = part { return size + (layout.structure(name)?.size ?? 0) }
      return size
    }
  }

  /// The bound by which bytes of a given length are room, of which another field says how much is used.
  func room(_ length: Layout.Reference, _ scope: Scope) -> Layout.Bound? {
    layout.structures.filter { scope.sees($0.name) && !scope.fixed.contains($0.name) }.flatMap(\.bounds)
      .first { $0.limit == length && $0.terms.count == 1 }
  }

  /// Checks that a structure keeps to bounds that an earlier one sets, but for those that are room for bytes.
  func checkBounds(of name: String, _ scope: Scope, _ function: inout Function) {
    let bounds = layout.structure(name)?.bounds.filter { $0.limit.structure != name } ?? []
    guard !bounds.isEmpty else { return }
    let measures = layout.commands.flatMap { $0.readable + $0.writable }.flatMap { $0.descendants(in: layout) }
      .compactMap { if case .bytes(_, .field(let length, _), _) = $0 { length } else { nil } }
    for bound in bounds {
      guard scope.sees(bound.limit.structure), !measures.contains(bound.limit) else { continue }
      function.fail(if: Check(access: self).exceeds(bound) { value($0, scope) }, "ELENGTH", names)
      if let condition = bound.condition {
        function.fail(if: "\(test(unless: condition, scope)) && \(value(bound.terms[0], scope))", "ELENGTH", names)
      }
    }
  }
}

extension Layout {
  /// How much of an answer a field of the request may ask for: what is let through can be answered.
  fileprivate func answerLimits(_ names: CNames) -> [Reference: String] {
    var limits: [Reference: (bytes: Int, name: String)] = [:]
    for command in commands {
      let written = Set(command.writable.flatMap { $0.structures(in: self) })
      for part in command.writable.flatMap({ $0.descendants(in: self) }) {
        guard case .bytes(let name, .field(let reference, let bytes), _) = part, !written.contains(reference.structure)
        else { continue }
        if let known = limits[reference], known.bytes <= bytes { continue }
        limits[reference] = (bytes, names.limit(name, bytes))
      }
    }
    return limits.mapValues(\.name)
  }
}
