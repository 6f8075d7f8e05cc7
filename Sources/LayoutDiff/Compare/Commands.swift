import Model

/// Commands: their numbers, features and queues. What their chains are made of is compared in `Chains`.
struct CommandComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let commands = Pairing(old.layout.commands, new.layout.commands, by: \.name)
    var drafts = commands.removed.map { draft(.commandRemoved, $0.name, old: $0.codeText, breaksSource: true) }
    drafts += commands.added.map { draft(.commandAdded, $0.name, new: $0.codeText) }
    for (one, other) in commands.pairs {
      if one.codes.map(\.value) != other.codes.map(\.value) {
        drafts.append(draft(.commandCode, one.name, old: one.codeText, new: other.codeText))
      }
      if one.feature != other.feature {
        drafts.append(draft(.commandFeature, one.name, old: one.feature ?? "always", new: other.feature ?? "always"))
      }
    }
    return drafts + services
  }

  private func draft(
    _ rule: DiffRule, _ name: String, old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "commands.\(name)", old: old, new: new, breaksSource: breaksSource,
      effect: Effect(
        breakage: { meeting in breakage(of: name, meeting) },
        deciding: { meeting in meeting.gate(of: name) },
        run: { meeting, _ in CommandMeeting(meeting: meeting, name: name).outcome }))
  }

  /// A driver's command breaks where the device has none of its numbers, or asks for a feature that the driver does not.
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
    Pairing(old.layout.services, new.layout.services, by: \.name).pairs.filter { $0.queues != $1.queues }.map {
      one, other in
      let names = (one.queues, other.queues)
      return Draft(
        rule: .commandQueue, place: "services.\(one.name)", old: names.0.joined(separator: ", "),
        new: names.1.joined(separator: ", "),
        effect: Effect(
          breakage: { meeting in
            let (used, served) = meeting.sides(old: names.0, new: names.1)
            return Set(used).isSubset(of: served) ? .never : .always
          },
          run: { meeting, _ in
            let (used, served) = meeting.sides(old: names.0, new: names.1)
            guard let lost = used.first(where: { !served.contains($0) }) else { return .understood }
            return .refused(
              "\(meeting.driverName) sends \(one.name) on \(lost), \(meeting.deviceName) does not serve it there")
          }))
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
    let codes = sent.codes.map(\.value)
    let found = meeting.device.layout.services.filter { $0.name == service?.name }.flatMap(\.commands)
      .first { $0.codes.map(\.value) == codes }
    let text = "\(meeting.driverName) sends \(name) as \(sent.codeText), \(meeting.deviceName) "
    guard let found else { return .refused(text + "knows no such command") }
    return found.name == name ? .understood : .misread(text + "takes it for \(found.name)")
  }
}

extension Layout.Command {
  /// `class 2, code 17`.
  var codeText: String {
    codes.isEmpty ? "the only one of its queue" : "code " + codes.map { "\($0.value)" }.joined(separator: ".")
  }
}
