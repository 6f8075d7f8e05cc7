import ArgumentParser
import Clockwork
import Foundation
import Simulation

/// The options that say what a run is to leave behind.
struct RunOutput: ParsableArguments {
  enum StatisticsFormat: String, ExpressibleByArgument, CaseIterable { case json, csv }

  @Option(
    help: """
      Print all numbers instead of the summary: json, whose units object has the unit of each number by its path, as \
      in device.latency.p50 (what it does not have is a count), or csv.
      """)
  var stats: StatisticsFormat?

  @Option(help: ArgumentHelp("Write a value change dump, for GTKWave.", valueName: "file")) var vcd: String?

  @Option(
    help: ArgumentHelp(
      """
      Write a trace for Perfetto, with one flow for each request: a packet, or a chain of several packets with \
      packets-per-chain.
      """, valueName: "file"))
  var trace: String?

  @Option(help: ArgumentHelp("Write the packets that went into the device.", valueName: "file")) var pcapIn: String?

  @Option(help: ArgumentHelp("Write the packets that came out.", valueName: "file")) var pcapOut: String?

  @Option(help: ArgumentHelp("Write a report with plots, in one file.", valueName: "file")) var html: String?

  /// Runs the scenario, prints the summary and writes the files.
  ///
  /// - Parameters:
  ///   - origin: where the run goes on; nil for its start.
  ///   - checkpoint: what is to be written on the way.
  ///   - inputs: files that were read, which nothing is written over.
  /// - Throws: `CommandError` when a file cannot be written; there is a whole file, or none.
  func run(
    _ scenario: Scenario, from origin: Mark?, _ checkpoint: CheckpointFile?, inputs: [String]
  ) throws -> Results {
    try check(scenario, checkpoint?.path, inputs)
    // Opened first: nobody waits for a run whose files cannot be written.
    let files = try RunFiles(self)
    let bar = ProgressBar()
    let results: Results
    do throws(SimulationError) {
      var run = ScenarioRun(scenario)
      run.progress = { bar.show($0.done, of: $0.total) }
      run.origin = origin
      files.attach(to: &run, scenario)
      checkpoint?.attach(to: &run)
      results = try run.run()
    } catch {
      bar.end()
      throw CommandError(Self.text(of: error, in: scenario))
    }
    bar.end()
    try files.finish(results)
    try checkpoint?.finish()
    switch stats {
    case .json: print(try StatisticsText.json(results))
    case .csv: print(StatisticsText.csv(results), terminator: "")
    case nil: print(SummaryTable(results), terminator: "")
    }
    return results
  }

  /// Says which scenario cannot run, unless it says already where the mistake is.
  private static func text(of error: SimulationError, in scenario: Scenario) -> String {
    let isPlaced = scenario.associations.contains { !$0.place.isEmpty && "\(error)".hasPrefix($0.place) }
    return isPlaced ? "\(error)" : "\(scenario.name): \(error)"
  }

  /// What a mode does not have cannot be written.
  private func check(_ scenario: Scenario, _ checkpoint: String?, _ inputs: [String]) throws(CommandError) {
    if scenario.mode == .functional {
      for (option, path) in [("--vcd", vcd), ("--trace", trace), ("--html", html)] where path != nil {
        throw CommandError("\(option): functional mode has no time; allowed are timed and timing-only")
      }
    }
    if scenario.mode == .timingOnly {
      for (option, path) in [("--pcap-in", pcapIn), ("--pcap-out", pcapOut)] where path != nil {
        throw CommandError("\(option): timing-only mode has no packets; allowed are functional and timed")
      }
    }
    let paths = [vcd, trace, pcapIn, pcapOut, html, checkpoint].compactMap(\.self)
    for (index, path) in paths.enumerated() where paths[..<index].contains(where: { FilePath.isSameFile($0, path) }) {
      throw CommandError("\(path): is named twice")
    }
    for path in paths where inputs.contains(where: { FilePath.isSameFile(path, $0) }) {
      throw CommandError("\(path): is an input as well; name another output")
    }
  }
}

/// The files of a run.
private final class RunFiles {
  private let vcd, trace, pcapIn, pcapOut, html: StreamedFile?

  init(_ output: RunOutput) throws(CommandError) {
    func open(_ path: String?) throws(CommandError) -> StreamedFile? {
      guard let path else { return nil }
      return try StreamedFile(path)
    }
    (vcd, trace, html) = (try open(output.vcd), try open(output.trace), try open(output.html))
    (pcapIn, pcapOut) = (try open(output.pcapIn), try open(output.pcapOut))
  }

  /// Has the run write as it goes on.
  func attach(to run: inout ScenarioRun, _ scenario: Scenario) {
    if vcd != nil || trace != nil { attachTraces(to: &run, scenario) }
    if let pcapIn {
      let writer = CaptureWriter { pcapIn.write($0) }
      run.packetIn = { writer.write($0, at: $1) }
    }
    if let pcapOut {
      let writer = CaptureWriter { pcapOut.write($0) }
      run.packetOut = { writer.write($0, at: $1) }
    }
  }

  private func attachTraces(to run: inout ScenarioRun, _ scenario: Scenario) {
    var dump = vcd.map { file in VCDWriter(scenario) { file.write($0.utf8) } }
    var flows = trace.map { file in PerfettoWriter(scenario) { file.write($0) } }
    func follow(_ records: Span<TraceRecord>) {
      dump?.follow(records)
      flows?.follow(records)
    }
    func begin(at instant: Instant) {
      dump?.begin(at: instant)
      flows?.begin(at: instant)
    }
    if run.origin == nil { begin(at: .start) } else { run.past = (follow, begin) }
    run.trace = { records in
      dump?.write(records)
      flows?.write(records)
    }
  }

  func finish(_ results: Results) throws(CommandError) {
    html?.write(HTMLReport(results).text.utf8)
    for file in [vcd, trace, pcapIn, pcapOut, html] { try file?.commit() }
  }
}
