import Clockwork
import Spec
import Testing

@testable import CycleModel

/// The pipeline against what can be worked out on paper.
@Suite struct ClosedFormTests {
  static let sizes: [UInt32] = [64, 256, 1_424, 9_000]

  private func isNear(_ measured: Double, _ expected: Double) -> Bool { abs(measured / expected - 1) < 0.01 }

  /// Cycles of a lane for each of the sizes: blocks times rounds, and what a packet costs on top.
  static let cycles: [(cipher: CipherAlgorithm, cycles: [UInt64])] = [
    (.aesCBC, [4 * 14 + 14, 16 * 14 + 14, 89 * 14 + 14, 7_875 + 14]),
    (.aesGCM16, [4 + 8, 16 + 8, 89 + 8, 563 + 8]),
    (.chaCha20Poly1305, [20 + 24, 80 + 24, 445 + 24, 2_813 + 24]),
    (.tripleDESCBC, [8 * 48 + 8, 32 * 48 + 8, 178 * 48 + 8, 1_125 * 48 + 8]),
  ]

  @Test(arguments: sizes.indices, cycles.indices)
  func `one lane gives its bytes a cycle`(size: Int, cipher: Int) throws {
    var profile = boundless
    profile.lanes = 1
    let (cipher, cycles) = (Self.cycles[cipher].cipher, Self.cycles[cipher].cycles[size])
    let size = Self.sizes[size]
    // Clocked for 5 million packets a second, so that slow engines complete enough of them to measure.
    profile.coreFrequency = cycles * 5_000_000
    let measured = try throughput(profile, Request(bytesIn: size, bytesOut: 16, cipher: cipher))
    #expect(isNear(measured, 5_000_000))
  }

  /// The bus for reads carries the packet, its header and its descriptors, each in whole cycles.
  @Test(arguments: sizes, [8, 32, 64] as [UInt32])
  func `the bus gives its bytes a cycle`(size: UInt32, width: UInt32) throws {
    var profile = boundless
    (profile.busRate, profile.coreFrequency) = (Rate(bytes: width), 100_000_000_000)
    profile.fetchPrefetch = 1
    let request = Request(bytesIn: size, bytesOut: 16, cipher: .null)
    let measured = try throughput(profile, request)
    func cycles(_ bytes: UInt32) -> Double { Double((bytes + width - 1) / width) }
    let perPacket = cycles(size) + cycles(32) + cycles(2 + 3 * 16)
    #expect(isNear(measured, Double(profile.busFrequency) / perPacket))
  }

  @Test(arguments: [4, 25, 100] as [UInt64])
  func `the parser gives a request every so many cycles`(cycles: UInt64) throws {
    var profile = boundless
    profile.parseCycles = cycles
    let measured = try throughput(profile, Request(bytesIn: 64, bytesOut: 64, cipher: .null))
    #expect(isNear(measured, Double(profile.coreFrequency) / Double(cycles)))
  }

  /// Each read is away for its latency and its own cycle on the bus.
  @Test(arguments: [1, 2, 4, 16] as [UInt64])
  func `reads outstanding over latency limit the input`(outstanding: UInt64) throws {
    var profile = boundless
    (profile.inputOutstanding, profile.readLatency) = (outstanding, 499)
    let measured = try throughput(profile, Request(bytesIn: 4_096, bytesOut: 64, cipher: .null))
    let lanes = Double(profile.lanes) * Double(profile.coreFrequency) / 64
    #expect(isNear(measured, min(lanes, Double(outstanding) * Double(profile.busFrequency) / 500)))
  }

  @Test(arguments: [true, false]) func `one data path for both directions carries their sum`(duplex: Bool) throws {
    var profile = boundless
    (profile.busRate, profile.busDuplex, profile.fetchPrefetch) = (Rate(bytes: 32), duplex ? 1 : 0, 1)
    let measured = try throughput(profile, Request(bytesIn: 1_600, bytesOut: 1_600, cipher: .null))
    let read = 50.0 + 1 + 2
    // The used ring takes 3 cycles for each eight.
    let written = 50 + 3.0 / 8
    #expect(isNear(measured, Double(profile.busFrequency) / (duplex ? max(read, written) : read + written)))
  }

  /// 103 cycles a packet on a lane; the parser passes one every 10.
  @Test func `twice the lanes give twice the throughput until the parser is the bottleneck`() throws {
    var profile = boundless
    profile.parseCycles = 10
    let request = Request(bytesIn: 1_520, bytesOut: 64, cipher: .aesGCM16)
    for lanes in [1, 2, 4, 8, 16, 32] as [UInt64] {
      profile.lanes = lanes
      let expected = Double(profile.coreFrequency) * min(Double(lanes) / 103, 1 / 10)
      #expect(isNear(try throughput(profile, request), expected), "\(lanes) lanes")
    }
  }

  /// AES-GCM: 97 cycles, and 30 until the last byte is out; ChaCha20-Poly1305: 469.
  @Test func `a packet of a bundle occupies its lane once for each SA`() throws {
    var profile = boundless
    profile.lanes = 1
    var request = Request(bytesIn: 1_424, bytesOut: 64, cipher: .aesGCM16)
    request.algorithms.append(.chaCha20Poly1305, .null)
    #expect(isNear(try throughput(profile, request), Double(profile.coreFrequency) / (97 + 30 + 469)))
    request.algorithms.append(.aesGCM16, .null)
    #expect(isNear(try throughput(profile, request), Double(profile.coreFrequency) / (97 + 30 + 469 + 20 + 97)))
    request.algorithms = AlgorithmSequence(.aesGCM16, .null)
    let alone = try latency(request)
    request.algorithms.append(.chaCha20Poly1305, .null)
    #expect(try latency(request) - alone == (469 + 20) * 1_000)
  }

  /// Picoseconds of a lone packet, at 1 GHz.
  private func latency(_ request: Request) throws -> UInt64 {
    var profile = Profile()
    (profile.coreFrequency, profile.busFrequency) = (1_000_000_000, 1_000_000_000)
    var simulation = Simulation(try Pipeline(Traffic(mix: [request], count: 1), profile: profile))
    simulation.run()
    return try #require(simulation.machine.statistics(at: simulation.kernel.now).latency.maximum)
  }

  @Test func `a lone packet takes the sum of what the units take`() throws {
    var profile = Profile()
    (profile.coreFrequency, profile.busFrequency) = (1_000_000_000, 1_000_000_000)
    (profile.usedTimeout, profile.interruptTimeout) = (70, 90)
    let traffic = Traffic(mix: [Request(bytesIn: 1_424, bytesOut: 1_460, cipher: .aesGCM16)], count: 1)
    var simulation = Simulation(try Pipeline(traffic, profile: profile))
    simulation.run()
    let fetch = 400 + 2 + 400 + 1  // 50 bytes of descriptors, 32 of header
    let lookUp = 4 + 2 + (400 + 8) + 8  // parse, look-up, 256 bytes of SA, what a miss costs
    let packet = 400 + 45 + (8 + 89 + 30) + 100 + 46  // read, lane, write
    let completion = 70 + 100 + 1 + 90 + 500  // batch, used ring, moderation, interrupt
    let latency = simulation.machine.statistics(at: simulation.kernel.now).latency.maximum
    #expect(latency == UInt64(300 + fetch + lookUp + packet + completion) * 1_000)
  }
}
