import Device
import ESP
import Simulation
import Spec
import Virtio
import Wire
import Yams

/// Reads of which events an SA notifies.
struct NotificationReader {
  private let association: ScenarioAssociation
  private let scenario: Scenario

  /// - Parameters:
  ///   - association: with its lifetime.
  ///   - scenario: so far as it was read: version and features.
  init(_ association: ScenarioAssociation, _ scenario: Scenario) {
    (self.association, self.scenario) = (association, scenario)
  }

  private var lifetime: Lifetime { association.parameters.lifetime }

  func read(_ fields: YAMLFields) throws -> NotificationSettings {
    var settings = NotificationSettings()
    let notify = try fields.fields("notify")
    try notify?.checkNames(["every", "soft-lifetime", "hard-lifetime", "before-overflow"])
    // There is no other use of a soft limit.
    if try notify?.flag("soft-lifetime") ?? true {
      if lifetime.softBytes != nil { settings.events.insert(.softLifetime) }
      if lifetime.softPackets != nil { settings.events.insert(.softLifetimePackets) }
      if notify?["soft-lifetime"] != nil, settings.events.isEmpty {
        throw notify!.error("soft-lifetime", "lifetime has neither soft-bytes nor soft-packets")
      }
    }
    guard let notify else { return settings }
    if try notify.flag("hard-lifetime") ?? false {
      if lifetime.hardBytes == nil, lifetime.hardPackets == nil {
        throw notify.error("hard-lifetime", "lifetime has neither hard-bytes nor hard-packets")
      }
      settings.events.insert(.hardLifetime)
    }
    try readOverflow(notify, &settings)
    try readInterval(notify, &settings)
    return settings
  }

  /// `true` for the device's choice, or a sequence number.
  private func readOverflow(_ notify: YAMLFields, _ settings: inout NotificationSettings) throws {
    guard notify["before-overflow"] != nil else { return }
    if association.direction == .inbound {
      throw notify.error("before-overflow", "only outbound SAs give sequence numbers")
    }
    if let flag = notify["before-overflow"]?.bool {
      if flag { settings.events.insert(.sequenceOverflow) }
      return
    }
    let last = association.parameters.extendedSequence ? UInt64.max : UInt64(UInt32.max)
    let text = try notify.string("before-overflow")
    guard let number = UInt64(number: text), number > association.sequence, number <= last else {
      throw notify.error(
        "before-overflow",
        "'\(text)' is neither true nor false nor a sequence number within \(association.sequence + 1) to \(last)")
    }
    settings.events.insert(.sequenceOverflow)
    settings.overflowAt = number
  }

  private func readInterval(_ notify: YAMLFields, _ settings: inout NotificationSettings) throws {
    guard notify["every"] != nil else { return }
    let text = try notify.string("every")
    let unit = [" packets", " packet"].first(where: text.hasSuffix) ?? ""
    let number = String(text.dropLast(unit.count))
    guard let interval = Quantity(number, .count)?.whole, (1...0xffff_ffff).contains(interval) else {
      throw notify.error("every", "'\(text)' is not a whole number of packets within 1 to 4294967295")
    }
    settings.events.insert(.sequencePeriodic)
    settings.interval = interval
  }
}
