import Device
import ESP
import Simulation
import Spec
import Wire
import Yams

/// The SAs of a scenario: the fields of an association file, how many there are, and of what they notify.
struct AssociationReader {
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
    return try BundleReader(scenario).bundle(result, file)
  }

  private func association(_ fields: YAMLFields) throws -> ScenarioAssociation {
    let entry = try AssociationYAML(path: path).entry(fields, others: ["copies", "notify", "bundle"])
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
    try readLifetime(fields, entry.parameters.lifetime)
    association.notifications = try NotificationReader(association, scenario).read(fields)
    try checkVersion(fields, association)
    return association
  }

  private func checkVersion(_ fields: YAMLFields, _ association: ScenarioAssociation) throws {
    guard let field = association.inexpressible(in: version) else { return }
    let able = Spec.all.map(\.version).filter { association.inexpressible(in: $0) == nil }
    let others = able.isEmpty ? "no version can" : able.map { "\($0)" }.joined(separator: ", ") + " can"
    let hint =
      field == "lifetime" ? "; 0.4 has soft-bytes alone, 1.0 hard-bytes as well, both in multiples of 1024" : ""
    throw fields.error(field, "version \(version) cannot say it of \(association.name); \(others)\(hint)")
  }

  private func readLifetime(_ fields: YAMLFields, _ lifetime: Lifetime) throws {
    guard let limits = try fields.fields("lifetime") else { return }
    let pairs = [
      ("bytes", lifetime.softBytes, lifetime.hardBytes), ("packets", lifetime.softPackets, lifetime.hardPackets),
    ]
    for (what, soft, hard) in pairs {
      for (name, limit) in [("soft-\(what)", soft), ("hard-\(what)", hard)] where limit == 0 {
        throw limits.error(name, "0 is no limit; allowed is 1 and more, or nothing for none")
      }
      if let soft, let hard, soft > hard {
        throw limits.error("soft-\(what)", "\(soft) is never reached: hard-\(what) is \(hard)")
      }
    }
  }
}
