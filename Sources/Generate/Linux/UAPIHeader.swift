import Model

/// The header that Linux exports to user space: numbers and structures, nothing that computes.
struct UAPIHeader {
  let layout: Layout
  let names: CNames

  init(_ layout: Layout, namespaced: Bool = false) {
    self.layout = layout
    names = CNames(layout, namespaced: namespaced)
  }

  var text: String {
    var out = Printer()
    let guardName =
      names.isNamespaced ? "_LINUX_\(names.prefix.uppercased())_H" : "_LINUX_\(layout.prefix.uppercased())_H"
    out.line("/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */")
    out.comment(Banner.text(layout))
    out.line("#ifndef \(guardName)")
    out.line("#define \(guardName)")
    out.line()
    out.line("#include <linux/types.h>\n#include <linux/virtio_ids.h>")
    if usesGuestOrder { out.line("#include <linux/virtio_types.h>") }
    identity(&out)
    features(&out)
    registers(&out)
    for layout in layout.bitLayouts { bits(layout, &out) }
    for group in layout.enumerations + layout.constants { numbers(group, &out) }
    limits(&out)
    queues(&out)
    for structure in layout.structures { self.structure(structure, &out) }
    out.line()
    out.line("#endif /* \(guardName) */")
    return out.text
  }

  /// How other files include it.
  static func include(_ names: CNames) -> String { "linux/\(names.prefix).h" }

  private var usesGuestOrder: Bool {
    layout.structures.contains { $0.fields.contains { $0.order == .guest && $0.width > 1 } }
  }

  /// A macro, with what it means behind it where there is room, else above it.
  private func define(_ name: String, _ value: String, _ summary: String, _ out: inout Printer) {
    let definition = "#define \(name)".tabbed(to: 48) + value
    let columns = ("#define \(name)".count < 48 ? 48 : ("#define \(name)".count / 8 + 1) * 8) + value.count
    if columns + summary.count + 8 <= 79 {
      out.line(definition + "\t/* \(summary) */")
    } else {
      out.comment(summary)
      out.line(definition)
    }
  }

  private func identity(_ out: inout Printer) {
    out.line()
    let identity = layout.identity
    out.comment("The line for virtio_ids.h, until it is there.")
    out.line("#ifndef \(names.deviceID)")
    define(names.deviceID, "\(identity.deviceID)", layout.prefix.replacing("_", with: " "), &out)
    out.line("#endif")
    out.line()
    out.comment(
      "On PCI: the device ID is \(identity.pciBase.hex(4)) plus the virtio device ID, where PCI has such an ID.")
    out.line()
    define(names.macro("PCI_VENDOR_ID"), identity.pciVendor.hex(4), "PCI vendor ID.", &out)
    if let device = identity.pciDevice { define(names.macro("PCI_DEVICE_ID"), device.hex(4), "PCI device ID.", &out) }
    out.line()
    out.comment("Version, as the configuration space has it: major << 24 | minor.")
    out.line()
    define(names.macro("VERSION"), identity.versionRegister.hex(8), "\(layout.version)", &out)
  }

  private func features(_ out: inout Printer) {
    out.line()
    out.comment("Feature bits.")
    out.line()
    for feature in layout.features where !feature.isForeign {
      define(names.published(feature.name), "\(feature.bit)", feature.summary, &out)
    }
  }

