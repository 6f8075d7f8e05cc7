import CycleModel
import Device
import Simulation
import Spec
import Virtio
import Wire
import Yams

/// Reads a scenario, and says where something is wrong.
struct ScenarioYAML {
  /// As messages name it; paths in the file are meant from there.
  let path: String
  /// Takes the place of what the file says, so that all of it is checked together.
  var selection = ScenarioSelection()

  /// - Throws: `CommandError` naming file, line, key and what would be allowed.
  func read(_ text: String, name: String) throws -> Scenario {
    let file = try YAMLDocument.fields(text, path: path)
    try file.checkNames([
      "summary", "version", "mode", "seed", "ring", "in-order", "pairs", "features", "profile", "associations",
      "traffic", "churn", "faults", "expect",
    ])
    var scenario = Scenario(name: name)
    try readDevice(file, &scenario)
    scenario.associations = try AssociationReader(path: path, scenario: scenario).read(file)
    let flows = FlowReader(path: path, scenario: scenario)
    scenario.flows = try file.list("traffic").map(flows.flow)
    scenario.churns = try file.list("churn").map(flows.churn)
    if scenario.flows.isEmpty && scenario.churns.isEmpty {
      throw file.error("traffic", "is missing, and so is churn: nothing would happen")
    }
    try flows.check(scenario.flows, file)
    scenario.faults = try file.list("faults").map { try FaultReader(scenario: scenario).fault($0) }
    scenario.expectations = try expectations(file)
    return scenario
  }

  private func readDevice(_ file: YAMLFields, _ scenario: inout Scenario) throws {
    if file["summary"] != nil { scenario.summary = try file.string("summary") }
    if file["version"] != nil {
      let versions = Spec.all.map(\.version)
      scenario.version = versions[try file.name("version", among: versions.map { "\($0)" }, called: "version")]
    }
    if file["mode"] != nil { scenario.mode = try file.choice("mode", Scenario.Mode.allCases) }
    if let seed = try file.integer("seed", UInt64.self) { scenario.seed = seed }
    scenario.version = selection.version ?? scenario.version
    scenario.mode = selection.mode ?? scenario.mode
    scenario.seed = selection.seed ?? scenario.seed
    if file["ring"] != nil { scenario.ring = try file.choice("ring", RingFormat.allCases) }
    if scenario.ring == .packed, scenario.version < .v2_0 {
      throw file.error("ring", "version \(scenario.version) has no packed rings; allowed is split")
    }
    scenario.isInOrder = try file.flag("in-order") ?? false
    if scenario.isInOrder, scenario.version < .v2_0 {
      throw file.error("in-order", "version \(scenario.version) has no F_IN_ORDER; allowed is false")
    }
    if let pairs = try file.whole("pairs", .count, in: 1...64, example: "2") { scenario.pairs = Int(pairs) }
    scenario.without = try without(file, scenario)
    if let profile = selection.profile {
      (scenario.profileName, scenario.profile) = (profile.name, profile.values)
    } else {
      (scenario.profileName, scenario.profile) = try profile(file)
    }
    let size = scenario.profile.ringSize
    guard size > 1, size & (size - 1) == 0 else {
      throw file.error("profile", "ring.size: \(size) is not a power of two within 2 to 32768")
    }
  }

  /// Features that the driver does not know.
  private func without(_ file: YAMLFields, _ scenario: Scenario) throws -> FeatureSet {
    guard let features = try file.fields("features") else { return [] }
    try features.checkNames(["without"])
    guard let nodes = try features.required("without").sequence else {
      throw features.error("without", "is not a list")
    }
    return try nodes.reduce(into: []) { set, node in
      guard let feature = Feature.allCases.first(where: { $0.entry.name == node.string }) else {
        let known = Feature.allCases.map(\.entry.name).joined(separator: ", ")
        throw features.error("without", "there is no feature '\(node.string ?? "?")'; there are \(known)")
      }
      if let reason = scenario.needs(feature) {
        throw features.error("without", "\(feature.entry.name) cannot be left out: \(reason)")
      }
      set.formUnion(FeatureSet(feature))
    }
  }

  private func profile(_ file: YAMLFields) throws -> (String, Profile) {
    guard let node = file["profile"] else { return ("default", Profile()) }
    if node.mapping != nil, let fields = try file.fields("profile") {
      let base = fields["base"]?.string ?? "default"
      let profile = try ProfileYAML(path: path).read(fields)
      return (base + changes(of: profile, from: Preset.all.first { $0.name == base }?.profile), profile)
    }
    let name = try file.string("profile")
    return (name, try ProfileChoice.profile(name, at: file, from: path))
  }

  /// What a reader is told of a profile that is a preset but for some values.
  private func changes(of profile: Profile, from base: Profile?) -> String {
    let keys = profile.differences(from: base ?? Profile())
    if keys.count > 3 { return " with \(keys.count) changes" }
    return keys.isEmpty ? "" : " with " + keys.map { "\($0.name) \($0.text(in: profile))" }.joined(separator: ", ")
  }

  private func expectations(_ file: YAMLFields) throws -> [Expectation] {
    guard let node = file["expect"] else { return [] }
    let nodes = node.sequence.map(Array.init) ?? [node]
    return try nodes.map { node in
      guard let text = node.string else { throw file.error("expect", "is neither an expectation nor a list of them") }
      do throws(ExpectationError) { return try Expectation(text) } catch {
        throw CommandError("\(path):\(node.mark?.line ?? 1): expect: \(error)")
      }
    }
  }
}

extension Scenario {
  /// Why its driver cannot do without a feature; nil where it can.
  fileprivate func needs(_ feature: Feature) -> String? {
    switch feature {
    case .version1: "every driver here is one of virtio 1"
    case .ringPacked where ring == .packed: "ring is packed"
    case .inOrder where isInOrder: "in-order is true"
    default: nil
    }
  }
}
