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
  /// Names of attributes that a receiver may pass over.
  private let optionalAttributes: Set<String>

  init(_ meeting: Meeting, _ area: Area, sent: Layout.Command, read: Layout.Command, tries: Int) {
    self.meeting = meeting
    self.area = area
    self.sent = sent
    self.read = read
    self.tries = tries
    optionalAttributes = meeting.driver.optionalAttributes(area).union(meeting.device.optionalAttributes(area))
      .union(meeting.receiver(area).passedOver(of: meeting.sender(area)))
  }

  /// The worst that is seen.
  func run(seed: UInt64) -> Outcome {
    let sender = meeting.sender(area)
    let receiver = meeting.receiver(area)
    var worst = Outcome.understood
    for bigEndianGuest in meeting.bigEndianGuests {
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
        return shown(
          """
          \(meeting.senderName(area)) writes command \(written), \(meeting.receiverName(area)) reads \
          \(field.name) \(hex(value, width: field.width)) at \(field.offset) and wants \
          \(hex(code.value, width: field.width))
          """, 0..<header.size, bytes)
      }
    }
    return nil
  }

  private func compare(_ ours: Transcript, _ theirs: Transcript, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> Outcome {
    let (sender, receiver) = (meeting.senderName(area), meeting.receiverName(area))
    for piece in ours.structures {
      guard let found = theirs.structures.first(where: { $0.identity == piece.identity }),
        let one = meeting.sender(area).structures[piece.name], let other = meeting.receiver(area).structures[piece.name]
      else { continue }
      let difference = StructureDifference(
        sent: PlacedStructure(structure: one, index: meeting.sender(area), owner: sender, start: piece.offset),
        read: PlacedStructure(structure: other, index: meeting.receiver(area), owner: receiver, start: found.offset),
        bytes: bytes, bigEndianGuest: bigEndianGuest)
      if let found = difference.misread() ?? difference.unshared() {
        return .misread(Observation(text: "\(piece.name): \(found.text)", places: found.places).shown(in: bytes, place))
      }
    }
    for run in ours.runs {
      guard let found = theirs.runs.first(where: { $0.identity == run.identity }) else { continue }
      if bytes[run.range] != bytes[found.range] {
        let text = """
          \(sender) writes \(run.name) of \(run.count) bytes at \(run.offset), \(receiver) reads \(found.count) at \
          \(found.offset)
          """
        // What is the same in front of it shows nothing.
        let skipped = max(0, zip(bytes[run.range], bytes[found.range]).prefix { $0 == $1 }.count - 4)
        let (one, other) = (run.range.dropFirst(skipped), found.range.dropFirst(skipped))
        return .misread(Observation(text: text, one, other).shown(in: bytes, place))
      }
    }
    for wrong in [theirs.failure, theirs.unknown] {
      if let wrong {
        return .refused(Observation(text: "\(receiver) \(wrong.text)", places: wrong.places).shown(in: bytes, place))
      }
    }
    if let lost = lost(ours, theirs) {
      let text = "\(sender) writes \(lost.name) at \(lost.offset), which \(receiver) does not read"
      return .misread(shown(text, lost.range, bytes))
    }
    if let made = lost(theirs, ours) {
      let text = "\(receiver) reads \(made.name) at \(made.offset), which \(sender) does not write"
      return .misread(shown(text, made.range, bytes))
    }
    // Who reads an answer has made room for it: for what it knows itself, and not for what it finds in between.
    if let room = theirs.room, room > ours.room ?? room {
      let text = "\(sender) writes \(bytes.count) bytes, \(receiver) makes room for \(bytes.count - room)"
      return .refused(shown(text, 0..<bytes.count, bytes))
    }
    guard let reserved = theirs.reserved else { return .understood }
    return .refused(
      Observation(text: "\(receiver) \(reserved.text)", places: reserved.places).shown(in: bytes, place))
  }

  /// What the bytes are a part of.
  private var place: String { "\(sent.name), \(area.rawValue) area" }

  /// With the bytes that show it.
  private func shown(_ text: String, _ range: Range<Int>, _ bytes: [UInt8]) -> String {
    Observation(text: text, range: range).shown(in: bytes, place)
  }

  /// The first piece of the one that the other has not, where its receiver would have known it.
  private func lost(_ one: Transcript, _ other: Transcript) -> Transcript.Piece? {
    let found = Set((other.structures + other.runs).map(\.identity))
    return (one.structures + one.runs).first { piece in
      !found.contains(piece.identity) && !(piece.identity.attribute.map(optionalAttributes.contains) ?? false)
    }
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
