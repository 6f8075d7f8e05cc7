import ArgumentParser
import CycleModel
import Foundation
import Simulation
import Spec
import Virtio
import Wire

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run a scenario on the device, cycle by cycle.",
    discussion: ScenarioHelp.text)

  @Argument(help: "A scenario that comes with the program, or a YAML file.")
  var scenario: String?

  @OptionGroup(title: "What to run") var selection: RunSelection
  @OptionGroup(title: "Where to stop and go on") var stop: RunCheckpoint
  @OptionGroup(title: "What to show") var output: RunOutput

  @Flag(help: "List the scenarios that come with the program.")
  var listScenarios = false

  @Flag(help: "List the profiles.")
  var listProfiles = false

  @Option(help: ArgumentHelp("Print a profile as YAML, each value documented.", valueName: "name|file"))
  var showProfile: String?

  @Option(help: ArgumentHelp("Print a scenario that comes with the program, as YAML.", valueName: "name"))
  var showScenario: String?

  func validate() throws {
    if stop.resume != nil, selection.isAny {
      throw ValidationError("--resume: version, mode, seed and profile are those of the checkpoint.")
    }
    let isToRun = scenario != nil || stop.resume != nil
    if !isToRun && !listScenarios && !listProfiles && showProfile == nil && showScenario == nil {
      throw ValidationError("Name a scenario; --list-scenarios lists those that come with the program.")
    }
  }

  func run() throws {
    if listScenarios { print(try ScenarioHelp.scenarios(), terminator: "") }
    if listProfiles { print(ScenarioHelp.profiles, terminator: "") }
    if let showProfile {
      print(ProfileText.yaml(try ProfileChoice.profile(showProfile, option: "--show-profile")), terminator: "")
    }
    if let showScenario { print(try ScenarioChoice.shipped(showScenario), terminator: "") }
    let named = try scenario.map(ScenarioChoice.source)
    if let path = stop.resume {
      let kept = try Checkpoint(at: path, of: named)
      try run(try kept.scenario(path), kept.source, from: kept.mark)
    } else if let named {
      try run(try named.scenario(try selection.read()), named)
    }
  }

  private func run(_ scenario: Scenario, _ source: ScenarioSource, from origin: Mark? = nil) throws {
    let inputs = try source.files() + [stop.resume, selection.profile].compactMap(\.self)
    let results = try output.run(
      scenario, from: origin, try stop.file(scenario, source, from: origin),
      inputs: inputs.filter(FileManager.default.fileExists))
    if !results.isAsExpected { throw ExitCode(1) }
  }
}

/// The options that change a scenario.
struct RunSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface, instead of the scenario's.", valueName: "version"))
  var specVersion: String?

  @Option(help: ArgumentHelp("functional (no time), timed, or timing-only (sizes only).", valueName: "mode"))
  var mode: String?

  @Option(help: "The seed of everything random, instead of the scenario's.")
  var seed: UInt64?

  @Option(help: ArgumentHelp("Another profile, by name or from a YAML file.", valueName: "name|file"))
  var profile: String?

  var isAny: Bool { specVersion != nil || mode != nil || seed != nil || profile != nil }

  /// - Throws: `CommandError` for a value that there is not.
  func read() throws -> ScenarioSelection {
    var selection = ScenarioSelection()
    if let specVersion {
      let versions = Spec.all.map(\.version)
      guard let version = versions.first(where: { "\($0)" == specVersion }) else {
        let known = versions.map { "\($0)" }.joined(separator: ", ")
        throw CommandError("--spec-version: there is no version '\(specVersion)'; there are \(known)")
      }
      selection.version = version
    }
    if let mode {
      guard let known = Scenario.Mode(rawValue: mode) else {
        let modes = Scenario.Mode.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("--mode: there is no mode '\(mode)'; there are \(modes)")
      }
      selection.mode = known
    }
    selection.seed = seed
    if let profile { selection.profile = (profile, try ProfileChoice.profile(profile)) }
    return selection
  }
}
