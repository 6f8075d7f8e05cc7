/// What a front end asks for, by number (vhost-user protocol, Front-end message types); those that have a meaning for
/// this device.
public enum Request: UInt32, Sendable, CaseIterable {
  case getFeatures = 1
  case setFeatures = 2
  case setOwner = 3
  case resetOwner = 4
  case setMemoryTable = 5
  case setLogBase = 6
  case setLogDescriptor = 7
  case setRingSize = 8
  case setRingAddresses = 9
  case setRingBase = 10
  case getRingBase = 11
  case setRingKick = 12
  case setRingCall = 13
  case setRingError = 14
  case getProtocolFeatures = 15
  case setProtocolFeatures = 16
  case getQueueCount = 17
  case setRingEnable = 18
  case setBackendChannel = 21
  case getConfiguration = 24
  case setConfiguration = 25
  case getInflightRegion = 31
  case setInflightRegion = 32
  case resetDevice = 34
  case getMemorySlots = 36
  case addMemoryRegion = 37
  case removeMemoryRegion = 38
  case setStatus = 39
  case getStatus = 40
  case setDeviceStateDescriptor = 42
  case checkDeviceState = 43
}

/// What the back end tells the front end on its own channel (vhost-user protocol, Back-end message types).
public enum BackendRequest: UInt32, Sendable, CaseIterable {
  case configurationChanged = 2
}

/// Parts of the protocol that both sides agree on (VHOST_USER_PROTOCOL_F_*); the raw value is the bit number.
public enum ProtocolFeature: Int, Sendable, CaseIterable {
  case multipleQueues = 0
  case sharedLog = 1
  case replyAcknowledge = 3
  case backendChannel = 5
  case configuration = 9
  case inflightRegion = 12
  case resetDevice = 13
  case memorySlots = 15
  case status = 16
  case deviceState = 19
}

/// A set of protocol features.
public struct ProtocolFeatures: OptionSet, Sendable, Hashable {
  public var rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }
  public init(_ features: some Sequence<ProtocolFeature>) {
    self.init(rawValue: features.reduce(0) { $0 | 1 << UInt64($1.rawValue) })
  }

  /// Everything that this back end knows.
  public static let all = Self(ProtocolFeature.allCases)

  public func contains(_ feature: ProtocolFeature) -> Bool { rawValue >> UInt64(feature.rawValue) & 1 == 1 }
}
