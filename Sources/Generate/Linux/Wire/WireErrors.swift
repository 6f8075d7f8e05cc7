import Model

/// The errors of parsers and builders, and the status that a device answers each with.
struct WireErrors {
  let access: Access
  private var names: CNames { access.names }

  /// An error, and the end of the name of the status that says the same.
  private typealias Refusal = (error: String, summary: String, status: String)

  private static let refusals: [Refusal] = [
    ("ESHORT", "the buffer ends too early", "MALFORMED"),
    ("ELENGTH", "a length contradicts what it measures, or bytes are left over", "MALFORMED"),
    ("ELIMIT", "a length is beyond its limit", "INVALID_VALUE"),
    ("ECOUNT", "a count contradicts another, or is beyond what there is", "MALFORMED"),
    ("EPART", "a part is missing, or is there without what it belongs to", "MALFORMED"),
    ("ECODE", "the class or command is another", "UNKNOWN_COMMAND"),
    ("ERESERVED", "reserved bytes or bits are not zero", "MALFORMED"),
    ("EATTRIBUTE", "an attribute is unknown and may not be ignored, or has no place here", "UNKNOWN_ATTRIBUTE"),
    ("EDUPLICATE", "an attribute is there twice", "MALFORMED"),
    ("EVALUE", "a number is none of its enumeration's", "INVALID_VALUE"),
    ("ERANGE", "a number is outside the range of its field", "INVALID_VALUE"),
    (
      "EROOM", "the caller's array is too small for the bytes there are; its count says how many there would be",
      "NO_RESOURCES"
    ),
    ("EALIGN", "the caller's buffer is not aligned to 8 bytes: nothing is wrong with the bytes", "INTERNAL"),
    ("EALGORITHM", "an algorithm is none that is known", "UNSUPPORTED_ALGORITHM"),
  ]

  /// Below -4095, where neither the kernel nor a C library has an errno.
  private static let first = -5001

  func write(_ out: inout Printer) {
    out.line()
    out.documentation(
      "enum \(names.name("error")) - why a parser or builder refuses",
      Self.refusals.map { (names.macro($0.error), $0.summary) }, note: note)
    out.block("enum \(names.name("error")) {", "};") { out in
      for (index, refusal) in Self.refusals.enumerated() {
        let comma = index == Self.refusals.count - 1 ? "" : ","
        out.line("\(names.macro(refusal.error)) = \(Self.first - index)\(comma)")
      }
    }
    if hasStatuses { statusOf(&out) }
  }

  /// The status of a version that ends so, by its full name.
  private func status(_ ending: String) -> String? {
    names.layout.enumeration("status")?.numbers.map(\.name).first { $0.hasSuffix("_S_" + ending) }.map(names.published)
  }

  /// Whether the version has a status for each error; the published ones know fewer.
  private var hasStatuses: Bool { Self.refusals.allSatisfy { status($0.status) != nil } && status("OK") != nil }

  private func statusOf(_ out: inout Printer) {
    var function = Function(access.style)
    function.body.line("switch (err) {")
    var order: [String] = []
    for refusal in Self.refusals where refusal.status != "MALFORMED" && !order.contains(refusal.status) {
      order.append(refusal.status)
    }
    for ending in order {
      for refusal in Self.refusals where refusal.status == ending {
        function.body.line("case \(names.macro(refusal.error)):")
      }
      function.body.depth += 1
      function.body.line("return \(status(ending) ?? "");")
      function.body.depth -= 1
    }
    function.body.line("default:")
    function.body.depth += 1
    function.body.line("return err < 0 ? \(status("MALFORMED") ?? "") : \(status("OK") ?? "");")
    function.body.depth -= 1
    function.body.line("}")
    function.write(
      names.name("status_of"), [("err", "int err", "what a parser of requests returned")],
      summary: "the status with which a device answers",
      note: """
        Where a status has a detail, such as an offset or a type, it is the device's to find. A key or salt of a length \
        that its algorithm does not have, and an algorithm that the device lacks, are the device's to refuse.
        """,
      returns: "a status; \(status("OK") ?? "") where there is no error.", to: &out)
  }

  private var note: String {
    "None is an errno: all are below -4095, and are for the caller, not for user space. "
      + (hasStatuses
        ? "\(names.name("status_of"))() tells with which status a device answers a request that it refuses."
        : "A device answers a request that it refuses with an error.")
  }
}
