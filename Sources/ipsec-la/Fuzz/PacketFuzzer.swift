import ESP

/// Both ends of an association, packets that a hostile host gives to one, and what a hostile network makes of the
/// results.
///
/// What must hold, beside that nothing crashes: no byte beside a received packet changes; a packet that is refused
/// protection stays as it was; one call with many packets does what many calls with one do.
struct PacketFuzzer {
  /// What does not hold.
  struct Violation: Error {
    var description: String
  }

  struct Tally {
    var (sealed, unsealed, opened, unopened) = (0, 0, 0, 0)
    /// What packets were refused for, by name.
    var reasons: Set<String> = []

    mutating func count(_ refusal: Refusal) { reasons.insert(String("\(refusal)".prefix { !$0.isNumber })) }

    static func += (a: inout Tally, b: Tally) {
      (a.sealed, a.unsealed) = (a.sealed + b.sealed, a.unsealed + b.unsealed)
      (a.opened, a.unopened) = (a.opened + b.opened, a.unopened + b.unopened)
      a.reasons.formUnion(b.reasons)
    }
  }

  private var input: FuzzInput
  private let parameters: Parameters
  private let outbound: OutboundAssociation
  /// In transport mode with the same keys: wraps any payload whatever into a packet that the receiver believes.
  private let forger: OutboundAssociation
  private let inbound: InboundAssociation
  /// Gets the same packets as `inbound`, as a burst.
  private let twin: InboundAssociation
  private(set) var tally = Tally()

  init(_ input: FuzzInput) {
    var input = input
    let parameters = Self.parameters(&input)
    var forging = parameters
    forging.mode = .transport
    (forging.mtu, forging.tfcLength) = (65_535, 0)
    do throws(ParameterError) {
      let start = AssociationState(sequence: UInt64(input.byte()) + (input.oneIn(4) ? 0xffff_ff00 : 0))
      self.parameters = parameters
      outbound = try OutboundAssociation(parameters, state: start)
      forger = try OutboundAssociation(forging, state: start)
      inbound = try InboundAssociation(parameters, state: start)
      twin = try InboundAssociation(parameters, state: start)
    } catch {
      preconditionFailure("the fuzzer's own parameters are good: \(error)")
    }
    self.input = input
  }

  /// Plays with so many packets, or until the input is used up.
  mutating func run(packets: Int) throws(Violation) {
    var pending: [[UInt8]] = []
    for _ in 0..<packets where !input.isExhausted {
      let packet = HostilePacket.make(&input)
      if input.oneIn(3) {
        if case .success(let forged) = try seal(packet, by: forger, room: Self.ample) { pending.append(forged) }
      } else if let sealed = try protect(packet) {
        pending.append(sealed)
        if input.oneIn(8) { pending.append(sealed) }
      }
      if input.oneIn(2), let last = pending.last { pending.append(HostilePacket.tamper(last, &input)) }
      if input.oneIn(16) { pending.append(packet) }
      if input.oneIn(6) { try receive(&pending) }
    }
    try receive(&pending)
  }

  // MARK: Sending

  private static let ample = (front: 160, back: 1024)

  /// Protects a packet in a buffer that may be too small; nil if it was refused.
  private mutating func protect(_ packet: [UInt8]) throws(Violation) -> [UInt8]? {
    let room = input.oneIn(4) ? (front: input.below(120), back: input.below(80)) : Self.ample
    switch try seal(packet, by: outbound, room: room) {
    case .success(let sealed):
      tally.sealed += 1
      return sealed
    case .failure(let refusal):
      tally.unsealed += 1
      tally.count(refusal)
      return nil
    }
  }

  private func seal(
    _ packet: [UInt8], by association: OutboundAssociation, room: (front: Int, back: Int)
  ) throws(Violation) -> Result<[UInt8], Refusal> {
    let arena = Arena(packet, front: room.front, back: room.back)
    var bytes = arena.memory.mutableBytes
    do throws(Refusal) {
      return .success(Array(arena.memory[try association.encapsulate(inPlace: &bytes, packet: arena.range).packet]))
    } catch {
      try require(arena.isUnchanged(packet), "a packet refused because \(error) was changed")
      return .failure(error)
    }
  }

  // MARK: Receiving

  /// Hands all packets to the receiver one by one, and to its twin as a burst.
  private mutating func receive(_ packets: inout [[UInt8]]) throws(Violation) {
    let arenas = packets.map { Arena($0, front: input.below(3) * 8, back: input.below(3) * 8) }
    let twins = packets.map { Arena($0, front: 0, back: 0) }
    var burst = twins.map { BurstPacket(buffer: $0.memory, packet: $0.range) }
    var span = burst.mutableSpan
    twin.decapsulate(&span)
    for index in packets.indices {
      let (arena, verdict, other) = (arenas[index], open(arenas[index]), burst[index].verdict)
      try require(arena.bordersAreUntouched, "bytes beside the packet changed")
      if isAuthenticated {
        try require(
          Self.agree(verdict, arena, other, twins[index]),
          "a call says \(verdict), a burst \(other.map { "\($0)" } ?? "nothing")")
      }
      let packet = packets[index]
      _ = try? AssociationSelector(reading: packet.span.bytes, packet.indices)
    }
    if isAuthenticated {
      let (state, other) = (inbound.state, twin.state)
      try require(state.window == other.window && state.usage == other.usage, "a burst counts otherwise")
    }
    packets = []
  }

