import Device
import ESP
import Model
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct StateTests {
  static let seed = UInt64.random(in: 0...UInt64.max)

  /// A bench with SAs of many kinds, and what they are.
  private func makeBusy(_ random: inout SplitMix) throws -> (Testbench, [TestSA]) {
    let bench = try Testbench()
    let group = try bench.addGroup()
    var sas: [TestSA] = []
    for index in 0..<6 {
      var description = Samples.gcmTunnel
      description.parameters.spi = 0x1000 + UInt32(index)
      description.parameters.extendedSequence = index == 2
      description.notifications.events = [.sequencePeriodic, .softLifetime]
      description.notifications.interval = 3
      description.parameters.lifetime.softBytes = 2000
      if index == 3 { description.parameters.udpEncapsulation = .init() }
      if index == 4 { description.parameters.mode = .tunnel(source: .v6(1, 2), destination: .v6(3, 4)) }
      if index == 5 {
        description.parameters.replayWindow = 1000
        description.parameters.lifetime.hardPackets = 30
      }
      let member = index % 2 == 0 ? group : nil
      sas.append(try bench.addSA(description, group: member))
      sas.append(try bench.addSA(description, direction: .inbound, group: member))
    }
    return (bench, sas)
  }

  /// One step that depends on the seed alone; what the device answered.
  private func step(_ bench: Testbench, _ sas: [TestSA], _ random: inout SplitMix, _ recent: inout [Int: [[UInt8]]])
    -> [UInt8]
  {
    let pair = Int.random(in: 0..<sas.count / 2, using: &random)
    let out = sas[2 * pair], inbound = sas[2 * pair + 1]
    let old = recent[pair] ?? []
    if Int.random(in: 0..<3, using: &random) > 0 || old.isEmpty {
      let packet = Samples.packet(Int.random(in: 0...200, using: &random))
      guard let sealed = try? bench.encap(packet, on: out) else { return [0] }
      recent[pair, default: []].append(sealed)
      return sealed
    }
    let sealed = old[Int.random(in: 0..<old.count, using: &random)]
    do { return try bench.decap(sealed, on: inbound) } catch { return Array("\(error)".utf8) }
  }

  @Test func `a state saved at random points goes on exactly like the device it came from`() throws {
    for round in 0..<40 {
      let seed = Self.seed &+ UInt64(round)
      var random = SplitMix(seed: seed)
      let (bench, sas) = try makeBusy(&random)
      var recent: [Int: [[UInt8]]] = [:]
      for _ in 0..<Int.random(in: 0...60, using: &random) { _ = step(bench, sas, &random, &recent) }
      let other = try Testbench()
      try other.accelerator.restoreState(bench.accelerator.saveState())
      #expect(other.accelerator.saveState() == bench.accelerator.saveState(), "seed \(seed)")
      var (randomHere, randomThere) = (random, random)
      var (recentHere, recentThere) = (recent, recent)
      bench.forgetNotifications()
      for index in 0..<60 {
        let here = step(bench, sas, &randomHere, &recentHere)
        let there = step(other, sas, &randomThere, &recentThere)
        #expect(here == there, "seed \(seed), step \(index)")
      }
      #expect(bench.notifications == other.notifications, "seed \(seed)")
      #expect(other.accelerator.saveState() == bench.accelerator.saveState(), "seed \(seed)")
      #expect(try bench.addSA(Samples.gcmTunnel).handle == (try other.addSA(Samples.gcmTunnel).handle))
    }
  }

  @Test func `notifications that were held move, too`() throws {
    let bench = try Testbench(notificationBuffers: 0)
    var description = Samples.gcmTunnel
    description.notifications.events = [.sequencePeriodic]
    description.notifications.interval = 1
    let sa = try bench.addSA(description)
    for _ in 0..<3 { _ = try bench.encap(Samples.packet(), on: sa) }
    let other = try Testbench()
    try other.accelerator.restoreState(bench.accelerator.saveState())
    _ = try other.encap(Samples.packet(), on: sa)
    #expect(other.notifications.map(\.value) == [4])
    #expect(other.notifications.map(\.coalesced) == [3])
  }

  @Test func `keys leave the device only sealed, and come back only unsealed`() throws {
    let mask: @Sendable ([UInt8]) -> [UInt8] = { [0xc5] + $0.map { $0 ^ 0xa5 } }
    let unmask: @Sendable ([UInt8]) -> [UInt8]? = { $0.first == 0xc5 ? $0.dropFirst().map { $0 ^ 0xa5 } : nil }
    let bench = try Testbench { ($0.seal, $0.open) = (mask, unmask) }
    let sa = try bench.addSA(Samples.gcmTunnel)
    let state = bench.accelerator.saveState()
    #expect(!state.contains(sequence: Samples.key))
    let open = try Testbench()
    _ = try open.addSA(Samples.gcmTunnel)
    #expect(open.accelerator.saveState().contains(sequence: Samples.key))
    let stranger = try Testbench { $0.open = { _ in nil } }
    #expect(throws: StateError.keys) { try stranger.accelerator.restoreState(state) }
    let friend = try Testbench { ($0.seal, $0.open) = (mask, unmask) }
    try friend.accelerator.restoreState(state)
    #expect(try friend.encap(Samples.packet(), on: sa) == (try bench.encap(Samples.packet(), on: sa)))
  }

  @Test func `a state sealed with one key is not opened with another, and not without one`() throws {
    let key = Key([UInt8](0..<32)), other = Key([UInt8](1..<33))
    let bench = try Testbench { $0.sealState(with: key) }
    let sa = try bench.addSA(Samples.gcmTunnel)
    let state = bench.accelerator.saveState()
    #expect(!state.contains(sequence: Samples.key))
    #expect(state != bench.accelerator.saveState(), "the nonce is new each time")
    for customize in [{ $0.sealState(with: other) }, { _ in }] as [(inout AcceleratorProfile) -> Void] {
      let stranger = try Testbench(version: .v2_0, customize)
      #expect(throws: StateError.self) { try stranger.accelerator.restoreState(state) }
    }
    let wrong = try Testbench { $0.sealState(with: other) }
    #expect(throws: StateError.keys) { try wrong.accelerator.restoreState(state) }
    let friend = try Testbench { $0.sealState(with: key) }
    try friend.accelerator.restoreState(state)
    #expect(try friend.encap(Samples.packet(), on: sa) == (try bench.encap(Samples.packet(), on: sa)))
  }

  @Test func `a seal notices any bit that is turned over`() {
    let seal = StateSeal(Key([UInt8](0..<32))) { [UInt8](repeating: 3, count: $0) }
    for count in [0, 1, 16, 100] {
      let plain = (0..<count).map { UInt8($0) }
      let sealed = seal.seal(plain)
      #expect(seal.open(sealed) == plain)
      for index in sealed.indices {
        var bad = sealed
        bad[index] ^= 0x10
        #expect(seal.open(bad) == nil)
      }
      for short in 0..<sealed.count { #expect(seal.open(Array(sealed[..<short])) == nil) }
    }
  }

  @Test func `a state that does not fit is refused by name, and nothing has changed`() throws {
    let bench = try Testbench()
    _ = try bench.addGroup()
    for _ in 0..<3 { _ = try bench.addSA(Samples.gcmTunnel) }
    let state = bench.accelerator.saveState()
    func refusal(_ state: [UInt8], _ customize: (inout AcceleratorProfile) -> Void = { _ in }) throws -> StateError? {
      let other = try Testbench(version: .v2_0, customize)
      let before = other.accelerator.saveState()
      do throws(StateError) { try other.accelerator.restoreState(state) } catch {
        #expect(other.accelerator.saveState() == before)
        return error
      }
      return nil
    }
    #expect(try refusal(state) == nil)
    #expect(try refusal(state) { $0.limits.sas = 2 } == .limit("SAs"))
    #expect(try refusal(state) { $0.limits.groups = 0 } == .limit("groups"))
    #expect(try refusal(state) { $0.features.subtract(FeatureSet(.esn)) } == .features(missing: "[6]"))
    func changed(_ offset: Int, _ value: UInt8) -> [UInt8] {
      var body = Array(state.dropLast(StateDigest.byteCount))
      body[offset] = value
      return StateDigest.append(to: body)
    }
    #expect(try refusal(changed(0, 0)) == .notAState)
    #expect(try refusal(changed(4, 9)) == .format(found: 9, known: 2))
    #expect(try refusal(changed(9, 3)) == .version("3.0"))
    let longer = StateDigest.append(to: Array(state.dropLast(StateDigest.byteCount)) + [0])
    #expect(try refusal(longer) == .length("end"))
    #expect(try refusal(state + [0]) == .damaged)
    for length in 0..<state.count { #expect(try refusal(Array(state[..<length])) != nil) }
    // Behind the header, any bit that is turned over is noticed.
    for index in 26..<state.count {
      var damaged = state
      damaged[index] ^= 1 << UInt8(index % 8)
      #expect(try refusal(damaged) == .damaged)
    }
  }

  @Test func `a state whose SAs need features that it does not have is refused`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.extendedSequence = true
    _ = try bench.addSA(description)
    var body = Array(bench.accelerator.saveState().dropLast(StateDigest.byteCount))
    // The features stand behind magic, format and version.
    body[10] &= ~(1 << Feature.esn.rawValue)
    let state = StateDigest.append(to: body)
    #expect(throws: StateError.features(missing: "[6]")) { try bench.accelerator.restoreState(state) }
  }

  @Test func `a state of random bytes never crashes the device`() throws {
    let bench = try Testbench()
    for _ in 0..<3 { _ = try bench.addSA(Samples.gcmTunnel, direction: .inbound) }
    let state = bench.accelerator.saveState()
    var random = SplitMix(seed: Self.seed)
    let other = try Testbench()
    for _ in 0..<3000 {
      var bytes = Array(state.dropLast(StateDigest.byteCount))
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try? other.accelerator.restoreState(StateDigest.append(to: bytes))
      _ = other.accelerator.saveState()
    }
  }

  @Test(arguments: [17, 100, 4096]) func `a guest moves the state in pieces`(piece: UInt32) throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    _ = try bench.encap(Samples.packet(), on: sa)
    var state: [UInt8] = []
    var total = UInt64.max
    while UInt64(state.count) < total {
      var parts = Parts()
      parts[\V2_0.SaveState.offset] = UInt64(state.count)
      parts[\V2_0.SaveState.maxLength] = piece
      let answer = try bench.command("save_state", parts, room: 8192)
      total = answer[\V2_0.StateChunk.total]
      state += answer.bytes("state")
    }
    let other = try Testbench()
    var offset = 0
    while offset < state.count {
      let end = min(offset + Int(piece), state.count)
      var parts = Parts()
      parts[\V2_0.StateChunk.offset] = UInt64(offset)
      parts[\V2_0.StateChunk.total] = total
      parts.setBytes("state", Array(state[offset..<end]))
      _ = try other.command("restore_state", parts)
      offset = end
    }
    #expect(try other.encap(Samples.packet(), on: sa) == (try bench.encap(Samples.packet(), on: sa)))
    var parts = Parts()
    parts[\V2_0.StateChunk.total] = total
    parts.setBytes("state", Array(state.prefix(10)))
    #expect(throws: TestbenchError.status(.invalidState)) { try other.command("restore_state", parts) }
  }
}

extension [UInt8] {
  /// Whether the bytes stand somewhere in these.
  func contains(sequence bytes: [UInt8]) -> Bool {
    count >= bytes.count && (0...count - bytes.count).contains { Array(self[$0..<$0 + bytes.count]) == bytes }
  }
}
