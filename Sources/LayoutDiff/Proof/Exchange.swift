import Model

/// A chain that one side makes and the other reads.
struct Exchange {
  let meeting: Meeting
  let area: Area
  /// The sender's command and the receiver's of the same name.
  let sent: Layout.Command
  let read: Layout.Command
  /// How often to try.
  private let tries: Int
  /// Names of what stands in attributes that a receiver may pass over.
  private let optionalNames: Set<String>

  init(_ meeting: Meeting, _ area: Area, sent: Layout.Command, read: Layout.Command, tries: Int) {
    self.meeting = meeting
    self.area = area
    self.sent = sent
    self.read = read
    self.tries = tries
    optionalNames = meeting.driver.optionalNames(area).union(meeting.device.optionalNames(area))
  }

  /// The worst that is seen.
  func run(seed: UInt64) -> Outcome {
    let sender = meeting.sender(area)
    let receiver = meeting.receiver(area)
    var worst = Outcome.understood
    let guests = sender.layout.isGuestOrdered || receiver.layout.isGuestOrdered ? [false, true] : [false]
    for bigEndianGuest in guests {
      for context in 0..<UInt64(sent.hasContext || read.hasContext ? 2 : 1) {
        var sampler = ChainSampler(
          sent, of: sender.layout, bigEndianGuest: bigEndianGuest, context: context, seed: seed &+ context)
        for _ in 0..<tries {
          let chain = sampler.next()
          worst = worst.worst(outcome(chain, sender, receiver, bigEndianGuest: bigEndianGuest, context: context))
          if worst.breaks { return worst }
        }
      }
    }
    return worst
  }

  private func outcome(
    _ chain: ChainSampler.Chain, _ sender: LayoutIndex, _ receiver: LayoutIndex, bigEndianGuest: Bool, context: UInt64
  ) -> Outcome {
    var writer = ChainReader(sender, bigEndianGuest: bigEndianGuest, context: context, isForgiving: true)
    var reader = ChainReader(receiver, bigEndianGuest: bigEndianGuest, context: context, isForgiving: area == .writable)
    // Each side knows the request as it understands it itself.
    var scope = ReadScope()
    if area == .readable {
      if let stray = strayCode(chain.readable, receiver, bigEndianGuest) { return .refused(stray) }
      var other = ReadScope()
      let ours = writer.read(sent.readable, chain.readable, &scope)
      return compare(ours, reader.read(read.readable, chain.readable, &other), chain.readable, bigEndianGuest)
    }
    _ = writer.read(sent.readable, chain.readable, &scope)
    var other = scope
    let ours = writer.read(sent.writable, chain.writable, &scope)
    return compare(ours, reader.read(read.writable, chain.writable, &other), chain.writable, bigEndianGuest)
  }

  /// What the receiver makes of the codes in front of the chain, if not this command.
  private func strayCode(_ bytes: [UInt8], _ receiver: LayoutIndex, _ bigEndianGuest: Bool) -> String? {
    guard case .structure(let name)? = read.readable.first, let header = receiver.structures[name],
      header.size <= bytes.count
    else { return nil }
    for (field, code) in zip(header.fields, read.codes) {
      let value = field.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
      if value != code.value {
        let written = sent.codes.map { "\($0.value)" }.joined(separator: ".")
        return """
          \(meeting.senderName(area)) writes command \(written), \(meeting.receiverName(area)) reads \
          \(field.name) \(hex(value, width: field.width)) at \(field.offset) and wants \
          \(hex(code.value, width: field.width))
          """
      }
    }
    return nil
  }

  private func compare(_ ours: Transcript, _ theirs: Transcript, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> Outcome {
    let sender = (index: meeting.sender(area), name: meeting.senderName(area))
    let receiver = (index: meeting.receiver(area), name: meeting.receiverName(area))
    for piece in ours.structures {
      guard let found = theirs.structures.first(where: { $0.name == piece.name && $0.occurrence == piece.occurrence }),
        let one = sender.index.structures[piece.name], let other = receiver.index.structures[piece.name]
      else { continue }
      if let text = StructureCheck.difference(
        sent: one, by: sender, at: piece.offset, read: other, by: receiver, at: found.offset, in: bytes,
        bigEndianGuest: bigEndianGuest)
      {
        return .misread("\(piece.name): \(text)")
      }
      if let text = StructureCheck.unshared(
        sent: one, by: sender, at: piece.offset, read: other, by: receiver, at: found.offset, in: bytes,
        bigEndianGuest: bigEndianGuest)
      {
        return .misread("\(piece.name): \(text)")
      }
    }
    for run in ours.runs {
      guard let found = theirs.runs.first(where: { $0.name == run.name && $0.occurrence == run.occurrence }) else {
        continue
      }
      if bytes[run.offset..<run.offset + run.count] != bytes[found.offset..<found.offset + found.count] {
        return .misread(
          """
          \(sender.name) writes \(run.name) of \(run.count) bytes at \(run.offset), \(receiver.name) reads \
          \(found.count) at \(found.offset)
          """)
      }
    }
    if let failure = theirs.failure { return .refused("\(receiver.name) \(failure)") }
    if let unknown = theirs.unknown { return .refused("\(receiver.name) \(unknown)") }
    if let lost = lost(ours, theirs) {
      return .misread("\(sender.name) writes \(lost), which \(receiver.name) does not read")
    }
    if let made = lost(theirs, ours) {
      return .misread("\(receiver.name) reads \(made), which \(sender.name) does not write")
    }
    guard let reserved = theirs.reserved else { return .understood }
    return .refused("\(receiver.name) \(reserved)")
  }

  /// The first piece of the one that the other has not, where its receiver would have known it.
  private func lost(_ one: Transcript, _ other: Transcript) -> String? {
    let found = Set((other.structures + other.runs).map { "\($0.name) \($0.occurrence)" })
    let pieces = (one.structures + one.runs).filter { !optionalNames.contains($0.name) }
    return pieces.first { !found.contains("\($0.name) \($0.occurrence)") }.map { "\($0.name) at \($0.offset)" }
  }
}

extension Layout {
  /// Whether anything is in the guest's order.
  var isGuestOrdered: Bool {
    registers.contains { $0.order == .guest } || structures.contains { $0.fields.contains { $0.order == .guest } }
  }
}

extension Layout.Command {
  /// Whether a part depends on what neither side sends.
  var hasContext: Bool { (readable + writable).contains(where: \.hasContext) }
}

extension Layout.Part {
  fileprivate var hasContext: Bool {
    switch self {
    case .optional(let condition, let part): condition.hasContext || part.hasContext
    case .repeated(_, _, let parts), .measured(_, let parts): parts.contains(where: \.hasContext)
    case .structure, .bytes, .group, .attributes, .slack: false
    }
  }
}

extension Layout.Condition {
  fileprivate var hasContext: Bool {
    switch self {
    case .equals: false
    case .context: true
    case .all(let conditions), .any(let conditions): conditions.contains(where: \.hasContext)
    }
  }
}
