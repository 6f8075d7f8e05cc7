import Spec
import Wire

/// Versions 0.4 and 1.0: the same commands, handles of 32 or 8 bytes, the result last.
final class LegacyFormat: WireFormat {
  let version: SpecVersion
  let guest: ByteOrder
  private let handleByteCount: Int

  init(_ version: SpecVersion, guest: ByteOrder) {
    self.version = version
    self.guest = guest
    handleByteCount = version == .v0_4 ? V0_4.SAHandle.byteCount : V1_0.SAHandle.byteCount
  }

  /// In 1.0, no handle says that there is no group; the published driver's zeros are a quirk of a device.
  var needsGroup: Bool { version == .v1_0 }

  func message() -> MessageBytes { MessageBytes(guest: guest) }

  // MARK: Control

  func request(_ command: IPsecCommand) throws(DriverError) -> MessageBytes {
    var message = message()
    let (commandClass, number) = try code(command)
    message.append(Legacy.ControlHeader.self) {
      $0.commandClass = Code(commandClass)
      $0.command = UInt8(number)
    }
    switch command {
    case .setGuestEndian(let order):
      message.append(Legacy.SetGuestEndian.self) { $0.endian = Code(order == .little ? .little : .big) }
    case .deleteGroup(let group), .flush(let group): message.append(group.bytes)
    case .add(_, let group, let configurations): try append(group, configurations, to: &message)
    case .delete(_, let group, let sa), .read(_, let group, let sa):
      message.append(handle(group))
      message.append(sa.bytes)
    case .update(_, let group, let sa, let update, let isIPv6): try append(group, sa, update, isIPv6, to: &message)
    case .getCapabilities, .rooms, .addGroup, .flushAll, .random, .setLegacyAlgorithms: break
    }
    return message
  }

  private func code(_ command: IPsecCommand) throws(DriverError) -> (ControlClass, UInt16) {
    if let sa = command.sa, sa.entry.exists(in: version), sa != .getHeadroomTailroomSize || version == .v0_4 {
      return (.sa, sa.rawValue)
    }
    switch command {
    case .getCapabilities: return (.generic, GenericCommand.getCapabilities.rawValue)
    case .setGuestEndian: return (.generic, GenericCommand.setGuestEndian.rawValue)
    case .random: return (.random, RandomCommand.getRandomNumber.rawValue)
    default: throw DriverError(.EOPNOTSUPP, command.name, "not in version \(version)")
    }
  }

  /// A handle's bytes; zeros for none.
  func handle(_ handle: WireHandle?) -> [UInt8] { handle?.bytes ?? Array(repeating: 0, count: handleByteCount) }

  func room(for command: IPsecCommand) -> Int {
    let body =
      switch command {
      case .getCapabilities: Legacy.Capabilities.byteCount
      case .random(let count): count
      case .rooms: V0_4.HeadroomTailroom.byteCount
      case .addGroup, .add: handleByteCount
      // An SA with everything that there is.
      case .read: 1024
      default: 0
      }
    return body + Legacy.ControlResult.byteCount
  }

  func answer(_ bytes: [UInt8], to command: IPsecCommand) throws(DriverError) -> IPsecAnswer {
    let name = command.name
    let end = bytes.count - Legacy.ControlResult.byteCount
    let result = try read(Legacy.ControlResult.self, bytes, at: end, name) { ($0.result, $0.resultData) }
    guard let known = result.0.known else { throw DriverError(.EPROTO, name, "result \(result.0.rawValue)") }
    guard known == .ok else { throw DriverError(.EINVAL, name, "device says \(known.text(detail: UInt32(result.1)))") }
    switch command {
    case .getCapabilities:
      return .capabilities(
        try read(Legacy.Capabilities.self, bytes, at: 0, name) {
          var capabilities = IPsecCapabilities()
          capabilities.ciphers = UInt64($0.cipherAlgorithms)
          capabilities.auths = UInt64($0.hmacAlgorithms)
          return capabilities
        })
    case .random: return .random(Array(bytes[..<end]))
    case .rooms:
      return try read(V0_4.HeadroomTailroom.self, bytes, at: 0, name) {
        .rooms(head: Int($0.headroom), tail: Int($0.tailroom))
      }
    case .addGroup: return .group(try handle(bytes, name))
    case .add: return .sa(try handle(bytes, name))
    case .read: return .state(try state(bytes, name))
    default: return .done
    }
  }

  private func handle(_ bytes: [UInt8], _ name: String) throws(DriverError) -> WireHandle {
    let handle = WireHandle(Array(bytes.prefix(handleByteCount)))
    guard !handle.isZero else { throw DriverError(.EPROTO, name, "a handle of zeros") }
    return handle
  }

  private func state(_ bytes: [UInt8], _ name: String) throws(DriverError) -> SAState {
    var state = SAState()
    state.sequence = try read(Legacy.OutSAInfo.self, bytes, at: 0, name) {
      UInt64($0.highSequence) << 32 | UInt64($0.lowSequence)
    }
    state.spi = try read(Legacy.SAParameters.self, bytes, at: Legacy.OutSAInfo.byteCount, name) { $0.spi }
    return state
  }

