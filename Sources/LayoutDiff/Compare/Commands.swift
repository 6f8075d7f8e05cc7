import Model

/// Commands: their numbers, features and queues. What their chains are made of is compared in `Chains`.
struct CommandComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let commands = Pairing(old.layout.commands, new.layout.commands, by: \.name)
    let (reused, removed, added) = commands.reused { one, other in
      one.codes.map(\.value) == other.codes.map(\.value) && old.service(of: one.name) == new.service(of: other.name)
    }
    var drafts = removed.map { draft(.commandRemoved, [$0.name], old: $0.codeText, breaksSource: true) }
    drafts += added.map { draft(.commandAdded, [$0.name], new: $0.codeText) }
    drafts += reused.map { one, other in
      draft(.commandReused, [one.name, other.name], old: one.name, new: other.name, breaksSource: true)
    }
    for (one, other) in commands.pairs {
      if one.codes.map(\.value) != other.codes.map(\.value) {
        drafts.append(draft(.commandCode, [one.name], old: one.codeText, new: other.codeText))
      }
      if one.codes.map(\.name) != other.codes.map(\.name) {
        let names = (one.codes.map(\.name).joined(separator: ", "), other.codes.map(\.name).joined(separator: ", "))
        drafts.append(
          Draft(
            rule: .commandMacro, place: "commands.\(one.name)", old: names.0, new: names.1,
            breaksSource: one.codes.contains { !other.codes.map(\.name).contains($0.name) }))
      }
      if one.feature != other.feature {
        drafts.append(draft(.commandFeature, [one.name], old: one.feature ?? "always", new: other.feature ?? "always"))
      }
    }
    return drafts + services
  }

  private func draft(
    _ rule: DiffRule, _ names: [String], old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "commands.\(names[0])", old: old, new: new, breaksSource: breaksSource,
      effect: .all(
        names.map { name in
          Effect(
            breakage: { meeting in breakage(of: name, meeting) },
            deciding: { meeting in meeting.gate(of: name) },
            run: { meeting, _ in CommandMeeting(meeting: meeting, name: name).outcome })
        }))
  }

  /// A driver's command breaks where the device has none of its numbers, or wants a feature that the driver does not.
  private func breakage(of name: String, _ meeting: Meeting) -> Breakage {
    guard let sent = meeting.driver.commands[name] else { return .never }
    var breakage = Breakage.never
    let gate = meeting.driver.gate(of: name)
    guard let read = meeting.device.commands[name], read.codes.map(\.value) == sent.codes.map(\.value) else {
      breakage.insert(with: gate, negotiable: meeting.negotiable)
      return breakage
    }
    for bit in meeting.device.gate(of: name).subtracting(gate) {
      breakage.insert(with: gate, without: [bit], negotiable: meeting.negotiable)
    }
    return breakage
  }

  private var services: [Draft] {
    let services = Pairing(old.layout.services, new.layout.services, by: \.name)
    return services.removed.map {
      Draft(
        rule: .serviceRemoved, place: "services.\($0.name)", old: "\($0.commands.count) commands", breaksSource: true)
    } + services.added.map {
      Draft(rule: .serviceAdded, place: "services.\($0.name)", new: "\($0.commands.count) commands")
    } + services.pairs.filter { Set($0.queues) != Set($1.queues) }.map {
      one, other in
      let names = (one.queues, other.queues)
      return Draft(
        rule: .commandQueue, place: "services.\(one.name)", old: names.0.joined(separator: ", "),
        new: names.1.joined(separator: ", "),
        effect: .stated { meeting in
          let (used, served) = meeting.sides(old: names.0, new: names.1)
          return Set(used).isSubset(of: served) ? .never : .always
        } because: { meeting in
          let (used, served) = meeting.sides(old: names.0, new: names.1)
          let lost = used.filter { !served.contains($0) }.joined(separator: ", ")
          return "\(meeting.driverName) sends \(one.name) on \(lost), \(meeting.deviceName) does not serve it there"
        })
    }
  }
}

/// A command that a driver sends, looked up by the device.
struct CommandMeeting {
  let meeting: Meeting
  let name: String

  var outcome: Outcome {
    guard let sent = meeting.driver.commands[name] else { return .understood }
    let service = meeting.driver.layout.services.first { $0.commands.contains { $0.name == name } }
    let (bytes, codes) = encoded(sent)
    let found = meeting.device.layout.services.filter { $0.name == service?.name }.flatMap(\.commands)
      .first { $0.codes.map(\.value) == codes }
    let text = "\(meeting.driverName) sends \(name) as \(sent.codeText)\(bytes), \(meeting.deviceName) "
    guard let found else { return .refused(text + "knows no such command") }
    return found.name == name ? .understood : .misread(text + "takes it for \(found.name)")
  }

  /// The numbers in the first fields of the chain, and what is read there.
  private func encoded(_ sent: Layout.Command) -> (bytes: String, codes: [UInt64]) {
    guard case .structure(let name)? = sent.readable.first, let header = meeting.driver.structures[name],
      !sent.codes.isEmpty, sent.codes.count <= header.fields.count
    else { return ("", sent.codes.map(\.value)) }
    var bytes = [UInt8](repeating: 0, count: header.size)
    let fields = header.fields.prefix(sent.codes.count)
    for (field, code) in zip(fields, sent.codes) { field.set(code.value, in: &bytes, at: 0, bigEndianGuest: false) }
    let written = bytes.prefix(fields.map(\.end).max() ?? 0).map { hex(UInt64($0), width: 1) }.joined(separator: " ")
    return (" (\(written))", fields.map { $0.value(in: bytes[0...], bigEndianGuest: false) })
  }
}

extension LayoutIndex {
  /// The service of a command.
  fileprivate func service(of command: String) -> String? {
    layout.services.first { $0.commands.contains { $0.name == command } }?.name
  }
}

extension Layout.Command {
  /// `class 2, code 17`.
  var codeText: String {
    codes.isEmpty ? "the only one of its queue" : "code " + codes.map { "\($0.value)" }.joined(separator: ".")
  }
}
