import ArgumentParser
import Simulation

/// The options that say where a run is kept, and from where it goes on.
struct RunCheckpoint: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Keep the run as it is at this cycle of the core's clock; it goes on. With --resume, not before the cycle of that \
      checkpoint.
      """, valueName: "cycle"))
  var checkpointAt: UInt64?

  @Option(
    help: ArgumentHelp(
      "Where to keep it. The file has the scenario's keys: only its owner may read it.", valueName: "file"))
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      """
      Go on with a run that was kept: it is run again to that cycle, unseen, and must come to the same state. Traces \
      and captures are of what comes after it, the summary is of the whole run.
      """, valueName: "file"))
  var resume: String?

  func validate() throws {
    if (checkpointAt == nil) != (checkpoint == nil) {
      throw ValidationError("--checkpoint-at and --checkpoint: one says when, the other where; both are needed.")
    }
  }

  /// The file to be written, if there is to be one.
  ///
  /// - Parameter origin: where the run goes on; nil for its start.
  /// - Throws: `CommandError` when it cannot be.
  func file(
    _ scenario: Scenario, _ source: ScenarioSource, from origin: Mark?
  ) throws(CommandError) -> CheckpointFile? {
    guard let checkpointAt, let checkpoint else { return nil }
    if scenario.mode == .functional {
      throw CommandError("--checkpoint-at: functional mode has no time; allowed are timed and timing-only")
    }
    if let origin, let resume, checkpointAt < origin.cycle {
      throw CommandError(
        "--checkpoint-at: cycle \(checkpointAt) is before cycle \(origin.cycle), where \(resume) goes on")
    }
    return try CheckpointFile(checkpoint, cycle: checkpointAt, scenario, source)
  }
}

/// A checkpoint that a run writes on its way.
final class CheckpointFile {
  let path: String
  private let file: StreamedFile
  private let cycle: UInt64
  private let scenario: Scenario
  private let source: ScenarioSource
  private var mark: Mark?

  /// Opened first: nobody waits for a run whose checkpoint cannot be written.
  init(_ path: String, cycle: UInt64, _ scenario: Scenario, _ source: ScenarioSource) throws(CommandError) {
    self.path = path
    file = try StreamedFile(path, isPrivate: true)
    (self.cycle, self.scenario, self.source) = (cycle, scenario, source)
  }

  func attach(to run: inout ScenarioRun) {
    run.checkpoint = (cycle, { self.mark = $0 })
  }

  func finish() throws {
    guard let mark else { return }
    file.write(try Checkpoint(scenario, source, mark).bytes())
    try file.commit()
  }
}
