import Device
import ESP
import Model
import Spec
import Testbench
import Virtio
import Wire

/// A guest that does a bit of everything, as a seed says; what it sees is its trace.
struct Workload {
  private let version: SpecVersion
  private var random: SplitMix
  private var groups: [Handle] = []
  private var sas: [TestSA] = []
  private var pairs: [(dh: UInt64, value: [UInt8])] = []
  /// Packets that came out of an SA, by the SPI of the inbound one that takes them.
  private var sealed: [UInt32: [[UInt8]]] = [:]
  private var spis: [TestSA: UInt32] = [:]

  init(_ version: SpecVersion, seed: UInt64) {
    self.version = version
    random = SplitMix(seed: seed)
  }

  /// A device for it, in which nothing is left to chance.
  static func makeBench(_ version: SpecVersion, notificationBuffers: Int = 8) throws -> Testbench {
    try Testbench(version: version, memory: 1 << 20, notificationBuffers: notificationBuffers) {
      $0.random = { [UInt8](repeating: 0x5a, count: $0) }
      $0.quirks = [.zeroHandleIsNoGroup]
    }
  }

  /// One step; what the guest sees of it.
  mutating func step(_ bench: Testbench) -> String {
    let seen: String
    do { seen = try act(bench) } catch { seen = "\(error)" }
    defer { bench.forgetNotifications() }
    return "\(seen) \(bench.notifications)"
  }

  private mutating func act(_ bench: Testbench) throws -> String {
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      groups.append(try bench.addGroup())
      return "group \(groups.last!)"
    case 1, 2, 3: return try addPair(bench)
    case 4:
      guard let sa = sas.randomElement(using: &random) else { return "" }
      // It stays in the list: what names it from now on names nothing.
      try bench.deleteSA(sa)
      return "deleted"
    case 5: return try flush(bench)
    case 6, 7: return version >= .v2_0 ? try modern(bench) : try legacy(bench)
    default: return try packet(bench)
    }
  }

  /// An SA in each direction, with the same keys.
  private mutating func addPair(_ bench: Testbench) throws -> String {
    var description = Samples.gcmTunnel
    let spi = UInt32.random(in: 256...0xffff, using: &random)
    description.parameters.spi = spi
    description.parameters.extendedSequence = Bool.random(using: &random)
    description.parameters.replayWindow = [0, 32, 1000].randomElement(using: &random)!
    if Bool.random(using: &random) { description.parameters.mode = .tunnel(source: .v6(1, 2), destination: .v6(3, 4)) }
    if Bool.random(using: &random) { description.parameters.udpEncapsulation = .init() }
    if Bool.random(using: &random) {
      description.notifications.events = [.sequencePeriodic, .softLifetime]
      description.notifications.interval = 2
      description.parameters.lifetime.softBytes = 1024
      if version == .v2_0 { description.parameters.lifetime.hardPackets = 9 }
    }
    let group = Bool.random(using: &random) ? groups.randomElement(using: &random) : nil
    for direction in Direction.allCases {
      let sa = try bench.addSA(description, direction: direction, group: group)
      sas.append(sa)
      spis[sa] = spi
    }
    return "SAs \(sas.suffix(2).map(\.handle))"
  }

  private mutating func flush(_ bench: Testbench) throws -> String {
    guard Int.random(in: 0..<4, using: &random) == 0 else { return "" }
    if version == .v2_0 { return "\(try bench.command("flush_sa_all", Parts()).bytes(""))" }
    return "\(try bench.control([2, 16], room: 2))"
  }

  private mutating func packet(_ bench: Testbench) throws -> String {
    guard let sa = sas.randomElement(using: &random), let spi = spis[sa] else { return "" }
    if sa.direction == .inbound {
      guard let packet = sealed[spi]?.randomElement(using: &random) else { return "" }
      return "\(try bench.decap(packet, on: sa))"
    }
    let packet = Samples.packet(Int.random(in: 0...500, using: &random))
    let output = try bench.encap(packet, on: sa)
    sealed[spi, default: []].append(output)
    return "\(output)"
  }

  private mutating func legacy(_ bench: Testbench) throws -> String {
    // Capabilities, random bytes, and a command that is not known.
    let choices: [([UInt8], Int)] = [([1, 1], 10), ([3, 1], 30), ([2, 99], 2)]
    let (bytes, room) = choices.randomElement(using: &random)!
    return "\(try bench.control(bytes, room: room))"
  }

  private mutating func modern(_ bench: Testbench) throws -> String {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      var parts = Parts()
      parts[\V2_0.DHGenerate.dhGroup] = [19, 31].randomElement(using: &random)!
      let answer = try bench.command("dh_generate", parts)
      pairs.append((answer[\V2_0.DHPublic.dh], answer.bytes("public_value")))
      return "\(pairs.last!)"
    case 1:
      guard let pair = pairs.randomElement(using: &random) else { return "" }
      var parts = Parts()
      parts[\V2_0.DHPublic.dh] = pair.dh
      parts.setBytes("peer_value", pair.value)
      return "\(try bench.command("dh_compute", parts).bytes("secret"))"
    case 2:
      var parts = Parts()
      parts[\V2_0.SetCapabilities.legacyCiphers] = [0, 2, 4].randomElement(using: &random)!
      _ = try bench.command("set_capabilities", parts)
      return "\(try bench.command("get_capabilities", Parts())[\V2_0.Capabilities.cipherAlgorithms])"
    default:
      guard let sa = sas.randomElement(using: &random) else { return "" }
      let name = sa.direction == .outbound ? "read_out_sa" : "read_in_sa"
      let request = ModernRequest.grammar.request(name, of: "control", Parts(naming: sa))
      return "\(try bench.control(request, room: 2048))"
    }
  }
}
