import ESP
import Spec

/// An SA or a bundle in the store.
final class StoredSA {
  let handle: Handle
  let direction: Direction
  let group: Handle?
  /// Innermost first; one unless it is a bundle. None once it is deleted: its keys go at once, whoever still holds it.
  var members: [Member] { didSet { measure() } }
  // Each access to those that packets look at is a load or a store, and overlaps no other.
  /// The association of the only member, which keeps it alive; nil for a bundle.
  @exclusivity(unchecked) private(set) var alone: UncountedAssociation?
  /// How the engine leaves a result.
  @exclusivity(unchecked) private(set) var placement = Placement.bundle
  /// Bytes that encapsulation needs before and behind a packet.
  @exclusivity(unchecked) private(set) var headRoom = 0
  @exclusivity(unchecked) private(set) var tailRoom = 0
  /// Packets whose output did not fit although the engine had processed them.
  var noTailRoom: UInt64 = 0
  var reportedHardLifetime = false

  struct Member {
    var description: SADescription
    var association: Association
  }

  init(_ handle: Handle, _ direction: Direction, group: Handle?, _ members: [Member]) {
    self.handle = handle
    self.direction = direction
    self.group = group
    self.members = members
    measure()
  }

  @exclusivity(unchecked) private(set) var isDeleted = false

  func delete() {
    members = []
    isDeleted = true
  }

  private func measure() {
    alone = members.count == 1 ? members[0].association.uncounted : nil
    placement = members.count == 1 ? members[0].association.placement : .bundle
    headRoom = members.reduce(0) { $0 + $1.association.headRoom }
    tailRoom = members.reduce(0) { $0 + $1.association.tailRoom }
  }

  /// Of its members, in the order in which they work on a packet; nil once it is deleted.
  var algorithms: AlgorithmSequence? {
    if isDeleted { return nil }
    let pairs = members.map(\.description).map {
      (cipher: $0.cipher?.algorithm ?? .noCipher, integrity: $0.authentication?.algorithm ?? .null)
    }
    return AlgorithmSequence(direction == .outbound ? pairs : pairs.reversed())
  }

  var records: [SARecord] {
    members.enumerated().map { position, member in
      var state = member.association.state
      if position == members.count - 1 { state.statistics.noTailRoom += noTailRoom }
      return SARecord(handle: handle, group: group, position: position, description: member.description, state: state)
    }
  }
}

/// One SA as it is.
struct SARecord {
  let handle: Handle
  let group: Handle?
  /// Place in its bundle, 0 for the innermost.
  let position: Int
  let description: SADescription
  let state: AssociationState

  /// Which packets below the highest were received; nil for an outbound SA or one without a window.
  var replayBitmap: [UInt8]? {
    state.window.map { ReplayBitmap.bytes(size: description.parameters.replayWindow, top: state.sequence, words: $0) }
  }
}

/// Where an SA leaves a packet's result.
enum Placement: Comparable {
  /// A bundle: its members take a packet one by one.
  case bundle
  /// Anywhere in the packet's buffer.
  case anywhere
  /// From the buffer's first byte on.
  case front
  /// The same, or elsewhere if need be.
  case apart
}

/// The engine's part of an SA.
enum Association {
  case outbound(OutboundAssociation)
  case inbound(InboundAssociation)

  var state: AssociationState {
    switch self {
    case .outbound(let association): association.state
    case .inbound(let association): association.state
    }
  }

  var placement: Placement {
    switch self {
    case .outbound(let association): association.worksApart ? .apart : association.isTunnel ? .front : .anywhere
    case .inbound: .anywhere
    }
  }

  /// Processes a packet in place.
  func process(_ packet: Range<Int>, in buffer: UnsafeMutableRawBufferPointer) -> Result<Outcome, Refusal> {
    var buffer = buffer.mutableBytes
    do throws(Refusal) {
      switch self {
      case .outbound(let association): return .success(try association.encapsulate(inPlace: &buffer, packet: packet))
      case .inbound(let association): return .success(try association.decapsulate(inPlace: &buffer, packet: packet))
      }
    } catch {
      return .failure(error)
    }
  }

  /// Makes a dummy packet of so many bytes.
  func makeDummy(_ length: Int, in buffer: UnsafeMutableRawBufferPointer) -> Result<Outcome, Refusal> {
    guard case .outbound(let association) = self else { return .failure(.wrongMode(nextHeader: IPProtocol.none)) }
    var buffer = buffer.mutableBytes
    do throws(Refusal) {
      return .success(try association.encapsulateDummy(length: length, into: &buffer))
    } catch {
      return .failure(error)
    }
  }

  /// What had been used when the soft limit was reported.
  var softUsage: Usage? {
    switch self {
    case .outbound(let association): association.softUsage
    case .inbound(let association): association.softUsage
    }
  }

  var headRoom: Int {
    switch self {
    case .outbound(let association): association.headRoom
    case .inbound: 0
    }
  }

  var tailRoom: Int {
    switch self {
    case .outbound(let association): association.tailRoom + association.parameters.tfcLength
    case .inbound: 0
    }
  }
}

/// An association without reference counting, which would wait for all that was stored before: for packets, while its
/// SA keeps it alive.
enum UncountedAssociation {
  case outbound(Unmanaged<OutboundAssociation>)
  case inbound(Unmanaged<InboundAssociation>)
}

extension Association {
  var uncounted: UncountedAssociation {
    switch self {
    case .outbound(let association): .outbound(.passUnretained(association))
    case .inbound(let association): .inbound(.passUnretained(association))
    }
  }
}

/// A replay window as the guest sees it: bit n of byte n / 8 is the packet n before the highest.
enum ReplayBitmap {
  static func bytes(size: Int, top: UInt64, words: [UInt64]) -> [UInt8] {
    var bitmap = [UInt8](repeating: 0, count: (size + 7) / 8)
    for distance in 0..<size where UInt64(distance) < top {
      let number = top - UInt64(distance)
      if words[Int(number >> 6) & (words.count - 1)] >> (number & 63) & 1 == 1 {
        bitmap[distance / 8] |= 1 << UInt8(distance % 8)
      }
    }
    return bitmap
  }

  static func words(_ bitmap: [UInt8], size: Int, top: UInt64) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: ReplayWindow(size: size).words.count)
    for distance in 0..<min(size, 8 * bitmap.count) where UInt64(distance) < top {
      guard bitmap[distance / 8] >> UInt8(distance % 8) & 1 == 1 else { continue }
      let number = top - UInt64(distance)
      words[Int(number >> 6) & (words.count - 1)] |= 1 << (number & 63)
    }
    return words
  }
}
