import Model

/// What chains are made of: parts, conditions, counts and limits, of commands, groups and attributes.
struct ChainComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] { commands + groups + attributeSets }

  private var commands: [Draft] {
    Pairing(old.layout.commands, new.layout.commands, by: \.name).pairs.flatMap { one, other in
      Area.allCases.compactMap { area -> Draft? in
        let name = one.name
        let parts = (one.parts(area), other.parts(area))
        guard let rule = parts.0.difference(parts.1) else { return nil }
        return draft(
          rule, "commands.\(name).\(area)", parts,
          Effect(
            breakage: { meeting in
              let isShared = meeting.driver.commands[name] != nil && meeting.device.commands[name] != nil
              return isShared ? rule.breakage(meeting, area, name, parts) : nil
            },
            deciding: { meeting in meeting.gate(of: name) },
            run: { meeting, random in
              guard meeting.driver.commands[name] != nil, meeting.device.commands[name] != nil else {
                return .understood
              }
              if rule == .chainLimit { return LimitMeeting(meeting, area, meeting.present(parts)).outcome }
              if let text = meeting.room(area, parts) { return .refused("by definition, \(text)") }
              return Hybrid.run([name], meeting, area, &random) { layout, receiver in
                guard let other = receiver.commands[name] else { return }
                layout.set(other.parts(area), of: name, area)
              }
            }))
      }
    }
  }

  private var groups: [Draft] {
    Pairing(old.layout.groups, new.layout.groups, by: \.name).pairs.compactMap { one, other in
      let parts = (one.parts, other.parts)
      guard let rule = parts.0.difference(parts.1) else { return nil }
      return draft(
        rule, "groups.\(one.name)", parts,
        .wherever(
          one.name.asGroup, breaks: { rule.breaksChains($0, $1, parts) },
          run: { meeting, area, random in
            if rule == .chainLimit { return LimitMeeting(meeting, area, meeting.present(parts)).outcome }
            return Hybrid.run(key: one.name.asGroup, meeting, area, &random) { layout, receiver in
              guard let other = receiver.groups[one.name] else { return }
              for index in layout.groups.indices where layout.groups[index].name == one.name {
                layout.groups[index] = other
              }
            }
          }))
    }
  }

  private var attributeSets: [Draft] {
    Pairing(old.layout.attributeSets, new.layout.attributeSets, by: \.name).pairs.flatMap { one, other in
      AttributeComparison(old: one, new: other).drafts
    }
  }

  private func draft(_ rule: DiffRule, _ place: String, _ parts: ([Layout.Part], [Layout.Part]), _ effect: Effect)
    -> Draft
  {
    let text = (parts.0.text(rule), parts.1.text(rule))
    var effect = effect
    effect.isCautious = rule.isOfParts
    return Draft(rule: rule, place: place, old: text.0, new: text.1, effect: effect)
  }
}

extension Meeting {
  /// What is left of both sides' parts when what reserved fields count or ask for is absent.
  func present(_ parts: (old: [Layout.Part], new: [Layout.Part])) -> (old: [Layout.Part], new: [Layout.Part]) {
    let (older, newer) = direction == .oldDriver ? (driver, device) : (device, driver)
    return (parts.old.present(in: older.layout), parts.new.present(in: newer.layout))
  }

  /// What is wrong where only one side leaves room for more than is written: no chain that is made up has any.
  fileprivate func room(_ area: Area, _ parts: (old: [Layout.Part], new: [Layout.Part])) -> String? {
    let (ours, theirs) = (parts.old.firstIndex(of: .slack), parts.new.firstIndex(of: .slack))
    return ours == theirs ? nil : "\(senderName(area)) and \(receiverName(area)) leave room at different places"
  }
}

extension Layout.Command {
  func parts(_ area: Area) -> [Layout.Part] { area == .readable ? readable : writable }
}

extension Layout {
  fileprivate mutating func set(_ parts: [Part], of command: String, _ area: Area) {
    for service in services.indices {
      for index in services[service].commands.indices where services[service].commands[index].name == command {
        if area == .readable {
          services[service].commands[index].readable = parts
        } else {
          services[service].commands[index].writable = parts
        }
      }
    }
  }
}
