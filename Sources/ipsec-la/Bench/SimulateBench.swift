import ArgumentParser
import CBaseline
import Clockwork
import CycleModel
import Device
import ESP
import Foundation
import Simulation
import Spec
import Testbench

/// `ipsec-la bench simulate`: what a packet costs the host in each mode, against the ESP engine alone in the same run.
struct SimulateBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulated packets a second of host time, against the ESP engine alone.",
    discussion: """
      One IPv4 in IPv4 tunnel, packets of 1420 bytes, one core, the default profile, one packet a chain: a plan of the \
      library's, and a scenario as `ipsec-la simulate` runs it, which keeps statistics. Each round gives every \
      contender the same number of packets, in turn. Time is the thread's processor time. Printed are medians; \
      `above` is what a mode takes beyond the engine, much the same whatever protects the packets; a ratio is the \
      median of the rounds' ratios, and 0.60 means that the mode does 0.6 of the packets that the engine alone does in \
      the same time.
      """)

  @Option(help: "How many rounds.")
  var rounds = 15

  @Option(help: "Packets a round.")
  var packets: UInt64 = 20_480

  @Option(help: "Packets of the long runs, which show whether memory grows.")
  var long: UInt64 = 10_000_000

  @Option(parsing: .upToNextOption, help: BenchSuite.help)
  var suites = BenchSuite.mandatory

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard packets > 0, long > 0 else { throw ValidationError("--packets, --long: nothing would be measured.") }
  }

  func run() throws {
    for suite in suites { try compare(suite) }
    try printMemory()
  }

  private func compare(_ suite: BenchSuite) throws {
    let batch = Batch(bytes: 1420)
    let engine = try OneByOne(suite.parameters)
    var times = Array(repeating: [Double](), count: Contender.allCases.count + 1)
    for round in 0...rounds {
      let results = [try time(engine, batch)] + (try Contender.allCases.map { try time($0, suite) })
      // The first round warms up.
      if round > 0 { for (index, result) in results.enumerated() { times[index].append(result) } }
    }
    let name = suite.rawValue.padding(toLength: 28, withPad: " ", startingAt: 0)
    print(name, " ns a packet   above  M packets/s  of the engine")
    line("ESP engine alone", times[0], times[0])
    for (index, contender) in Contender.allCases.enumerated() { line(contender.name, times[0], times[index + 1]) }
    for (slow, quick) in Contender.observed {
      let ratio = ratio(times[1 + slow.index], times[1 + quick.index])
      print(String(format: "%@ takes %.2f times as long with statistics", quick.name, ratio))
    }
    print("")
  }

  private func line(_ name: String, _ engine: [Double], _ times: [Double]) {
    let time = times.median
    let name = name.padding(toLength: 28, withPad: " ", startingAt: 0)
    let above = zip(engine, times).map { $1 - $0 }.median
    print(name, String(format: "%12.1f %7.1f %12.2f %14.2f", time, above, 1_000 / time, ratio(engine, times)))
  }

  private func ratio(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).map { $0 / $1 }.median }

  /// The engine's nanoseconds a packet.
  private func time(_ engine: OneByOne, _ batch: Batch) throws -> Double {
    var total = 0.0
    let batches = max(1, Int(packets) / batch.count)
    for _ in 0..<batches {
      let start = now()
      try engine.encapsulate(batch)
      total += now() - start
      try engine.decapsulate(batch)
    }
    return total / Double(batches * batch.count)
  }

  private func time(_ contender: Contender, _ suite: BenchSuite) throws -> Double {
    let run = try contender.run(packets, suite)
    let start = now()
    run.advance()
    let time = now() - start
    guard run.statistics.completed == packets else { throw CommandError("\(contender.name) lost packets") }
    return time / Double(packets)
  }

  /// Memory once a long run is in its stride, in its middle, and at its end.
  private func printMemory() throws {
    print("memory in kB over a run of \(long) packets: resident, and of it on the heap")
    print("                                  after 1 %       after 50 %        at the end   M packets/s")
    for contender in [Contender.timed, .timingOnly] {
      let run = try contender.run(long, suites[0])
      var line = contender.name.padding(toLength: 26, withPad: " ", startingAt: 0)
      let start = now()
      for limit in [long / 100, long / 2, long] {
        while run.statistics.completed < limit, !run.isFinished { run.advance(until: run.now + 100_000_000) }
        line += String(format: "%9d %7d", Self.residentBytes / 1_000, esp_heap_bytes() / 1_000)
      }
      let rate = Double(long) / (now() - start) * 1_000
      print(line + String(format: " %12.2f", rate))
      guard run.statistics.completed == long else { throw CommandError("\(contender.name) lost packets") }
    }
  }

  /// What of the process is in memory, as the kernel counts it.
  private static var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
  }
}

/// What is measured.
private enum Contender: CaseIterable {
  case functional, timed, timedObserved, timingOnly, timingOnlyObserved
  case scenarioFunctional, scenarioTimed, scenarioTimingOnly

  var name: String {
    switch self {
    case .functional: "functional"
    case .timed: "timed"
    case .timedObserved: "timed, with statistics"
    case .timingOnly: "timing-only"
    case .timingOnlyObserved: "timing-only, with statistics"
    case .scenarioFunctional: "scenario, functional"
    case .scenarioTimed: "scenario, timed"
    case .scenarioTimingOnly: "scenario, timing-only"
    }
  }

  var index: Int { Self.allCases.firstIndex(of: self)! }

  /// With statistics, and without.
  static let observed: [(Contender, Contender)] = [(.timedObserved, .timed), (.timingOnlyObserved, .timingOnly)]

  func run(_ count: UInt64, _ suite: BenchSuite) throws -> Run {
    switch self {
    case .scenarioFunctional, .scenarioTimed, .scenarioTimingOnly:
      try ScenarioRun(scenario(count, suite)).start(isTraced: false)
    default: try Run(plan(count, suite), trace: nil)
    }
  }

  private var mode: Scenario.Mode {
    switch self {
    case .functional, .scenarioFunctional: .functional
    case .timed, .timedObserved, .scenarioTimed: .timed
    case .timingOnly, .timingOnlyObserved, .scenarioTimingOnly: .timingOnly
    }
  }

  private func scenario(_ count: UInt64, _ suite: BenchSuite) -> Scenario {
    var scenario = Scenario(name: "bench")
    scenario.mode = mode
    scenario.associations = [
      ScenarioAssociation(name: "tunnel", direction: .outbound, parameters: suite.parameters)
    ]
    let sizes = PacketSizes([.init(1420)])
    scenario.flows = [.init(association: 0, content: .sizes(sizes), count: count)]
    return scenario
  }

  private func plan(_ count: UInt64, _ suite: BenchSuite) -> Plan {
    var packet = [UInt8](repeating: 0, count: 1420)
    // IPv4, 1420 bytes in all.
    packet.replaceSubrange(0..<4, with: [0x45, 0, 0x05, 0x8c])
    let mode: Mode =
      switch mode {
      case .functional: .functional
      case .timed: .timed()
      case .timingOnly: .timingOnly()
      }
    var plan = Plan(mode: mode, associations: [suite.description], flows: [.init(count: count, packets: [packet])])
    plan.isObserved = self == .timedObserved || self == .timingOnlyObserved
    return plan
  }
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
