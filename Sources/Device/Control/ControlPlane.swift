import ESP
import Spec
import Wire
import Virtio

/// Executes control commands, whatever the version that they came in.
struct ControlPlane {
  let profile: AcceleratorProfile
  let version: SpecVersion
  var store = SAStore()
  var dh = DHStore()
  /// Legacy algorithms that the guest turned on.
  var turnedOn = AlgorithmSet()

  init(_ profile: AcceleratorProfile, _ version: SpecVersion) {
    self.profile = profile
    self.version = version
  }

  private var offered: AlgorithmSet { profile.algorithms.intersection(.all(in: version)) }
  /// Those that have to be turned on: none in versions that have no command for it.
  private var legacy: AlgorithmSet {
    version >= .v2_0 ? offered.intersection(.legacy) : AlgorithmSet()
  }
  private var available: AlgorithmSet { offered.subtracting(legacy).union(turnedOn) }

  /// Commands that concern SAs, groups and algorithms.
  mutating func perform(_ command: ControlCommand, _ features: FeatureSet) throws(Rejection) -> ControlReply {
    switch command {
    case .nothing, .setGuestOrder: return .done
    case .getCapabilities: return .capabilities(capabilities(features))
    case .turnOnLegacy(let ciphers, let authentication):
      let wanted = AlgorithmSet(ciphers: ciphers, authentication: authentication)
      let unknown = wanted.subtracting(legacy)
      if unknown.ciphers != 0 { throw .unsupportedAlgorithm(unknown.ciphers.trailingZeroBitCount) }
      if unknown.authentication != 0 { throw .unsupportedAlgorithm(unknown.authentication.trailingZeroBitCount) }
      turnedOn = wanted
      return .done
    case .random(let count): return .random(profile.random(count))
    case .addGroup: return .group(try store.addGroup(limit: profile.limits.groups))
    case .deleteGroup(let group):
      try store.deleteGroup(group)
      return .done
    case .flush(let group):
      try store.flush(group)
      return .done
    case .flushAll:
      store.flushAll()
      return .done
    case .rooms: return .rooms(head: Self.headRoom, tail: Self.tailRoom)
    case .add(let direction, let group, let descriptions):
      return .sa(try add(direction, group: group, descriptions))
    case .delete(let direction, let name):
      store.delete(try store.find(name, direction))
      return .done
    case .update(let direction, let name, let change):
      try check(window: change.replayWindow ?? 0)
      try store.find(name, direction).update(change, ivs: profile.ivs)
      return .done
    case .read(let direction, let name): return .records(try store.find(name, direction).records, cursor: 0)
    case .readMany(let direction, let group, let after, let limit):
      try store.requireGroup(group)
      let page = try store.page(direction, group: group, after: after, limit: limit)
      return .records(page.sas.flatMap(\.records), cursor: page.cursor)
    case .generateDH(let group): return try generateDH(group)
    case .computeDH(let handle, let peer, let handleOffset, let peerOffset):
      guard let handle, let pair = dh[handle] else { throw .invalidBytes(offset: handleOffset) }
      guard let secret = pair.secret(with: peer) else { throw .invalidBytes(offset: peerOffset) }
      return .dhSecret(secret)
    case .deleteDH(let handle, let offset):
      guard let handle, dh.delete(handle) else { throw .invalidBytes(offset: offset) }
      return .done
    case .saveState, .restoreState: throw .invalidState
    }
  }

  private mutating func add(
    _ direction: Direction, group: Handle?, _ descriptions: [SADescription]
  ) throws(Rejection) -> Handle {
    try store.requireGroup(group)
    guard (1...profile.limits.bundle).contains(descriptions.count) else { throw .invalidValue(.count) }
    var members: [StoredSA.Member] = []
    for description in descriptions {
      try check(description)
      members.append(
        try description.makeMember(
          direction, state: description.initialState(direction), ivs: profile.ivs))
    }
    return try store.add(direction, group: group, members, limit: profile.limits.sas)
  }

  private mutating func generateDH(_ group: DHGroup) throws(Rejection) -> ControlReply {
    guard dh.pairs.count < profile.limits.dhKeyPairs else { throw .noResources }
    let pair = DHKeyPair(group, random: profile.random)
    guard let value = pair.publicValue() else { throw .packet(.cryptographyFailed) }
    let handle = store.makeHandle()
    dh.add(pair, as: handle)
    return .dhPublic(handle, value)
  }

  private func check(_ description: SADescription) throws(Rejection) {
    if let cipher = description.cipher, !available.contains(cipher.algorithm) {
      throw .unsupportedAlgorithm(Int(cipher.algorithm.rawValue))
    }
    if let authentication = description.authentication, !available.contains(authentication.algorithm) {
      throw .unsupportedAlgorithm(Int(authentication.algorithm.rawValue))
    }
    try check(window: description.parameters.replayWindow)
  }

  /// Whether what was turned on can be.
  var isSound: Bool { turnedOn.subtracting(legacy) == AlgorithmSet() }

  /// - Throws: `Rejection` for algorithms that are off, and for too large a window.
  func admit(_ description: SADescription) throws(Rejection) { try check(description) }

  private func check(window: Int) throws(Rejection) {
    guard window <= profile.limits.replayWindow else { throw .invalidValue(.replayWindow) }
  }

  private func capabilities(_ features: FeatureSet) -> Capabilities {
    var limits = profile.limits
    if !features.contains(.saBundles) { limits.bundle = 1 }
    if !features.contains(.multiPacket) { limits.packets = 1 }
    return Capabilities(
      algorithms: available, legacy: legacy, limits: limits, headRoom: Self.headRoom, tailRoom: Self.tailRoom,
      dhGroups: features.contains(.dh) ? DHGroup.set : 0)
  }

  /// Most that one SA puts before a packet: IPv6 tunnel, UDP with WESP's identifier, WESP, ESP, the longest IV.
  private static let (headRoom, tailRoom) = rooms()

  private static func rooms() -> (Int, Int) {
    var parameters = Parameters(
      spi: 256, protocol: .wesp, mode: .tunnel(source: .v6(0, 1), destination: .v6(0, 2)),
      protection: .separate(
        .aesCBC, key: Key([UInt8](repeating: 0, count: 16)), .hmacSHA512_256,
        authenticationKey: Key([UInt8](repeating: 0, count: 64))))
    parameters.udpEncapsulation = .init()
    guard let association = try? OutboundAssociation(parameters) else { preconditionFailure("the engine has AES-CBC") }
    return (association.headRoom, association.tailRoom)
  }
}
