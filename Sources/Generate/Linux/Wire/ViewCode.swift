import Model

/// Writes the C structure of a view.
struct ViewCode {
  let names: CNames

  /// The structure, after those of the elements of its arrays.
  func write(_ view: View, _ summary: String, _ out: inout Printer) {
    for name in view.elements.keys.sorted() where view.element(of: name).name.hasPrefix(view.name) {
      write(view.element(of: name), "one of several: \(name.replacing("_", with: " "))", &out)
    }
    let fields = view.members.flatMap(declarations)
    out.line()
    out.documentation("struct \(names.name("\(view.name)_view")) - \(summary)", fields.map { ($0.name, $0.summary) })
    out.block("struct \(names.name("\(view.name)_view")) {", "};") { out in
      for field in fields { out.line("\(field.declaration);") }
    }
  }

  private typealias Declaration = (declaration: String, name: String, summary: String)

  private func declarations(_ member: View.Member) -> [Declaration] {
    let name = member.name
    switch member.kind {
    case .structure(let type): return [("const \(names.structure(type)) *\(name)", name, member.summary)]
    case .bytes(let isRoom):
      let amount = isRoom ? "how many bytes of that room are used" : "how many bytes"
      return [("const __u8 *\(name)", name, member.summary), ("__u32 \(name)_len", "\(name)_len", amount)]
    case .view(let type, let isOptional):
      let view = "struct \(names.name("\(type)_view")) \(name)"
      let flag = ("__u8 has_\(name)", "has_\(name)", "whether the next is there")
      return (isOptional ? [flag] : []) + [(view, name, member.summary)]
    case .array(let element):
      return [
        ("struct \(names.name("\(element)_view")) *\(name)", name, member.summary),
        ("__u32 \(name)_count", "\(name)_count", "how many there are, or would be where that is too many"),
        ("__u32 \(name)_max", "\(name)_max", "how many there is room for"),
      ]
    case .context: return [("__u32 \(name)", name, member.summary)]
    }
  }
}
