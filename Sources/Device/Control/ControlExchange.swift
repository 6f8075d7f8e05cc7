import Spec
import Virtio
import Wire

/// One command in its chain: read once, carried out, answered.
struct ControlExchange {
  let dialect: any Dialect
  let features: FeatureSet
  let limits: Limits
  /// What neither side sends but both know, for a command's bytes.
  let context: (Arena, Grammar.Entry) -> UInt64

  private static let service = "control"

  /// A command that was cut into its parts.
  struct Request {
    let entry: Grammar.Entry
    let parts: Parts
    /// Where it ends.
    let end: Int
  }

  /// What every answer has, and whether it comes last.
  var status: (rule: Rule, isLast: Bool) { dialect.grammar.status(of: Self.service) }

  /// Takes the chain through; false when there is no room even to say how it ended.
  func run(_ chain: inout Chain, perform: (ControlCommand) throws(Rejection) -> ControlReply) -> Bool {
    if dialect.answersInRequest, chain.writableByteCount == 0 { return runInRequest(chain, perform: perform) }
    let room = chain.writableByteCount
    guard room >= Rule.minimum([status.rule]) else { return false }
    let answer = answer(to: chain, room: room, perform: perform)
    _ = answer.bytes.withUnsafeBytes { chain.write(at: 0, $0) }
    return true
  }

  private func answer(
    to chain: borrowing Chain, room: Int, perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) -> Arena {
    var entry: Grammar.Entry?
    var request: Request?
    do throws(Rejection) {
      let arena = try read(chain)
      let found = try find(arena)
      entry = found
      let parsed = try parse(arena, as: found)
      guard parsed.end == arena.count else { throw .malformed(offset: parsed.end) }
      request = parsed
      return try answer(to: parsed, room: room, perform)
    } catch {
      return refusal(error, entry, request?.parts, room)
    }
  }

  // MARK: Steps

  /// Copies the command, so that the guest cannot change what was checked.
  func read(_ chain: borrowing Chain) throws(Rejection) -> Arena {
    guard chain.readableByteCount <= limits.controlMessage else { throw .malformed(offset: limits.controlMessage) }
    let arena = Arena(capacity: chain.readableByteCount)
    _ = arena.append(zeros: chain.readableByteCount)
    arena.withMutableBytes { _ = chain.read(at: 0, into: $0) }
    return arena
  }

  /// The command that the bytes begin with.
  func find(_ arena: Arena) throws(Rejection) -> Grammar.Entry {
    guard let entry = try dialect.grammar.entry(of: Self.service, for: arena.bytes, guest: dialect.guest) else {
      throw .unknownCommand
    }
    if let feature = entry.feature.flatMap({ Feature(rawValue: UInt8($0)) }) { try features.require(feature) }
    return entry
  }

  /// Cuts the command into its parts, and checks that they need no feature that was not negotiated.
  func parse(_ arena: Arena, as entry: Grammar.Entry) throws(Rejection) -> Request {
    let (parts, end) = try ChainParser.parsePrefix(
      entry.readable, in: arena, guest: dialect.guest, context: context(arena, entry))
    if let missing = dialect.grammar.features.missing(in: parts, among: features) { throw .unsupportedFeature(missing) }
    return Request(entry: entry, parts: parts, end: end)
  }

  /// Carries the command out.
  func answer(
    to request: Request, room: Int, _ perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) throws(Rejection) -> Arena {
    let command = try dialect.command(request.entry.name, request.parts, room: room)
    let needed = Rule.answerMinimum(request.entry.writable)
    guard needed <= room else { throw .noSpace(needed: needed) }
    return try fit(command, request, room, perform)
  }

  /// Performs the command; one that reads many SAs is asked for fewer until they fit.
  private func fit(
    _ command: ControlCommand, _ request: Request, _ room: Int,
    _ perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) throws(Rejection) -> Arena {
    let reply = try perform(command)
    let parts = dialect.answer(reply, to: request.parts, features)
    let answer = ChainComposer.compose(request.entry.writable, from: parts, room: room)
    if answer.count <= room { return answer }
    guard case .readMany(let direction, let group, let after, let limit) = command,
      case .records(let records, _) = reply,
      records.count > 1
    else { throw .noSpace(needed: answer.count) }
    do throws(Rejection) {
      let fewer = min(limit, records.count) / 2
      return try fit(.readMany(direction, group: group, after: after, limit: fewer), request, room, perform)
    } catch {
      // Fewer than a whole bundle cannot be read.
      if error == .noResources { throw .noSpace(needed: answer.count) }
      throw error
    }
  }

  /// Says why not, where a driver that knows the command looks for it.
  private func refusal(_ rejection: Rejection, _ entry: Grammar.Entry?, _ request: Parts?, _ room: Int) -> Arena {
    let parts = dialect.answer(rejection, to: request)
    if let entry {
      let answer = ChainComposer.compose(entry.writable, from: parts, room: room)
      if answer.count <= room { return answer }
    }
    return ChainComposer.compose(status.isLast ? [.slack, status.rule] : [status.rule], from: parts, room: room)
  }
}

extension Rule {
  /// Bytes that the answer to a command that was done takes at least.
  static func answerMinimum(_ rules: [Rule]) -> Int {
    rules.reduce(0) { sum, rule in
      switch rule {
      case .message(let schema): sum + schema.message.byteCount
      case .optional(_, let inner): sum + minimum([inner])
      default: sum
      }
    }
  }
}
