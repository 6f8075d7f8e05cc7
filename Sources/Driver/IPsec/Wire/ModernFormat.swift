import Spec
import Wire

/// Version 2.0.
final class ModernFormat: WireFormat {
  let version = SpecVersion.v2_0
  let needsGroup = false

  // MARK: Control

  func request(_ command: IPsecCommand) throws(DriverError) -> MessageBytes {
    var body = MessageBytes()
    try append(command, to: &body)
    var message = MessageBytes()
    let (commandClass, number) = try code(command)
    message.append(V2_0.ControlHeader.self) {
      $0.commandClass = Code(commandClass)
      $0.command = number
      $0.length = UInt32(body.count)
    }
    message.append(body)
    return message
  }

  private func code(_ command: IPsecCommand) throws(DriverError) -> (ControlClass, UInt16) {
    if let sa = command.sa { return (.sa, sa.rawValue) }
    switch command {
    case .getCapabilities: return (.generic, GenericCommand.getCapabilities.rawValue)
    case .setLegacyAlgorithms: return (.generic, GenericCommand.setCapabilities.rawValue)
    case .random: return (.random, RandomCommand.getRandomNumber.rawValue)
    default: throw DriverError(.EOPNOTSUPP, command.name, "not in version \(version)")
    }
  }

  private func append(_ command: IPsecCommand, to body: inout MessageBytes) throws(DriverError) {
    switch command {
    case .setLegacyAlgorithms(let ciphers, let auths):
      body.append(V2_0.SetCapabilities.self) {
        $0.legacyCiphers = ciphers
        $0.legacyAuths = auths
      }
    case .random(let count): body.append(V2_0.Amount.self) { $0.length = UInt32(count) }
    case .deleteGroup(let group), .flush(let group):
      body.append(V2_0.GroupHandle.self) { $0.group = Self.number(group) }
    case .add(_, let group, let configurations):
      body.append(V2_0.AddSA.self) {
        $0.group = Self.number(group)
        $0.saCount = UInt32(configurations.count)
      }
      for configuration in configurations { try append(configuration, to: &body) }
    case .delete(_, let group, let sa), .read(_, let group, let sa): append(group, sa, to: &body)
    case .update(_, let group, let sa, let update, _):
      append(group, sa, to: &body)
      try append(update, to: &body)
    case .getCapabilities, .rooms, .addGroup, .flushAll, .setGuestEndian: break
    }
  }

  private func append(_ group: WireHandle?, _ sa: WireHandle, to body: inout MessageBytes) {
    body.append(V2_0.SAHandle.self) {
      $0.group = Self.number(group)
      $0.sa = Self.number(sa)
    }
  }

  func room(for command: IPsecCommand) -> Int {
    let body =
      switch command {
      case .getCapabilities: V2_0.Capabilities.byteCount
      case .random(let count): V2_0.Amount.byteCount + count
      case .rooms: V2_0.Rooms.byteCount
      case .addGroup: V2_0.GroupHandle.byteCount
      case .add: V2_0.SAHandle.byteCount
      // A record with every attribute that there is.
      case .read: V2_0.ReadReply.byteCount + 2048
      default: 0
      }
    return V2_0.ControlStatus.byteCount + body
  }

  func answer(_ bytes: [UInt8], to command: IPsecCommand) throws(DriverError) -> IPsecAnswer {
    let name = command.name
    let status = try read(V2_0.ControlStatus.self, bytes, at: 0, name) { ($0.status, $0.detail) }
    guard let known = status.0.known else { throw DriverError(.EPROTO, name, "status \(status.0.rawValue)") }
    guard known == .ok else {
      let field = try request(command).place(ofByte: Int(status.1))
      throw DriverError(known.errno, name, "device says \(known.text(detail: status.1, field: field))")
    }
    let start = V2_0.ControlStatus.byteCount
    switch command {
    case .getCapabilities: return .capabilities(try read(V2_0.Capabilities.self, bytes, at: start, name) { .init($0) })
    case .random:
      let count = try read(V2_0.Amount.self, bytes, at: start, name) { Int($0.length) }
      let first = start + V2_0.Amount.byteCount
      guard count <= bytes.count - first else { throw DriverError(.EPROTO, name, "\(count) random bytes") }
      return .random(Array(bytes[first..<first + count]))
    case .rooms:
      return try read(V2_0.Rooms.self, bytes, at: start, name) {
        .rooms(head: Int($0.headroom), tail: Int($0.tailroom))
      }
    case .addGroup: return .group(try handle(read(V2_0.GroupHandle.self, bytes, at: start, name) { $0.group }, name))
    case .add: return .sa(try handle(read(V2_0.SAHandle.self, bytes, at: start, name) { $0.sa }, name))
    case .read: return .state(try state(bytes, at: start, name))
    default: return .done
    }
  }

