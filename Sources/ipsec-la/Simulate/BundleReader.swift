import Device
import ESP
import Simulation
import Spec
import Wire
import Yams

/// Joins SAs to bundles: an SA names those inside of it, which then work with it alone.
struct BundleReader {
  /// So far as it was read: version and features.
  private let scenario: Scenario

  init(_ scenario: Scenario) { self.scenario = scenario }

  /// - Parameter all: the SAs of the file, in its order.
  func bundle(_ all: [ScenarioAssociation], _ file: YAMLFields) throws -> [ScenarioAssociation] {
    var owners: [String: String] = [:]
    var result: [ScenarioAssociation] = []
    for (index, fields) in try file.list("associations").enumerated() {
      var association = all[index]
      for name in try names(fields) {
        guard let member = all.first(where: { $0.name == name }), name != association.name else {
          throw fields.error("bundle", "there is no other association '\(name)'")
        }
        if let owner = owners[name] { throw fields.error("bundle", "\(name) is in the bundle of \(owner)") }
        try check(member, in: association, fields)
        owners[name] = association.name
        association.inner.append(member)
      }
      result.append(association)
    }
    if let nested = result.first(where: { !$0.inner.isEmpty && owners[$0.name] != nil }) {
      throw file.error("associations", "bundle: \(nested.name) has a bundle, and is in that of \(owners[nested.name]!)")
    }
    return result.filter { owners[$0.name] == nil }
  }

  private func names(_ fields: YAMLFields) throws -> [String] {
    guard let node = fields["bundle"] else { return [] }
    guard let names = node.sequence?.map(\.string), !names.contains(nil), !names.isEmpty else {
      throw fields.error("bundle", "is not a list of names")
    }
    let limit = scenario.bundleLimit
    if limit == 1 { throw fields.error("bundle", "without F_SA_BUNDLES each SA works alone") }
    if names.count >= limit { throw fields.error("bundle", "a bundle has at most \(limit) SAs, this one included") }
    return names.compactMap(\.self)
  }

  /// A bundle is one handle: of one direction, with one lifetime and one owner who is told.
  private func check(_ member: ScenarioAssociation, in outer: ScenarioAssociation, _ fields: YAMLFields) throws {
    if member.direction != outer.direction {
      throw fields.error("bundle", "\(member.name) has another direction than \(outer.name)")
    }
    if member.copies != outer.copies {
      throw fields.error("bundle", "\(member.name) has \(member.copies) copies, and \(outer.name) \(outer.copies)")
    }
    if member.parameters.lifetime != .init() || member.notifications != .init() {
      throw fields.error("bundle", "\(member.name) has a lifetime or notify; allowed is one of \(outer.name)")
    }
    if scenario.version < .v2_0, outer.sequence > 0 || member.sequence > 0 {
      throw fields.error("bundle", "version \(scenario.version) cannot set sequence numbers of a bundle; 2.0 can")
    }
  }
}
