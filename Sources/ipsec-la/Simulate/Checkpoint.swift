import Device
import Foundation
import Simulation
import Spec
import Wire

/// A run at a cycle, as a file has it: everything that the run depends on, and what it had come to.
///
/// ```
///  ipsec-la checkpoint FORMAT ⏎ │ JSON │ SHA-256 of all before it
/// ```
///
/// A run is a function of its scenario and its seed, so that whoever runs it again comes to the same cycle in the same
/// state: this is how a checkpoint is resumed. What the file says of the state shows that it is the same.
struct Checkpoint: Codable {
  var source: ScenarioSource
  /// Where the options had another value than the scenario.
  var version: String
  var mode: String
  var seed: UInt64
  var profileName: String
  /// All values of the profile, as YAML.
  var profile: String
  /// The SHA-256 of captured packets that the scenario sends.
  var packets: [UInt8]
  var mark: Mark

  private static let title = "ipsec-la checkpoint "
  /// Counts up with every change of the file, or of what the same scenario does.
  private static let format = 5

  init(_ scenario: Scenario, _ source: ScenarioSource, _ mark: Mark) {
    self.source = source
    // So that captures that it names are found from another folder.
    if FileManager.default.fileExists(atPath: source.path) {
      self.source.path = URL(filePath: source.path).path
    }
    (version, mode, seed) = ("\(scenario.version)", scenario.mode.rawValue, scenario.seed)
    (profileName, profile) = (scenario.profileName, ProfileText.yaml(scenario.profile))
    packets = Self.digest(scenario)
    self.mark = mark
  }

  // MARK: File

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return StateDigest.append(to: Array("\(Self.title)\(Self.format)\n".utf8) + Array(try encoder.encode(self)))
  }

  /// - Parameter source: of this scenario it must be; nil for any.
  /// - Throws: `CommandError` for a file that is none, is damaged, of another format, or of another scenario.
  init(at path: String, of source: ScenarioSource?) throws {
    let bytes = Array(try InputFile.bytes(at: path))
    guard bytes.starts(with: Self.title.utf8), let end = bytes.prefix(64).firstIndex(of: UInt8(ascii: "\n")) else {
      throw CommandError("\(path): is not a checkpoint")
    }
    let format = String(decoding: bytes[Self.title.utf8.count..<end], as: UTF8.self)
    guard format == "\(Self.format)" else {
      throw CommandError("\(path): is a checkpoint of format \(format); this program has format \(Self.format)")
    }
    guard let body = StateDigest.check(bytes), body.count > end,
      let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: Data(body[(end + 1)...]))
    else { throw CommandError("\(path): is damaged") }
    self = checkpoint
    if let source, source.text != self.source.text {
      throw CommandError("\(path): is a checkpoint of another scenario, '\(self.source.name)'")
    }
  }

  // MARK: Run

  /// The scenario as it ran.
  ///
  /// - Parameter path: the checkpoint's, for messages.
  /// - Throws: `CommandError` for a capture that is not what it was, and for whatever cannot be read.
  func scenario(_ path: String) throws -> Scenario {
    guard let version = Spec.all.map(\.version).first(where: { "\($0)" == version }),
      let mode = Scenario.Mode(rawValue: mode)
    else { throw CommandError("\(path): is damaged") }
    let values = try ProfileYAML(path: path).read(try YAMLDocument.fields(profile, path: path))
    let selection = ScenarioSelection(
      version: version, mode: mode, seed: seed, profile: (profileName, values))
    let scenario = try source.scenario(selection)
    guard Self.digest(scenario) == packets else {
      throw CommandError("\(path): the captured packets of the scenario are not what they were")
    }
    return scenario
  }

  private static func digest(_ scenario: Scenario) -> [UInt8] {
    var bytes: [UInt8] = []
    for flow in scenario.flows {
      guard case .packets(let packets) = flow.content else { continue }
      for packet in packets { bytes += withUnsafeBytes(of: packet.count.littleEndian, Array.init) + packet }
    }
    return Array(StateDigest.append(to: bytes).suffix(StateDigest.byteCount))
  }
}