  private func handle(_ number: UInt64, _ name: String) throws(DriverError) -> WireHandle {
    guard number != 0 else { throw DriverError(.EPROTO, name, "handle 0") }
    return WireHandle(number)
  }

  func read<M: Message, Value>(
    _ message: M.Type, _ bytes: [UInt8], at start: Int, _ name: String, _ value: (Reader<M>) -> Value
  ) throws(DriverError) -> Value {
    guard start <= bytes.count, let reader = try? Reader<M>(bytes.span.bytes.extracting(droppingFirst: start)) else {
      throw DriverError(.EPROTO, name, "answer of \(bytes.count) bytes has no \(M.name)")
    }
    return value(reader)
  }

  // MARK: Handles

  /// The number of a handle; none is 0.
  static func number(_ handle: WireHandle?) -> UInt64 { handle?.number ?? 0 }

  // MARK: Data

  let dataHeaderByteCount = V2_0.DataRequest.byteCount
  let completionByteCount = V2_0.Completion.byteCount
  let maximumPackets = 16

  func fillHeader(_ request: IPsecRequest, following: Int, _ bytes: inout MutableRawSpan) {
    guard var header = try? Writer<V2_0.DataRequest>(bytes._mutatingExtracting(0..<V2_0.DataRequest.byteCount)) else {
      return
    }
    header.sa = request.sa.handle.number
    header.inputLength = UInt32(request.inputByteCount)
    header.outputCapacity = UInt32(request.outputByteCount)
    header.operation = Code(request.sa.direction == .outbound ? .encapsulate : .decapsulate)
    header.flags = Packed()
    header.following = UInt16(following)
    header.cookie = request.sa.identity
  }

  func completion(_ bytes: RawSpan) -> IPsecRequest.Outcome {
    guard let completion = try? Reader<V2_0.Completion>(bytes), let status = completion.status.known else {
      return .refused(.EPROTO, status: "no such status")
    }
    guard status == .ok else { return .refused(status.packetErrno, status: status.entry.name) }
    return .done(byteCount: Int(completion.outputLength), sequence: completion.sequence)
  }

  func status(_ bytes: RawSpan) -> V2_0.Status? { (try? Reader<V2_0.Completion>(bytes))?.status.known }

  // MARK: Notifications

  let notificationByteCount = V2_0.Notification.byteCount

  func notification(_ bytes: [UInt8]) -> WireNotification? {
    guard let reader = try? Reader<V2_0.Notification>(bytes.span.bytes), let event = reader.event.known, reader.sa != 0
    else { return nil }
    return WireNotification(
      event: event, sa: WireHandle(reader.sa), value: reader.value, coalesced: reader.coalesced)
  }
}

extension IPsecCapabilities {
  init(_ reader: Reader<V2_0.Capabilities>) {
    ciphers = reader.cipherAlgorithms
    auths = reader.authAlgorithms
    maxSAs = Int(reader.maxSas)
    maxGroups = Int(reader.maxGroups)
    maxReplayWindow = Int(reader.maxReplayWindow)
    maxPackets = Int(reader.maxPackets)
  }
}

extension V2_0.Status {
  /// What a status of the device means to the driver's users.
  var errno: Errno {
    switch self {
    case .ok: preconditionFailure("OK is no error")
    case .malformed, .invalidValue, .unknownAttribute, .invalidState: .EINVAL
    case .unknownCommand, .unsupportedAlgorithm, .unsupportedFeature, .unsupportedOption: .EOPNOTSUPP
    case .noSuchSA, .noSuchGroup: .ENOENT
    case .noResources: .ENOMEM
    case .keyRejected, .hardLifetime, .sequenceExhausted: .EKEYREJECTED
    case .noSpace: .ENOSPC
    case .groupInUse: .EBUSY
    case .noTailRoom, .tooBig: .EMSGSIZE
    case .tooShort, .badPadding, .badICV, .replayed, .late, .wrongProtocol, .wrongMode, .dummy, .ecnViolation: .EBADMSG
    case .internalError, .cryptoFailed: .EIO
    }
  }

  /// The same of a packet, which is all that may be wrong: the driver's headers are right.
  var packetErrno: Errno {
    switch errno {
    case .EINVAL, .EOPNOTSUPP: .EBADMSG
    case .ENOSPC: .EMSGSIZE
    case let errno: errno
    }
  }
}
