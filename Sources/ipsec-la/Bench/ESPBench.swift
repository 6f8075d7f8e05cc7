import ArgumentParser
import CBaseline
import ESP
import Foundation

/// `ipsec-la bench esp`: the engine against careful C, packet by packet, in one run.
struct ESPBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esp",
    abstract: "ESP tunnels against careful C over the same library.",
    discussion: """
      Engine and baseline are measured in turns; the medians are compared. A ratio of 1.50 means that the engine takes two
      thirds of the baseline's time.
      """)

  @Option(help: "How many turns each gets.")
  var rounds = 101

  @Option(parsing: .upToNextOption, help: "Lengths of the packets.")
  var bytes = [64, 256, 1420]

  @Option(help: "How long a turn lasts, in milliseconds.")
  var milliseconds = 2

  func run() throws {
    print("ns a packet, whole packet work, AES-128-GCM tunnel, IPv4 in IPv4")
    print("bytes  ESN  direction       C   engine  ratio  allocations")
    for count in bytes {
      for extended in [false, true] { try compareTunnels(count, extended) }
    }
    print("\nns a packet, AES-128-CBC and HMAC-SHA1-96, 64 bytes; C is an EVP_MAC loop without headers")
    try compareMACs()
    try printMemory()
  }

  private func compareTunnels(_ count: Int, _ extended: Bool) throws {
    let batch = Batch(count: 256, bytes: count)
    let baseline = try CTunnel(extended: extended)
    let engine = try SwiftTunnel(extended: extended)
    var timings = (c: Timings(), swift: Timings())
    for _ in 0..<rounds {
      try measure(baseline, batch, into: &timings.c)
      try measure(engine, batch, into: &timings.swift)
    }
    let allocations = try countAllocations(engine, batch)
    for (direction, path) in [("encap", \Timings.encap), ("decap", \Timings.decap)] {
      let (c, swift) = (timings.c[keyPath: path].median, timings.swift[keyPath: path].median)
      print(row(count, extended, direction, c, swift, allocations))
    }
  }

  private func row(_ count: Int, _ extended: Bool, _ direction: String, _ c: Double, _ swift: Double, _ allocations: UInt64) -> String {
    String(format: "%5d  %@  %@  %7.1f  %7.1f  %5.2f  %11d", count, extended ? "yes" : " no", "\(direction)    ", c, swift, c / swift, allocations)
  }

  /// One turn: batches of encapsulation and decapsulation, timed apart.
  private func measure(_ tunnel: some Tunnel, _ batch: Batch, into timings: inout Timings) throws {
    var (encap, decap, packets) = (0.0, 0.0, 0.0)
    let end = now() + Double(milliseconds) * 1e6
    repeat {
      let start = now()
      try tunnel.encapsulate(batch)
      let middle = now()
      try tunnel.decapsulate(batch)
      decap += now() - middle
      encap += middle - start
      packets += Double(batch.count)
    } while now() < end
    timings.encap.append(encap / packets)
    timings.decap.append(decap / packets)
  }

  private func countAllocations(_ tunnel: some Tunnel, _ batch: Batch) throws -> UInt64 {
    let before = esp_allocations()
    try tunnel.encapsulate(batch)
    try tunnel.decapsulate(batch)
    return esp_allocations() - before
  }

  private func compareMACs() throws {
    let batch = Batch(count: 256, bytes: 64)
    let engine = try SwiftTunnel(
      protection: .separate(
        .aesCBC, key: Key(0..<16), .hmacSHA1_96, authenticationKey: Key(0..<20)))
    let (cipherKey, macKey) = (Array(0..<16) as [UInt8], Array(0..<20) as [UInt8])
    guard let pair = esp_mac_baseline_new(cipherKey, macKey) else { throw CommandError("libcrypto refuses the baseline") }
    defer { esp_mac_baseline_free(pair) }
    var (c, swift): ([Double], Timings) = ([], Timings())
    for _ in 0..<rounds {
      let start = now()
      for index in 0..<batch.count {
        guard esp_mac_baseline_seal(pair, batch.packet(index), 80) else { throw CommandError("the baseline failed") }
      }
      c.append((now() - start) / Double(batch.count))
      batch.reset()
      try measure(engine, batch, into: &swift)
    }
    let allocations = try countAllocations(engine, batch)
    print(row(64, false, "encap", c.median, swift.encap.median, allocations))
  }

  /// What an association costs, measured by making many.
  private func printMemory() throws {
    let count = 2000
    var kept: [OutboundAssociation] = []
    kept.reserveCapacity(count)
    let before = Int(esp_heap_bytes())
    for _ in 0..<count { kept.append(try OutboundAssociation(SwiftTunnel.parameters(extended: true))) }
    let bytes = (Int(esp_heap_bytes()) - before) / kept.count
    print("\n\(bytes) bytes of heap an outbound AES-128-GCM association, and 160 bytes of locked memory for key and salt")
  }
}