  private func read<M: Message, Value>(
    _ message: M.Type, _ bytes: [UInt8], at start: Int, _ name: String, _ value: (Reader<M>) -> Value
  ) throws(DriverError) -> Value {
    guard start >= 0, start <= bytes.count,
      let reader = try? Reader<M>(bytes.span.bytes.extracting(droppingFirst: start), guest: guest)
    else { throw DriverError(.EPROTO, name, "answer of \(bytes.count) bytes has no \(M.name)") }
    return value(reader)
  }

  // MARK: Data

  var dataHeaderByteCount: Int {
    version == .v0_4 ? V0_4.DataHeader.byteCount + V0_4.SeparateBuffers.byteCount : V1_0.DataHeader.byteCount
  }
  var completionByteCount: Int { version == .v0_4 ? V0_4.DataResult.byteCount : V1_0.DataReply.byteCount }
  let maximumPackets = 1

  func fillHeader(_ request: IPsecRequest, following: Int, _ bytes: inout MutableRawSpan) {
    var message = message()
    if version == .v0_4 {
      message.append(V0_4.DataHeader.self) {
        $0.dataClass = Code(.generic)
        $0.command = Code(.separate)
      }
      message.append(V0_4.SeparateBuffers.self) {
        $0.numInputBuffers = UInt32(request.inputPieces.count)
        $0.inputDataLength = UInt32(request.inputByteCount)
        $0.numOutputBuffers = UInt32(request.outputPieces.count)
        $0.outputBufferLength = UInt32(request.outputByteCount)
      }
    } else {
      let group = handle(request.sa.group?.handle), sa = request.sa.handle.bytes
      message.append(V1_0.DataHeader.self) {
        $0.groupHandle = InlineArray { group[$0] }
        $0.saContextHandle = InlineArray { sa[$0] }
        $0.numInputBuffers = UInt32(request.inputPieces.count)
        $0.inputDataLength = UInt32(request.inputByteCount)
        $0.numOutputBuffers = UInt32(request.outputPieces.count)
        $0.outputBufferLength = UInt32(request.outputByteCount)
      }
    }
    if version == .v0_4 { setHandle(request.sa.handle, in: &message) }
    message.withBytes { header in
      for (index, byte) in header.enumerated() { bytes.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
    }
  }

  /// 0.4 declares a handle as words, and its meaning is its bytes.
  private func setHandle(_ handle: WireHandle, in message: inout MessageBytes) {
    let start = V0_4.DataHeader.byteCount + V0_4.SeparateBuffers().saContextHandle.offset
    message.replace(at: start, with: handle.bytes)
  }

  func completion(_ bytes: RawSpan) -> IPsecRequest.Outcome {
    func outcome(_ result: Legacy.Result?, _ detail: UInt32, _ length: UInt32) -> IPsecRequest.Outcome {
      switch result {
      case .ok: .done(byteCount: Int(length), sequence: nil)
      case .error: .refused(.EBADMSG, status: Legacy.Result.error.text(detail: detail))
      case nil: .refused(.EPROTO, status: "no such result")
      }
    }
    if version == .v0_4, let reader = try? Reader<V0_4.DataResult>(bytes, guest: guest) {
      return outcome(reader.result.known, UInt32(reader.resultData), reader.outputDataLength)
    }
    guard let reader = try? Reader<V1_0.DataReply>(bytes, guest: guest) else { return outcome(nil, 0, 0) }
    return outcome(reader.result.known, reader.errorCode, reader.outputDataLength)
  }

  func status(_ bytes: RawSpan) -> V2_0.Status? {
    var detail: UInt32?
    if version == .v0_4, let reader = try? Reader<V0_4.DataResult>(bytes, guest: guest) {
      detail = UInt32(reader.resultData)
    } else if let reader = try? Reader<V1_0.DataReply>(bytes, guest: guest) {
      detail = reader.errorCode
    }
    return detail.flatMap(V2_0.Status.init(legacyDetail:))
  }

  // MARK: Notifications

  var notificationByteCount: Int {
    version == .v0_4 ? V0_4.Notification.byteCount : V1_0.Notification.byteCount
  }

  func notification(_ bytes: [UInt8]) -> WireNotification? {
    guard bytes.count >= notificationByteCount else { return nil }
    let place =
      version == .v0_4 ? V0_4.Notification().saContextHandle.offset : V1_0.Notification().saContextHandle.offset
    let sa = WireHandle(Array(bytes[place..<place + handleByteCount]))
    let told: (NotificationEvent?, UInt32)
    if version == .v0_4 {
      guard let reader = try? Reader<V0_4.Notification>(bytes.span.bytes, guest: guest) else { return nil }
      told = (reader.event.known, reader.value)
    } else {
      guard let reader = try? Reader<V1_0.Notification>(bytes.span.bytes, guest: guest) else { return nil }
      told = (reader.event.known, reader.value)
    }
    guard let event = told.0 else { return nil }
    return WireNotification(
      event: event, sa: sa, value: UInt64(told.1) << (event == .softLifetime ? 10 : 0), coalesced: 0)
  }
}
