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

  /// Takes the chain through; false when there is no room even to say how it ended.
  func run(_ chain: inout Chain, perform: (ControlCommand) throws(Rejection) -> ControlReply) -> Bool {
    let room = chain.writableByteCount
    let status = dialect.grammar.status(of: Self.service)
    guard room >= Rule.minimum([status.rule]) else { return false }
    let answer = answer(to: chain, room: room, status: status, perform: perform)
    _ = answer.bytes.withUnsafeBytes { chain.write(at: 0, $0) }
    return true
  }

  private func answer(
    to chain: borrowing Chain, room: Int, status: (rule: Rule, isLast: Bool),
    perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) -> Arena {
    var entry: Grammar.Entry?
    var request: Parts?
    do throws(Rejection) {
      let arena = try read(chain)
      guard let found = try dialect.grammar.entry(of: Self.service, for: arena.bytes, guest: dialect.guest) else {
        throw .unknownCommand
      }
      entry = found
      if let feature = found.feature.flatMap({ Feature(rawValue: UInt8($0)) }) { try features.require([feature]) }
      let parts = try ChainParser.parse(
        found.readable, in: arena, guest: dialect.guest, context: context(arena, found))
      request = parts
      let command = try dialect.command(found.name, parts, room: room)
      let needed = Rule.answerMinimum(found.writable)
      guard needed <= room else { throw .noSpace(needed: needed) }
      return try fit(command, found, parts, room, perform)
    } catch {
      return refusal(error, entry, request, room, status)
    }
  }

  /// Copies the command, so that the guest cannot change what was checked.
  private func read(_ chain: borrowing Chain) throws(Rejection) -> Arena {
    guard chain.readableByteCount <= limits.controlMessage else { throw .malformed(offset: limits.controlMessage) }
    let arena = Arena(capacity: chain.readableByteCount)
    _ = arena.append(zeros: chain.readableByteCount)
    arena.withMutableBytes { _ = chain.read(at: 0, into: $0) }
    return arena
  }

  /// Performs the command; one that reads many SAs is asked for fewer until they fit.
  private func fit(
    _ command: ControlCommand, _ entry: Grammar.Entry, _ request: Parts, _ room: Int,
    _ perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) throws(Rejection) -> Arena {
    let reply = try perform(command)
    let context = AnswerContext(showsStatistics: features.contains(.saStatistics))
    let parts = dialect.answer(reply, to: request, context)
    let answer = ChainComposer.compose(entry.writable, from: parts, room: room)
    if answer.count <= room { return answer }
    guard case .readMany(let direction, let group, let after, let limit) = command,
      case .records(let records, _) = reply,
      records.count > 1
    else { throw .noSpace(needed: answer.count) }
    do throws(Rejection) {
      let fewer = min(limit, records.count) / 2
      return try fit(.readMany(direction, group: group, after: after, limit: fewer), entry, request, room, perform)
    } catch {
      // Fewer than a whole bundle cannot be read.
      if error == .noResources { throw .noSpace(needed: answer.count) }
      throw error
    }
  }

  /// Says why not, where a driver that knows the command looks for it.
  private func refusal(
    _ rejection: Rejection, _ entry: Grammar.Entry?, _ request: Parts?, _ room: Int,
    _ status: (rule: Rule, isLast: Bool)
  ) -> Arena {
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
