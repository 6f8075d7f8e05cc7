import Model

/// Writes the C that checks the fields of one structure, for parsers and builders alike.
///
/// Reserved bytes and bits are zero on both sides, where the structure is not one of the packed, published ones, of
/// which nobody said so, and the length of an array keeps to it. Only what the driver wrote has to keep to other ranges
/// and to known codes: a later version of the device may answer with others.
struct Check {
  let access: Access
  private var names: CNames { access.names }
  private var layout: Layout { access.layout }

  /// Whether there is anything to check.
  func exists(_ structure: Layout.Structure) -> Bool { !always(structure).isEmpty || isStrict(structure) }

  /// Whether what is checked depends on who wrote the structure.
  func isStrict(_ structure: Layout.Structure) -> Bool {
    access.requested.contains(structure.name) && !strict(structure).isEmpty
  }

  /// The call for a structure, or nil where there is nothing to check.
  func call(_ name: String, _ pointer: String, _ cursor: String) -> String? {
    guard let structure = layout.structure(name), exists(structure) else { return nil }
    let strict = isStrict(structure) ? ", \(cursor)strict" : ""
    return "\(names.name("check_\(name)"))(\(pointer)\(strict)\(access.orderArgument))"
  }

  func write(_ structure: Layout.Structure, _ out: inout Printer) {
    guard exists(structure) else { return }
    var function = Function(access.style)
    function.fail(if: "!p", "ESHORT", names)
    for (condition, error) in always(structure) { function.fail(if: condition, error, names) }
    if isStrict(structure) {
      function.body.control("if (!strict)", "return 0;")
      for (condition, error) in strict(structure) { function.fail(if: condition, error, names) }
    }
    function.body.line("return 0;")
    var parameters: [Function.Parameter] = [
      ("p", "const \(names.structure(structure.name)) *p", "the structure, or NULL if there is no room for it")
    ]
    if isStrict(structure) { parameters.append(("strict", "int strict", "whether the driver wrote it")) }
    if access.needsOrder { parameters.append(("big_endian", "int big_endian", "whether the guest is big-endian")) }
    function.write(
      names.name("check_\(structure.name)"), parameters, summary: "check: \(structure.summary.asClause)",
      returns: "0 or an error.", to: &out)
  }

  private typealias Refusal = (condition: String, error: String)

  private func always(_ structure: Layout.Structure) -> [Refusal] {
    reserved(structure)
      + structure.fields.filter { $0.measuresArray(in: structure) }.flatMap { refusals($0, of: structure) }
  }

  private func reserved(_ structure: Layout.Structure) -> [Refusal] {
    guard !structure.isPacked else { return [] }
    return structure.fields.compactMap { field in
      switch field.type {
      case .reserved: return ("!\(names.name("is_zero"))(p->\(field.name), \(field.size))", "ERESERVED")
      case .bits(let bits):
        let mask = layout.bitLayout(bits)?.ranges.filter(\.isReserved).reduce(0) { $0 | $1.mask } ?? 0
        return mask == 0 ? nil : ("\(access.get(field, of: "p")) & \(mask.hex())", "ERESERVED")
      case .number, .code, .structure: return nil
      }
    }
  }

  private func strict(_ structure: Layout.Structure) -> [Refusal] {
    let fields = structure.fields.filter { !$0.measuresArray(in: structure) }
    return fields.flatMap { refusals($0, of: structure) }
      + structure.bounds.filter { bound in
        (bound.terms + [bound.limit]).allSatisfy { $0.structure == structure.name }
      }.map { (exceeds($0) { access.get(access.resolve($0).field, of: "p") }, "ERANGE") }
  }

  /// The condition under which a bound does not hold.
  func exceeds(_ bound: Layout.Bound, _ value: (Layout.Reference) -> String) -> String {
    let sum = bound.terms.enumerated().map { index, term in
      (index == 0 && bound.terms.count > 1 ? "(__u64)" : "") + value(term)
    }
    return "\(sum.joined(separator: " + ")) > \(value(bound.limit))"
  }

  private func refusals(_ field: Layout.Field, of structure: Layout.Structure) -> [Refusal] {
    let value = access.get(field, of: "p")
    switch field.type {
    case .number:
      let limit = access.answerLimits[Layout.Reference(structure: structure.name, field: field.name)]
      let tests =
        (field.least.map { $0 > 0 ? ["\(value) < \($0)"] : [] } ?? [])
        + (field.most.map { $0 < .max >> UInt64(64 - 8 * field.width) ? ["\(value) > \($0.limit)"] : [] } ?? [])
      return tests.map { ($0, "ERANGE") } + (limit.map { [("\(value) > \($0)", "ELIMIT")] } ?? [])
    case .code(let enumeration):
      guard !layout.isCommandCode(field.name, of: structure.name) else { return [] }
      guard !structure.isPacked || layout.steers(field.name, of: structure.name) else { return [] }
      return [(unknown(enumeration, value), enumeration.hasSuffix("algorithm") ? "EALGORITHM" : "EVALUE")]
    case .bits(let name):
      guard !structure.isPacked else { return [] }
      return (layout.bitLayout(name)?.ranges ?? []).compactMap { range in
        guard let enumeration = range.enumeration else { return nil }
        let macro = names.macro("\(name)_\(range.name)")
        return (unknown(enumeration, "(\(value) & \(macro)_MASK) >> \(macro)_SHIFT"), "EVALUE")
      }
    case .reserved, .structure: return []
    }
  }

  /// The condition under which a value is no enumerator.
  private func unknown(_ enumeration: String, _ value: String) -> String {
    let numbers = (layout.enumeration(enumeration)?.numbers ?? []).sorted { $0.value < $1.value }
    guard let first = numbers.first, let last = numbers.last else { return "1" }
    if last.value - first.value + 1 == UInt64(numbers.count) {
      let above = "\(value) > \(names.published(last.name))"
      return first.value == 0 ? above : "\(value) < \(names.published(first.name)) || \(above)"
    }
    return numbers.map { "\(value) != \(names.published($0.name))" }.joined(separator: " && ")
  }
}

extension Layout.Field {
  /// Whether the field says how much is used of the array behind it.
  fileprivate func measuresArray(in structure: Layout.Structure) -> Bool {
    structure.fields.contains { $0.offset == end && $0.count != nil && most == UInt64($0.size) }
  }
}

extension Layout {
  /// Whether a field tells which command a chain is.
  fileprivate func isCommandCode(_ field: String, of structure: String) -> Bool {
    commands.contains { command in
      guard case .structure(structure)? = command.readable.first else { return false }
      return self.structure(structure)?.fields.prefix(command.codes.count).contains { $0.name == field } == true
    }
  }

  /// Whether the composition of a chain depends on a field.
  fileprivate func steers(_ field: String, of structure: String) -> Bool {
    commands.flatMap(\.readable).flatMap { $0.descendants(in: self) }.contains { part in
      guard case .optional(let condition, _) = part else { return false }
      return condition.references.contains { $0.structure == structure && $0.field == field }
    }
  }
}

extension UInt64 {
  /// In decimal where it is small, else in hexadecimal.
  fileprivate var limit: String { self < 10_000 ? "\(self)" : hex() }
}