/// What is compared.
private protocol Tunnel {
  func encapsulate(_ batch: Batch) throws
  func decapsulate(_ batch: Batch) throws
}

private struct Timings {
  var encap: [Double] = []
  var decap: [Double] = []
}

extension [Double] {
  fileprivate var median: Double { sorted()[count / 2] }
}

/// Packets in buffers of their own, with room around them.
private final class Batch {
  static let room = 128
  let count: Int
  let bytes: Int
  let buffers: [UnsafeMutableRawBufferPointer]
  private let burst: UnsafeMutableBufferPointer<BurstPacket>
  /// Where in its buffer each packet lies at the moment.
  let ranges: UnsafeMutableBufferPointer<Range<Int>>

  init(count: Int, bytes: Int) {
    self.count = count
    self.bytes = bytes
    buffers = (0..<count).map { _ in .allocate(byteCount: bytes + 2 * Self.room, alignment: 64) }
    ranges = .allocate(capacity: count)
    burst = .allocate(capacity: count)
    for index in 0..<count { burst.initializeElement(at: index, to: BurstPacket(buffer: buffers[index], packet: 0..<0)) }
    reset()
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
    ranges.deallocate()
    burst.deallocate()
  }

  /// Fills every buffer with the same IPv4 packet.
  func reset() {
    for (index, buffer) in buffers.enumerated() {
      ranges[index] = Self.room..<Self.room + bytes
      for offset in 0..<bytes { buffer[Self.room + offset] = UInt8(truncatingIfNeeded: offset * 7) }
      buffer.storeBytes(of: UInt32(0x4500_0000 | UInt32(bytes)).bigEndian, toByteOffset: Self.room, as: UInt32.self)
      buffer.storeBytes(of: 0, toByteOffset: Self.room + 4, as: UInt32.self)
    }
  }

  /// Hands all packets to `body` and takes over where they lie afterwards.
  func withBursts(_ body: (inout MutableSpan<BurstPacket>) -> Void) throws {
    for index in 0..<count { burst[index].packet = ranges[index] }
    var packets = burst.mutableSpan
    body(&packets)
    for index in 0..<count {
      guard case .success(let outcome) = burst[index].verdict else { throw CommandError("the engine refused its own packet") }
      ranges[index] = outcome.packet
    }
  }

  func packet(_ index: Int) -> UnsafeMutablePointer<UInt8> {
    (buffers[index].baseAddress! + ranges[index].lowerBound).assumingMemoryBound(to: UInt8.self)
  }
}

private final class CTunnel: Tunnel {
  private static let front = 36
  private let tunnel: OpaquePointer

  init(extended: Bool) throws {
    guard let tunnel = esp_baseline_new(Array(0..<16) as [UInt8], [4, 3, 2, 1], extended) else {
      throw CommandError("libcrypto refuses the baseline")
    }
    self.tunnel = tunnel
  }

  deinit { esp_baseline_free(tunnel) }

  func encapsulate(_ batch: Batch) throws {
    for index in 0..<batch.count {
      let range = batch.ranges[index]
      let length = esp_baseline_encap(tunnel, batch.packet(index), range.count)
      guard length > 0 else { throw CommandError("the baseline failed") }
      batch.ranges[index] = range.lowerBound - Self.front..<range.lowerBound - Self.front + length
    }
  }

  func decapsulate(_ batch: Batch) throws {
    for index in 0..<batch.count {
      let range = batch.ranges[index]
      let length = esp_baseline_decap(tunnel, batch.packet(index), range.count)
      guard length > 0 else { throw CommandError("the baseline refused its own packet") }
      batch.ranges[index] = range.lowerBound + Self.front..<range.lowerBound + Self.front + length
    }
  }
}

private final class SwiftTunnel: Tunnel {
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation

  static func parameters(
    extended: Bool,
    protection: Parameters.Protection = .combined(.aesGCM16, key: Key(0..<16), salt: Key([4, 3, 2, 1]))
  ) -> Parameters {
    var parameters = Parameters(
      spi: 0x1001, mode: .tunnel(source: IPAddress("10.0.0.1")!, destination: IPAddress("10.0.0.2")!), protection: protection)
    parameters.extendedSequence = extended
    parameters.replayWindow = 1024
    return parameters
  }

  convenience init(extended: Bool) throws { try self.init(Self.parameters(extended: extended)) }

  convenience init(protection: Parameters.Protection) throws {
    try self.init(Self.parameters(extended: false, protection: protection))
  }

  private init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  func encapsulate(_ batch: Batch) throws {
    try batch.withBursts { outbound.encapsulate(&$0) }
  }

  func decapsulate(_ batch: Batch) throws {
    try batch.withBursts { inbound.decapsulate(&$0) }
  }
}

private func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) }
