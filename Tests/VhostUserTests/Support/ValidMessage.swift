import Glibc
@testable import VhostUser
import Virtio
import Wire

/// A request that a back end has no reason to refuse, and what has to be asked before it.
struct ValidMessage: ~Copyable {
  let payload: Payload
  private var descriptors = PassedDescriptors()
  /// The other end of a pipe, which has room for a state.
  var source: FileDescriptor?
  /// Asked first, each with what it needs.
  private(set) var before: [Request] = []

  private static let region = Payload.region(guest: 1 << 20, size: 1 << 16, user: 1 << 40)

  init(_ request: Request) throws {
    switch request {
    case .getFeatures, .setOwner, .resetOwner, .getProtocolFeatures, .getQueueCount, .resetDevice, .getMemorySlots,
      .getStatus:
      payload = Payload([])
    case .setFeatures: payload = Payload(number: 1 << 32 | 1 << 30)
    case .setProtocolFeatures: payload = Payload(number: ProtocolFeatures.all.rawValue)
    case .setStatus: payload = Payload(number: 0xb)
    case .setMemoryTable: payload = .table([Self.region])
    case .addMemoryRegion: payload = .single(Self.region)
    case .removeMemoryRegion:
      payload = .single(Self.region)
      before = [.addMemoryRegion]
    case .setLogBase:
      var log = Payload(LogDescription.self)
      log[\LogDescription.size] = 4096
      payload = log
    case .setRingSize: payload = .ring(0, 16)
    case .setRingBase, .getRingBase: payload = .ring(0, 7)
    case .setRingEnable: payload = .ring(0, 1)
    case .setRingAddresses: payload = Payload(RingAddresses.self)
    case .setRingKick, .setRingCall, .setRingError: payload = Payload(RingDescriptor.self)
    case .getConfiguration, .setConfiguration: payload = .configuration(0, [0, 0, 0, 0])
    case .getInflightRegion, .setInflightRegion:
      var region = Payload(InflightDescription.self)
      region[\InflightDescription.size] = 1 << 25
      region[\InflightDescription.queueCount] = 4
      region[\InflightDescription.queueSize] = 64
      payload = region
    case .setDeviceStateDescriptor: payload = Payload(StateTransferDescription.self)
    case .checkDeviceState:
      payload = Payload([])
      before = [.setDeviceStateDescriptor]
    case .setLogDescriptor, .setBackendChannel: payload = Payload([])
    }
    try addDescriptors(request)
  }

  mutating func takeDescriptors() -> PassedDescriptors {
    var taken = PassedDescriptors()
    swap(&taken, &descriptors)
    return taken
  }

  private mutating func addDescriptors(_ request: Request) throws {
    switch request {
    case .setMemoryTable, .addMemoryRegion, .setLogBase: descriptors.append(try .memory("guest", byteCount: 1 << 16))
    case .setInflightRegion: descriptors.append(try .memory("inflight", byteCount: 1 << 25))
    case .setRingKick, .setRingCall, .setRingError, .setLogDescriptor: descriptors.append(try .event())
    case .setBackendChannel:
      var pair = try SocketPair()
      descriptors.append(pair.takeNear())
    case .setDeviceStateDescriptor:
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw SystemError("pipe") }
      source = FileDescriptor(owning: ends[0])
      descriptors.append(FileDescriptor(owning: ends[1]))
    default: break
    }
  }
}