  private mutating func open(_ arena: Arena) -> Result<Outcome, Refusal> {
    var bytes = arena.memory.mutableBytes
    do throws(Refusal) {
      let outcome = try inbound.decapsulate(inPlace: &bytes, packet: arena.range)
      tally.opened += 1
      return .success(outcome)
    } catch {
      tally.unopened += 1
      tally.count(error)
      return .failure(error)
    }
  }

  /// Whether a call and a burst did the same. Their reasons to refuse may differ: a burst looks at all sequence numbers
  /// before it looks at any ICV.
  private static func agree(
    _ a: Result<Outcome, Refusal>, _ arena: Arena, _ b: Result<Outcome, Refusal>?, _ twin: Arena
  ) -> Bool {
    switch (a, b) {
    case (.success(let one), .success(let other)):
      one.events == other.events && one.sequence == other.sequence
        && arena.memory[one.packet].elementsEqual(twin.memory[other.packet])
    case (.failure, .failure): true
    default: false
    }
  }

  /// Without ICVs anybody moves the window, and a burst learns of it too late.
  private var isAuthenticated: Bool {
    if case .separate(_, _, _, .none, _) = parameters.protection { false } else { true }
  }

  private func require(_ condition: Bool, _ violation: @autoclosure () -> String) throws(Violation) {
    if !condition { throw Violation(description: violation()) }
  }

  // MARK: Associations

  private static func parameters(_ input: inout FuzzInput) -> Parameters {
    let `protocol` = input.pick(SecurityProtocol.allCases)
    let mode = input.pick([
      Parameters.Mode.transport, .tunnel(source: .v4(0xc000_0201), destination: .v4(0xc000_0202)),
      .tunnel(source: .v6(0x2001_0db8 << 32, 1), destination: .v6(0x2001_0db8 << 32, 2)),
    ])
    var parameters = Parameters(
      spi: 0x1000, protocol: `protocol`, mode: mode,
      protection: protection(&input, authenticatesOnly: `protocol` == .ah))
    parameters.allowsLegacy = true
    parameters.allowsUnauthenticated = true
    parameters.extendedSequence = input.oneIn(2)
    parameters.replayWindow = input.pick([0, 32, 64, 100, 1024])
    if `protocol` != .ah, input.oneIn(3) { parameters.udpEncapsulation = .init() }
    parameters.tfcLength = input.pick([0, 0, 0, 200, 1500])
    parameters.ecn = input.pick([.normal, .normal, .compatibility, .off])
    parameters.decrementsHopLimit = input.oneIn(4)
    parameters.mtu = input.pick([65_535, 65_535, 1500, 576])
    parameters.dontFragment = input.pick([.copy, .clear, .set(true)])
    if input.oneIn(8) { parameters.lifetime = Lifetime(softPackets: 10, hardPackets: 25) }
    return parameters
  }

  /// Without an ICV whatever is tampered with reaches the trailer and the inner packet; with AES-CTR bit by bit.
  private static func protection(_ input: inout FuzzInput, authenticatesOnly: Bool) -> Parameters.Protection {
    func key(_ count: Int?) -> Key { Key((0..<(count ?? 0)).map { UInt8($0) }) }
    if authenticatesOnly ? input.oneIn(4) : input.oneIn(2) {
      let algorithm = authenticatesOnly ? .aesGMAC : input.pick(CombinedAlgorithm.allCases)
      return .combined(algorithm, key: key(algorithm.facts.keyLengths.last), salt: key(algorithm.facts.saltLength))
    }
    let encryption = authenticatesOnly ? .null : input.pick(EncryptionAlgorithm.allCases)
    var authentication = input.pick(AuthenticationAlgorithm.allCases)
    if encryption == .null, authentication == .none { authentication = .aesCMAC_96 }
    return .separate(
      encryption, key: key(encryption.facts.keyLengths.last), salt: key(encryption.facts.saltLength), authentication,
      authenticationKey: key(authentication.facts.keyLengths.last))
  }
}

/// A packet in memory of its own, exactly as long as it should be, between borders that must not change.
private final class Arena {
  private static let border: UInt8 = 0xa7
  let memory: UnsafeMutableRawBufferPointer
  let range: Range<Int>

  init(_ packet: [UInt8], front: Int, back: Int) {
    memory = .allocate(byteCount: front + packet.count + back, alignment: 1)
    range = front..<front + packet.count
    memory.initializeMemory(as: UInt8.self, repeating: Self.border)
    for (index, byte) in packet.enumerated() { memory[front + index] = byte }
  }

  deinit { memory.deallocate() }

  var bordersAreUntouched: Bool {
    memory[..<range.lowerBound].allSatisfy { $0 == Self.border }
      && memory[range.upperBound...].allSatisfy { $0 == Self.border }
  }

  func isUnchanged(_ packet: [UInt8]) -> Bool { memory[range].elementsEqual(packet) && bordersAreUntouched }
}
