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
      Each round gives every contender one batch of 256 packets, in turn. Time is the thread's processor time, so that \
      other processes do not count. Printed are medians; a ratio is the median of the rounds' ratios. A ratio of 1.50 \
      means that the engine takes two thirds of the baseline's time.
      """)

  @Option(help: "How many rounds.")
  var rounds = 1001

  @Option(parsing: .upToNextOption, help: "Lengths of the packets.")
  var bytes = [64, 256, 1420]

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard !bytes.isEmpty, bytes.allSatisfy({ (20...9000).contains($0) }) else {
      throw ValidationError("--bytes: lengths are within 20 … 9000, the first that of an IPv4 header")
    }
  }

  func run() throws {
    print("AES-128-GCM, IPv4 in IPv4 tunnel, whole packet work. ns a packet: careful C, by the calls of OpenSSL's")
    print("manual; lean C, by the engine's calls; the engine, called with one packet or with a burst. Allocations in a")
    print("batch of the engine.\n")
    print("                                                  to careful C     to lean C")
    print("bytes  ESN  direction careful   lean    one  burst    one  burst    one  burst  allocations")
    for count in bytes {
      for extended in [false, true] { try compareTunnels(count, extended) }
    }
    try compareMACs()
    try printMemory()
    let allocations = try allocationsOfAll()
    print("\nallocations of 256 packets each way, all suites, ESP and AH; one by one, bursts, pieces: \(allocations)")
    // A debug build allocates everywhere, and is not judged.
    guard allocations == 0 || _isDebugAssertConfiguration() else {
      throw CommandError("the engine allocates on its hot path")
    }
  }

  private func compareTunnels(_ count: Int, _ extended: Bool) throws {
    let batch = Batch(bytes: count)
    let engine = Engine.parameters(extended: extended)
    let contenders: [any Tunnel] = [
      try CTunnel(extended: extended, lean: false), try CTunnel(extended: extended, lean: true),
      try OneByOne(engine), try Bursts(engine),
    ]
    let timings = try measure(contenders, batch)
    let allocations = try countAllocations(contenders.dropFirst(2), batch)
    for (direction, path) in [("encap", \Timing.encap), ("decap", \Timing.decap)] {
      let times = timings.map { $0.map { $0[keyPath: path] } }
      print(
        String(
          format: "%5d  %@  %@      %6.1f %6.1f %6.1f %6.1f  %5.2f  %5.2f  %5.2f  %5.2f  %11d", count,
          extended ? "yes" : " no", direction, times[0].median, times[1].median, times[2].median, times[3].median,
          ratio(times[0], times[2]), ratio(times[0], times[3]), ratio(times[1], times[2]), ratio(times[1], times[3]),
          allocations))
    }
  }

  private func compareMACs() throws {
    print(
      """

      AES-128-CBC with HMAC-SHA1-96, 64 bytes, encap. Both C loops encrypt and authenticate, and write no headers;
      the plain one hands EVP_EncryptInit_ex and EVP_MAC_init their keys with each packet, the careful one once.
      The engine does the whole packet.

      contender     ns   ratio to plain C  to careful C  allocations
      """)
    let batch = Batch(bytes: 64)
    let suite = Parameters.Protection.separate(
      .aesCBC, key: Key(0..<16), .hmacSHA1_96, authenticationKey: Key(0..<20))
    let engine = Engine.parameters(extended: false, protection: suite)
    let contenders: [any Tunnel] = [
      try CMACLoop(careful: false), try CMACLoop(careful: true), try OneByOne(engine), try Bursts(engine),
    ]
    let times = try measure(contenders, batch).map { $0.map(\.encap) }
    let allocations = try countAllocations(contenders.dropFirst(2), batch)
    for (index, name) in ["plain C  ", "careful C", "one      ", "burst    "].enumerated() {
      print(
        String(
          format: "%@ %6.1f  %17.2f  %12.2f", name, times[index].median, ratio(times[0], times[index]),
          ratio(times[1], times[index])) + (index < 2 ? "" : String(format: "  %11d", allocations)))
    }
  }

  /// What associations cost, measured by making many, each with a key of its own.
  private func printMemory() throws {
    print("\nmemory of an AES-128-GCM association, in bytes: heap, and locked for its key")
    try printMemory("outbound") { try OutboundAssociation(Engine.parameters(extended: true)) }
    try printMemory("inbound ") { try InboundAssociation(Engine.parameters(extended: true)) }
  }

  private func printMemory<Association>(_ name: String, _ make: () throws -> Association) throws {
    let count = 2000
    var kept: [Association] = []
    kept.reserveCapacity(count)
    let before = (heap: esp_heap_bytes(), locked: esp_locked_bytes())
    for _ in 0..<count { kept.append(try make()) }
    let heap = (esp_heap_bytes() - before.heap) / kept.count
    print(String(format: "%@ %6d %6d", name, heap, (esp_locked_bytes() - before.locked) / kept.count))
  }

  /// A batch's times for each contender, in rounds.
  private func measure(_ contenders: [any Tunnel], _ batch: Batch) throws -> [[Timing]] {
    var timings = Array(repeating: [Timing](), count: contenders.count)
    for round in 0..<rounds + rounds / 10 {
      for (index, contender) in contenders.enumerated() {
        let start = now()
        try contender.encapsulate(batch)
        let middle = now()
        try contender.decapsulate(batch)
        let timing = Timing(
          encap: (middle - start) / Double(batch.count), decap: (now() - middle) / Double(batch.count))
        // The first rounds warm up.
        if round >= rounds / 10 { timings[index].append(timing) }
      }
    }
    return timings
  }

  private func countAllocations(_ contenders: some Sequence<any Tunnel>, _ batch: Batch) throws -> UInt64 {
    let before = esp_allocations()
    for contender in contenders {
      try contender.encapsulate(batch)
      try contender.decapsulate(batch)
    }
    return esp_allocations() - before
  }

  /// Allocations over every algorithm, in ESP and, where it only authenticates, in AH.
  private func allocationsOfAll() throws -> UInt64 {
    let batch = Batch(bytes: 256)
    var total: UInt64 = 0
    for parameters in Engine.all {
      let contenders: [any Tunnel] = [
        try OneByOne(parameters), try Bursts(parameters), try Pieces(parameters),
      ]
      // The first batch fills what libcrypto makes once.
      _ = try countAllocations(contenders, batch)
      total += try countAllocations(contenders, batch)
    }
    return total
  }

  private func ratio(_ baseline: [Double], _ times: [Double]) -> Double { zip(baseline, times).map { $0 / $1 }.median }
}

/// What a packet took, in nanoseconds.
private struct Timing {
  var encap: Double
  var decap: Double
}

extension [Double] {
  fileprivate var median: Double { sorted()[count / 2] }
}

/// The processor time of this thread, in nanoseconds: waiting for a processor that others keep busy does not count.
private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
