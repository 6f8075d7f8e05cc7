import Model

/// The errors of parsers and builders.
struct WireErrors {
  let names: CNames

  private static let errors = [
    ("ESHORT", "the buffer ends too early"),
    ("ELENGTH", "a length contradicts what it measures, or bytes are left over"),
    ("ELIMIT", "a length or count is beyond its limit"),
    ("ECOUNT", "a count contradicts another, or is beyond what there is"),
    ("EPART", "a part is missing, or is there without what it belongs to"),
    ("ECODE", "the class or command is another"),
    ("ERESERVED", "reserved bytes or bits are not zero"),
    ("EATTRIBUTE", "an attribute is unknown and may not be ignored, or has no place here"),
    ("EDUPLICATE", "an attribute is there twice"),
    ("EVALUE", "a number is none of its enumeration's"),
    ("ERANGE", "a number is outside the range of its field"),
    ("EROOM", "the caller's array is too small: nothing is wrong with the bytes"),
    ("EALIGN", "the caller's buffer is not aligned to 8 bytes: nothing is wrong with the bytes"),
  ]

  /// Below -4095, where neither the kernel nor a C library has an errno.
  private static let first = -5001

  func write(_ out: inout Printer) {
    out.line()
    out.documentation(
      "enum \(names.name("error")) - why a parser or builder refuses", Self.errors.map { (names.macro($0.0), $0.1) },
      note: note)
    out.block("enum \(names.name("error")) {", "};") { out in
      for (index, (name, _)) in Self.errors.enumerated() {
        out.line("\(names.macro(name)) = \(Self.first - index)\(index == Self.errors.count - 1 ? "" : ",")")
      }
    }
  }

  private var note: String {
    let status = names.layout.enumeration("status")?.numbers.map(\.name) ?? []
    let invalid = status.first { $0.hasSuffix("_INVALID_VALUE") }.map(names.published)
    let unknown = status.first { $0.hasSuffix("_UNKNOWN_ATTRIBUTE") }.map(names.published)
    let malformed = status.first { $0.hasSuffix("_MALFORMED") }.map(names.published)
    let mapping =
      if let invalid, let unknown, let malformed {
        """
        A device answers a request that it refuses for EVALUE or ERANGE with \(invalid), for EATTRIBUTE with \
        \(unknown), for others with \(malformed).
        """
      } else { "A device answers a request that it refuses with an error." }
    return "None is an errno: all are below -4095, and are for the caller, not for user space. " + mapping
  }
}
