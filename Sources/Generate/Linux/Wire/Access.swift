import Model

/// C expressions that read and write fields, bits and conditions.
struct Access {
  let layout: Layout
  let names: CNames
  let style: Printer.Style

  /// Whether functions need to be told the guest's byte order.
  var needsOrder: Bool {
    layout.structures.contains { $0.fields.contains { $0.order == .guest } } || layout.registers.contains { $0.order == .guest }
  }

  /// The last parameter of a function, and the last argument of a call, that carries the guest's order.
  var orderParameter: String { needsOrder ? ", int big_endian" : "" }
  var orderArgument: String { needsOrder ? ", big_endian" : "" }

  /// The value of an integer field of the structure that `pointer` points to.
  func get(_ field: Layout.Field, of pointer: String) -> String {
    switch (field.width, field.order) {
    case (1, _): "\(pointer)->\(field.name)"
    case (_, .guest): "\(names.name("get\(8 * field.width)"))(&\(pointer)->\(field.name), big_endian)"
    case (_, .little): "\(names.name("get\(8 * field.width)"))(&\(pointer)->\(field.name), 0)"
    case (_, .big): "\(names.name("get\(8 * field.width)"))(&\(pointer)->\(field.name), 1)"
    }
  }

  /// A statement that sets an integer field.
  func set(_ field: Layout.Field, of pointer: String, to value: String) -> String {
    switch (field.width, field.order) {
    case (1, _): "\(pointer)->\(field.name) = \(value);"
    case (_, .guest): "\(names.name("put\(8 * field.width)"))(&\(pointer)->\(field.name), \(value), big_endian);"
    case (_, .little): "\(names.name("put\(8 * field.width)"))(&\(pointer)->\(field.name), \(value), 0);"
    case (_, .big): "\(names.name("put\(8 * field.width)"))(&\(pointer)->\(field.name), \(value), 1);"
    }
  }

  /// The value behind a reference, where `scope` says which pointer leads to the structure.
  func value(_ reference: Layout.Reference, _ scope: Scope) -> String {
    let (field, bits) = resolve(reference)
    let value = get(field, of: scope.pointer(to: reference.structure))
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

  /// Whether every field of a structure follows from the rest of the chain, so that a caller need not give it.
  func isDerived(_ structure: Layout.Structure, by derived: Set<Layout.Reference>) -> Bool {
    structure.fields.allSatisfy {
      $0.type == .reserved || derived.contains(Layout.Reference(structure: structure.name, field: $0.name, bits: nil))
    }
  }
}

/// What C code at one place of a chain can refer to.
struct Scope {
  /// What a member's name follows: `view->` or `view->next[i].`.
  var view: String
  private var pointers: [String: String] = [:]
  private var repetitions: [String: [String: String]] = [:]
  /// Structures that the other side wrote, which this side can read but not change.
  private(set) var fixed: Set<String> = []

  init(view: String) { self.view = view }

  func pointer(to structure: String) -> String {
    guard let pointer = pointers[structure] else { preconditionFailure("\(structure) is not in sight") }
    return pointer
  }

  mutating func bind(_ structure: String, to pointer: String) {
    pointers[structure] = pointer
    fixed.remove(structure)
  }

  /// The scope within a repetition; what it bound when it was met before is in sight again.
  func entering(_ repetition: String, view: String) -> Scope {
    var inner = self
    inner.view = view
    for (structure, pointer) in repetitions[repetition] ?? [:] { inner.pointers[structure] = pointer }
    return inner
  }

  /// Keeps what the scope within a repetition bound.
  mutating func leave(_ repetition: String, _ inner: Scope) {
    repetitions[repetition, default: [:]].merge(inner.pointers.filter { pointers[$0.key] != $0.value }) { $1 }
  }

  /// The scope of an area that follows another: what that bound can be read there.
  func following(view: String) -> Scope {
    var next = self
    next.view = view
    next.fixed = Set(pointers.keys)
    return next
  }
}
