import Model
import Wire

extension QEMUDevice {
  /// What the templates ask for.
  var facts: [String: String] {
    let kinds = layout.queues.kinds
    let ends = layout.registers.map { $0.offset + $0.width }
    let isCounted = layout.registers.contains { $0.counter != nil }
    let codes = control.header.fields
    return [
      "title": layout.title,
      "command": Banner.command(layout),
      "about": Self.comment("\(layout.title) behind a vhost-user back end. \(layout.summary)"),
      "summary": layout.summary.wrapped(to: 76).joined(separator: "\n"),
      "device": name,
      "prefix": prefix,
      "MACRO": prefix.uppercased(),
      "CONFIG": prefix.uppercased(),
      "Type": type,
      "header": UAPIHeader.include(names),
      "DEVICE_ID": names.deviceID,
      "device-id": "\(layout.identity.deviceID)",
      "virtio-name": names.prefix.dashed,
      "virtio_name": names.prefix,
      "queues-per-pair": "\(kinds.count { $0.isPaired })",
      "single-queues": "\(kinds.count { !$0.isPaired })",
      "max-pairs": "\((Self.maximumQueues - kinds.count { !$0.isPaired }) / kinds.count { $0.isPaired })",
      "descriptors-per-queue": "\(Self.descriptorsPerQueue)",
      "queue-size": "\(min(layout.queues.defaultSize, Self.maximumQueueSize))",
      "config-size": "\(isCounted ? Self.maximumConfiguration : ends.max() ?? 0)",
      "feature-bits": rows(ownFeatures) { "    \($0.name)," },
      "feature-properties": rows(ownFeatures, property),
      "feature-map": rows(ownFeatures, mapEntry),
      "feature-list": rows(ownFeatures) { "  * - ``\(propertyName($0))``\n    - \($0.summary)" },
      "writable-registers": rows(layout.registers.filter { $0.access != .readOnly && $0.count == nil }) {
        "    { \"\($0.name)\", \($0.offset), \($0.counter == nil ? 0 : $0.stride), \($0.width) },"
      },
      "counter": counter,
      "pairs-offset": names.register(pairs.register)
        + (pairs.register.counter == nil ? "" : "(register_counter(config))"),
      "pairs-width": "\(pairs.register.width)",
      "pairs-load": Self.load(pairs.register.width, pairs.register.order),
      "PAIRS": names.bits(pairs.bits, of: pairs.layout),
      "CONTROL_QUEUE": names.queue(control.queue),
      "header-type": names.structure(control.header.name),
      "class-field": codes[0].name,
      "class-load": Self.swap(codes[0].width, codes[0].order),
      "command-field": codes[1].name,
      "command-load": Self.swap(codes[1].width, codes[1].order),
      "commands": rows(control.commands, commandRow),
    ].merging(testFacts) { $1 }.merging(release.facts) { $1 }
  }

  /// What one vhost-user message carries at most, and QEMU's largest queue.
  static let maximumConfiguration = 256
  static let maximumQueues = 256
  static let maximumQueueSize = 1024
  /// Notifiers of a queue, which are files of QEMU's.
  static let descriptorsPerQueue = 4

  var ownFeatures: [Layout.Feature] { layout.features.filter { !$0.isForeign } }

  private func rows<Element>(_ elements: [Element], _ row: (Element) -> String) -> String {
    elements.map(row).joined(separator: "\n")
  }

  /// The register that others are placed behind, as C reads it; 0 where there is none.
  private var counter: String {
    guard let name = layout.registers.compactMap(\.counter).first, let register = layout.register(name) else {
      return "0"
    }
    return "\(Self.load(register.width, register.order))(config + \(names.register(register)))"
  }

  /// `esn` for `VIRTIO_IPSEC_F_ESN`.
  private func propertyName(_ feature: Layout.Feature) -> String {
    let isOwn = feature.name.hasPrefix(layout.macroPrefix)
    let name = feature.name.dropFirst(isOwn ? layout.macroPrefix.count : 0)
    return (name.hasPrefix("F_") ? name.dropFirst(2) : name).lowercased().dashed
  }

  private func property(_ feature: Layout.Feature) -> String {
    let start = "    FEATURE(\"\(propertyName(feature))\","
    let line = "\(start) \(feature.name)),"
    return line.count <= 80 ? line : "\(start)\n            \(feature.name)),"
  }

  /// An entry of QMP's table: its description is a string that goes on in the next line.
  private func mapEntry(_ feature: Layout.Feature) -> String {
    let description = "\(feature.name): \(feature.summary.asText)".replacing("\"", with: "\\\"")
    let parts = description.wrapped(to: 64)
    let strings = parts.enumerated().map { index, part in
      "            \"\(part)\(index == parts.count - 1 ? "\")," : " \"")"
    }
    return (["    FEATURE_ENTRY(\(feature.name), \\"] + strings).joined(separator: "\n")
  }

  private func commandRow(_ command: Layout.Command) -> String {
    let codes = command.codes.map(\.name)
    let line = "    { \(codes[0]), \(codes[1]), \"\(command.name)\" },"
    return line.count <= 80 ? line : "    { \(codes[0]), \(codes[1]),\n      \"\(command.name)\" },"
  }

  /// The lines of a comment after its first, which says nothing.
  private static func comment(_ text: String) -> String {
    text.wrapped(to: 76).map { " * \($0)" }.joined(separator: "\n")
  }

  /// The function that loads an integer; what complies with virtio 1.0 has the guest's order little, too.
  static func load(_ width: Int, _ order: Layout.Order) -> String {
    width == 1 ? "ldub_p" : "ld\([2: "uw", 4: "l", 8: "q"][width]!)_\(order == .big ? "be" : "le")_p"
  }

  private static func swap(_ width: Int, _ order: Layout.Order) -> String {
    width == 1 ? "" : "\(order == .big ? "be" : "le")\(8 * width)_to_cpu"
  }
}

extension String {
  /// A sentence without its full stop.
  fileprivate var asText: String { hasSuffix(".") ? String(dropLast()) : self }
}
