import Virtio
import Wire

/// What becomes of a frame.
public enum Outcome: Sendable, Hashable {
  case silence
  case reply(Payload, hasDescriptor: Bool = false)
  /// There is no way to say no.
  case close
}

extension Backend {
  /// Does what a frame asks for.
  ///
  /// - Parameter refused: is told why it is not done.
  public func perform(_ frame: consuming Frame, refused: (Refusal) -> Void) -> Outcome {
    let wantsResult = frame.flags[\.needReply] == 1 && negotiated.contains(.replyAcknowledge)
    guard let request = Request(rawValue: frame.request) else {
      refused(Refusal("request \(frame.request)", .unknown))
      return wantsResult ? .reply(Payload(number: 1)) : .silence
    }
    let rule = request.rule
    do throws(Refusal.Reason) {
      try check(frame, against: rule)
      let answer = try perform(request, frame.payload, &frame.descriptors)
      switch rule.reply {
      case .none: return wantsResult ? .reply(Payload(number: 0)) : .silence
      default: return .reply(answer ?? Payload(number: 0), hasDescriptor: request == .getInflightRegion)
      }
    } catch {
      refused(Refusal("\(rule.name)", error))
      switch rule.reply {
      case .none: return wantsResult ? .reply(Payload(number: 1)) : .close
      case .result(let refused): return .reply(Payload(number: refused))
      case .sameOrEmpty: return .reply(Payload([]))
      case .number, .same: return .close
      }
    }
  }

  private func check(_ frame: borrowing Frame, against rule: RequestRule) throws(Refusal.Reason) {
    guard rule.payload.allows(byteCount: frame.payload.bytes.count) else {
      throw .size(frame.payload.bytes.count)
    }
    guard rule.descriptors.contains(frame.descriptors.count) else { throw .descriptors(frame.descriptors.count) }
    if let feature = rule.feature, !negotiated.contains(feature) { throw .notNegotiated }
  }

  private func perform(
    _ request: Request, _ payload: Payload, _ descriptors: inout PassedDescriptors
  ) throws(Refusal.Reason) -> Payload? {
    switch request {
    case .getFeatures: return Payload(number: offeredFeatures)
    case .setFeatures: try setFeatures(payload[\Number.value])
    case .setOwner: break
    case .resetOwner: for ring in rings { stop(ring) }
    case .getProtocolFeatures: return Payload(number: ProtocolFeatures.all.rawValue)
    case .setProtocolFeatures: try setProtocolFeatures(payload[\Number.value])
    case .getQueueCount: return Payload(number: UInt64(rings.count))
    case .setBackendChannel: if let socket = descriptors.take() { channel = Connection(socket) }

    case .getMemorySlots: return Payload(number: UInt64(MemoryTable.limit))
    case .setMemoryTable: try setMemoryTable(payload, &descriptors)
    case .addMemoryRegion: try addMemoryRegion(payload, &descriptors)
    case .removeMemoryRegion: try removeMemoryRegion(payload)
    case .setLogBase: try setLog(payload, &descriptors)
    case .setLogDescriptor: try setLogCall(&descriptors)

    case .setRingSize: try setSize(payload)
    case .setRingAddresses: try setAddresses(payload)
    case .setRingBase: try setBase(payload)
    case .getRingBase: return try getBase(payload)
    case .setRingKick: try setKick(payload, &descriptors)
    case .setRingCall: try setCall(payload, &descriptors)
    case .setRingError: try setError(payload, &descriptors)
    case .setRingEnable: try setEnable(payload)

    case .getConfiguration: return try getConfiguration(payload)
    case .setConfiguration: try setConfiguration(payload)
    case .getInflightRegion: return try getInflight(payload)
    case .setInflightRegion: try setInflight(payload, &descriptors)
    case .resetDevice: reset()
    case .setStatus: setStatus(payload[\Number.value])
    case .getStatus: return Payload(number: UInt64(deviceStatus.rawValue))
    case .setDeviceStateDescriptor: return try beginTransfer(payload, &descriptors)
    case .checkDeviceState: try endTransfer()
    }
    return nil
  }
}