  private func registers(_ out: inout Printer) {
    out.line()
    out.comment("Configuration space: offsets in bytes. n counts what comes before, i says which one.")
    out.line()
    for register in layout.registers {
      let parameters = (register.counter.map { _ in ["n"] } ?? []) + (register.count.map { _ in ["i"] } ?? [])
      let name =
        names.register(register) + (parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))")
      let terms =
        ["\(register.offset)"] + (register.counter.map { _ in ["\(register.stride) * (n)"] } ?? [])
        + (register.count.map { _ in ["\(register.width) * (i)"] } ?? [])
      let value = terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " + ")))"
      define(name, value, "\(register.summary) (\(register.access.rawValue))", &out)
    }
  }

  private func bits(_ layout: Layout.BitLayout, _ out: inout Printer) {
    out.line()
    out.comment(layout.summary)
    out.line()
    for bits in layout.ranges where !bits.isReserved {
      let name = names.bits(bits, of: layout)
      if bits.width == 1 {
        define(name, "(1U << \(bits.low))", bits.summary, &out)
      } else {
        out.comment(bits.summary)
        out.line("#define \(name)_SHIFT".tabbed(to: 48) + "\(bits.low)")
        out.line("#define \(name)_MASK".tabbed(to: 48) + bits.mask.hex(2 * layout.width) + "U")
      }
    }
  }

  private func numbers(_ group: Layout.NumberGroup, _ out: inout Printer) {
    out.line()
    out.comment(group.summary)
    out.line()
    for number in group.numbers {
      define(
        names.published(number.name), number.value > 0xff ? number.value.hex() : "\(number.value)", number.summary, &out
      )
    }
  }

  private func limits(_ out: inout Printer) {
    guard !names.limits.isEmpty else { return }
    out.line()
    out.comment("Most bytes of each part of variable length.")
    out.line()
    for limit in names.limits { out.line("#define \(names.macro(limit.macro))".tabbed(to: 48) + "\(limit.bytes)") }
  }

  private func queues(_ out: inout Printer) {
    out.line()
    out.comment("Queues, in the order of their indices.")
    out.line()
    let kinds = layout.queues.kinds
    let paired = kinds.filter(\.isPaired)
    let leading = kinds.firstIndex(where: \.isPaired) ?? kinds.count
    for (index, kind) in kinds.enumerated() {
      let name = names.queue(kind.name)
      if kind.isPaired {
        define("\(name)(pair)", "(\(index) + \(paired.count) * (pair))", kind.summary, &out)
      } else if index < leading {
        define(name, "\(index)", kind.summary, &out)
      } else {
        define("\(name)(pairs)", "(\(index - paired.count) + \(paired.count) * (pairs))", kind.summary, &out)
      }
    }
    define(names.queue("MAX_PAIRS"), "\(layout.queues.maximumPairs)", "Largest number of queue pairs.", &out)
    define(
      names.queue("MAX_SIZE"), "\(layout.queues.maximumSize)", "Largest number of descriptors in a queue.", &out)
  }

  private func structure(_ structure: Layout.Structure, _ out: inout Printer) {
    out.line()
    out.documentation(
      "\(names.structure(structure.name)) - \(structure.summary.asClause)",
      structure.fields.map { ($0.name, describe($0)) })
    out.block("\(names.structure(structure.name)) {", structure.isPacked ? "} __attribute__((packed));" : "};") { out in
      for field in structure.fields {
        out.line("\(names.type(of: field)) \(field.name)\(field.count.map { "[\($0)]" } ?? "");")
      }
    }
  }

  private func describe(_ field: Layout.Field) -> String {
    switch field.type {
    case .number, .structure: field.summary.asClause
    case .reserved: "zero"
    case .code(let enumeration): field.summary.asClause + "; see \(prefix(of: enumeration))"
    case .bits(let layout): field.summary.asClause + "; see \(names.macro(layout))_*"
    }
  }

  /// The longest prefix, up to an underscore, that an enumeration's names share.
  private func prefix(of enumeration: String) -> String {
    let members = layout.enumeration(enumeration)?.numbers.map { names.published($0.name) } ?? []
    guard var common = members.first else { return enumeration }
    for member in members { common = String(zip(common, member).prefix { $0 == $1 }.map(\.0)) }
    guard members.count > 1, let end = common.lastIndex(of: "_") else { return members.joined(separator: ", ") }
    return common[...end] + "*"
  }
}
