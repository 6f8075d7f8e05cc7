import CycleModel
import Device
import ESP
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
    scenario.faults = try file.list("faults").map { try FaultReader(profile: scenario.profile).fault($0) }
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
    scenario.without = try without(file)
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
  private func without(_ file: YAMLFields) throws -> FeatureSet {
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

/// The SAs of a scenario: the fields of an association file, how many there are, and of what they notify.
private struct AssociationReader {
  let path: String
  /// So far as it was read: version and mode.
  let scenario: Scenario
  private var version: SpecVersion { scenario.version }

  func read(_ file: YAMLFields) throws -> [ScenarioAssociation] {
    _ = try file.required("associations")
    var result: [ScenarioAssociation] = []
    for fields in try file.list("associations") {
      let association = try association(fields)
      if result.contains(where: { $0.name == association.name }) {
        throw fields.error("name", "\(association.name) is taken")
      }
      result.append(association)
    }
    return result
  }

  private func association(_ fields: YAMLFields) throws -> ScenarioAssociation {
    let entry = try AssociationYAML(path: path).entry(fields, others: ["copies", "notify"])
    if case .separate(_, _, _, .hmacSHA256_96, _) = entry.parameters.protection {
      throw fields.error("authentication", "the device has no hmac-sha256-96; hmac-sha256-128 is RFC 4868's")
    }
    var association = ScenarioAssociation(
      name: entry.name, direction: entry.direction == .inbound ? .inbound : .outbound, parameters: entry.parameters)
    association.sequence = entry.sequence
    association.place = "\(path):\(fields.mark?.line ?? 1)"
    association.copies = Int(
      try fields.whole("copies", .count, in: 1...100_000, example: "64") ?? 1)
    if UInt64(entry.parameters.spi) + UInt64(association.copies) > 1 << 32 {
      throw fields.error("copies", "their SPIs count up from spi, and none is above 0xffffffff")
    }
    if let field = association.inexpressible(in: version) {
      let able = Spec.all.map(\.version).filter { association.inexpressible(in: $0) == nil }
      let names = able.map { "\($0)" }.joined(separator: ", ")
      throw fields.error(
        field,
        "version \(version) cannot say it of \(association.name); \(able.isEmpty ? "no version can" : names + " can")"
      )
    }
    let lifetime = entry.parameters.lifetime
    if scenario.mode == .timingOnly, lifetime.hardBytes != nil || lifetime.hardPackets != nil {
      throw fields.error(
        "lifetime", "timing-only mode cannot know when it ends; allowed are functional and timed")
    }
    if entry.parameters.lifetime.softBytes != nil {
      association.notifications.events.insert(.softLifetime)
    }
    if let notify = try fields.fields("notify") {
      try notify.checkNames(["every"])
      let text = try notify.string("every")
      let number = text.hasSuffix(" packets") ? String(text.dropLast(8)) : text
      guard let interval = Quantity(number, .count)?.whole, (1...0xffff_ffff).contains(interval) else {
        throw notify.error("every", "'\(text)' is not a whole number of packets within 1 to 4294967295")
      }
      association.notifications.events.insert(.sequencePeriodic)
      association.notifications.interval = interval
    }
    return association
  }
}
