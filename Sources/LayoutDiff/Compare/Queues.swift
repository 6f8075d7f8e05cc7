import Model

/// The virtqueues and their indices.
struct QueueComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let (one, other) = (old.layout.queues, new.layout.queues)
    let kinds = Pairing(one.kinds, other.kinds, by: \.name)
    var drafts = kinds.removed.map { draft(.queueRemoved, "queues.\($0.name)", old: $0.text, breaksSource: true) }
    drafts += kinds.added.map { draft(.queueAdded, "queues.\($0.name)", new: $0.text) }
    for (one, other) in kinds.pairs {
      let place = "queues.\(one.name)"
      if one.isPaired != other.isPaired { drafts.append(draft(.queuePairing, place, old: one.text, new: other.text)) }
      if Set(one.features) != Set(other.features) {
        drafts.append(draft(.queuePresence, place, old: one.presence, new: other.presence))
      }
    }
    let order = (
      kinds.pairs.map(\.old.name),
      other.kinds.map(\.name).filter { name in kinds.pairs.contains { $0.old.name == name } }
    )
    if order.0 != order.1 {
      drafts.append(
        draft(.queueOrder, "queues", old: order.0.joined(separator: ", "), new: order.1.joined(separator: ", ")))
    }
    return drafts + limits(one, other)
  }

  private func draft(
    _ rule: DiffRule, _ place: String, old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: place, old: old, new: new, breaksSource: breaksSource,
      effect: Effect(
        breakage: breakage,
        deciding: { meeting in meeting.driver.queueBits.union(meeting.device.queueBits) },
        run: { meeting, _ in QueueMeeting(meeting).outcome }))
  }

  /// Queues that follow each other for each pair count as one; a device may have more behind those of the driver.
  private func breakage(_ meeting: Meeting) -> Breakage {
    let bits = meeting.driver.queueBits.union(meeting.device.queueBits).intersection(meeting.negotiable)
    var breakage = Breakage.never
    for negotiated in FeatureSets.deciding(bits, negotiable: bits) {
      let (driver, device) = (meeting.driver.queueRuns(negotiated), meeting.device.queueRuns(negotiated))
      if !device.starts(with: driver) {
        breakage.insert(with: negotiated, without: bits.subtracting(negotiated), negotiable: meeting.negotiable)
      }
    }
    return breakage.simplified(over: bits)
  }

  /// The device says how many queues of which size it has; the driver takes no more.
  private func limits(_ one: Layout.Queues, _ other: Layout.Queues) -> [Draft] {
    let numbers: [(String, KeyPath<Layout.Queues, Int>)] = [
      ("default_data_queues", \.defaultDataQueues), ("maximum_pairs", \.maximumPairs), ("default_size", \.defaultSize),
      ("maximum_size", \.maximumSize),
    ]
    return numbers.filter { one[keyPath: $0.1] != other[keyPath: $0.1] }.map { name, number in
      Draft(
        rule: .queueLimits, place: "queues.\(name)", old: "\(one[keyPath: number])", new: "\(other[keyPath: number])",
        effect: .stated {
          $0.device.layout.queues[keyPath: number] > 0 ? .never : .always
        } because: { meeting in
          "\(meeting.deviceName) offers 0 as \(name)"
        })
    }
  }
}

/// The queues of a driver and of a device by their indices.
struct QueueMeeting {
  private let meeting: Meeting

  init(_ meeting: Meeting) { self.meeting = meeting }

  var outcome: Outcome {
    for pairs in 1...3 {
      let used = meeting.driver.queues(pairs: pairs, meeting.negotiated)
      let found = meeting.device.queues(pairs: pairs, meeting.negotiated)
      for (index, name) in used.enumerated() {
        let text = "with \(pairs) pairs, \(meeting.driverName) uses queue \(index) as \(name), \(meeting.deviceName) "
        guard index < found.count else { return .refused(text + "has \(found.count) queues") }
        if found[index] != name { return .misread(text + "takes it for \(found[index])") }
      }
    }
    return .understood
  }
}

extension LayoutIndex {
  /// The bits that decide whether a queue is there.
  fileprivate var queueBits: Set<Int> { Set(layout.queues.kinds.flatMap(\.features).map(bit)) }

  private func kinds(_ negotiated: Set<Int>) -> [Layout.QueueKind] {
    layout.queues.kinds.filter { $0.features.isEmpty || $0.features.contains { negotiated.contains(bit($0)) } }
  }

  /// Names of queues, those that come for each pair together.
  fileprivate func queueRuns(_ negotiated: Set<Int>) -> [[String]] {
    var wasPaired = false
    return kinds(negotiated).reduce(into: []) { runs, kind in
      if kind.isPaired, wasPaired {
        runs[runs.count - 1].append(kind.name)
      } else {
        runs.append([kind.isPaired ? "each" : "one", kind.name])
      }
      wasPaired = kind.isPaired
    }
  }

  /// Names of queues by index.
  fileprivate func queues(pairs: Int, _ negotiated: Set<Int>) -> [String] {
    queueRuns(negotiated).flatMap { run in
      let names = run.dropFirst()
      return run[0] == "each" ? (0..<pairs).flatMap { pair in names.map { "\($0) \(pair)" } } : Array(names)
    }
  }
}

extension Layout.QueueKind {
  fileprivate var text: String { isPaired ? "one for each pair" : "one" }
  fileprivate var presence: String { features.isEmpty ? "always" : "with \(features.joined(separator: " or "))" }
}
