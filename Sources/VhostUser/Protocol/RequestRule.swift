public import Wire

/// What a request looks like: all that is checked before it is looked at, and all that a trace needs to show it.
public struct RequestRule: Sendable {
  /// Name in the protocol, without VHOST_USER_.
  public let name: StaticString
  public let payload: Payload
  /// File descriptors that may come with it.
  public let descriptors: ClosedRange<Int>
  public let reply: Reply
  /// The protocol feature without which it is refused.
  public let feature: ProtocolFeature?

  /// What a frame carries.
  public enum Payload: Sendable {
    case none
    case message(any Message.Type)
    /// The first, then the second as often as there is room.
    case list(any Message.Type, of: any Message.Type)
    /// The message, then bytes.
    case bytes(after: any Message.Type)
  }

  /// What is answered.
  public enum Reply: Sendable, Equatable {
    /// Nothing, unless the front end asks for a result.
    case none
    /// A number; a front end whose request is refused would wait for it in vain, so the connection ends.
    case number
    /// A number, which for a refusal is this one.
    case result(refused: UInt64)
    /// The same message that came; a refusal ends the connection.
    case same
    /// The same message, or an empty one for a refusal.
    case sameOrEmpty

    /// Whether a payload of an answer is a number.
    var isNumber: Bool { self != .same && self != .sameOrEmpty }
  }

  init(
    _ name: StaticString, _ payload: Payload = .none, descriptors: ClosedRange<Int> = 0...0, reply: Reply = .none,
    needs feature: ProtocolFeature? = nil
  ) {
    self.name = name
    self.payload = payload
    self.descriptors = descriptors
    self.reply = reply
    self.feature = feature
  }
}

extension Request {
  /// The protocol's table.
  public var rule: RequestRule {
    switch self {
    case .getFeatures: .init("GET_FEATURES", reply: .number)
    case .setFeatures: .init("SET_FEATURES", .message(Number.self))
    case .setOwner: .init("SET_OWNER")
    case .resetOwner: .init("RESET_OWNER")
    case .setMemoryTable:
      .init("SET_MEM_TABLE", .list(MemoryTableHeader.self, of: MemoryRegionDescription.self), descriptors: 0...64)
    case .setLogBase:
      .init("SET_LOG_BASE", .message(LogDescription.self), descriptors: 1...1, reply: .number, needs: .sharedLog)
    case .setLogDescriptor: .init("SET_LOG_FD", descriptors: 1...1)
    case .setRingSize: .init("SET_VRING_NUM", .message(RingNumber.self))
    case .setRingAddresses: .init("SET_VRING_ADDR", .message(RingAddresses.self))
    case .setRingBase: .init("SET_VRING_BASE", .message(RingNumber.self))
    case .getRingBase: .init("GET_VRING_BASE", .message(RingNumber.self), reply: .same)
    case .setRingKick: .init("SET_VRING_KICK", .message(RingDescriptor.self), descriptors: 0...1)
    case .setRingCall: .init("SET_VRING_CALL", .message(RingDescriptor.self), descriptors: 0...1)
    case .setRingError: .init("SET_VRING_ERR", .message(RingDescriptor.self), descriptors: 0...1)
    case .getProtocolFeatures: .init("GET_PROTOCOL_FEATURES", reply: .number)
    case .setProtocolFeatures: .init("SET_PROTOCOL_FEATURES", .message(Number.self))
    case .getQueueCount: .init("GET_QUEUE_NUM", reply: .number, needs: .multipleQueues)
    case .setRingEnable: .init("SET_VRING_ENABLE", .message(RingNumber.self))
    case .setBackendChannel: .init("SET_BACKEND_REQ_FD", descriptors: 1...1, needs: .backendChannel)
    case .getConfiguration:
      .init("GET_CONFIG", .bytes(after: ConfigurationHeader.self), reply: .sameOrEmpty, needs: .configuration)
    case .setConfiguration: .init("SET_CONFIG", .bytes(after: ConfigurationHeader.self), needs: .configuration)
    case .getInflightRegion:
      .init("GET_INFLIGHT_FD", .message(InflightDescription.self), reply: .same, needs: .inflightRegion)
    case .setInflightRegion:
      .init("SET_INFLIGHT_FD", .message(InflightDescription.self), descriptors: 1...1, needs: .inflightRegion)
    case .resetDevice: .init("RESET_DEVICE", needs: .resetDevice)
    case .getMemorySlots: .init("GET_MAX_MEM_SLOTS", reply: .number, needs: .memorySlots)
    case .addMemoryRegion:
      .init(
        "ADD_MEM_REG", .list(SingleRegionHeader.self, of: MemoryRegionDescription.self), descriptors: 1...1,
        needs: .memorySlots)
    case .removeMemoryRegion:
      // Some front ends pass the region's file along.
      .init(
        "REM_MEM_REG", .list(SingleRegionHeader.self, of: MemoryRegionDescription.self), descriptors: 0...1,
        needs: .memorySlots)
    case .setStatus: .init("SET_STATUS", .message(Number.self), needs: .status)
    case .getStatus: .init("GET_STATUS", reply: .number, needs: .status)
    case .setDeviceStateDescriptor:
      .init(
        "SET_DEVICE_STATE_FD", .message(StateTransferDescription.self), descriptors: 1...1,
        reply: .result(refused: StateTransfer.refused), needs: .deviceState)
    case .checkDeviceState: .init("CHECK_DEVICE_STATE", reply: .result(refused: 1), needs: .deviceState)
    }
  }
}

extension BackendRequest {
  public var name: StaticString {
    switch self {
    case .configurationChanged: "BACKEND_CONFIG_CHANGE_MSG"
    }
  }
}

extension RequestRule.Payload {
  /// Whether a payload can have so many bytes.
  func allows(byteCount: Int) -> Bool {
    switch self {
    case .none: byteCount == 0
    case .message(let message): byteCount == message.byteCount
    case .list(let header, let element):
      byteCount >= header.byteCount && (byteCount - header.byteCount).isMultiple(of: element.byteCount)
    case .bytes(let header): byteCount >= header.byteCount
    }
  }
}
