import Model

/// The numbers by which a driver finds the device and its version.
struct IdentityComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let (one, other) = (old.layout.identity, new.layout.identity)
    var drafts: [Draft] = []
    if one.deviceID != other.deviceID {
      drafts.append(number(.deviceID, "identity.device_id", one.deviceID, other.deviceID))
    }
    if one.pciVendor != other.pciVendor {
      drafts.append(number(.pciID, "identity.pci_vendor", one.pciVendor, other.pciVendor))
    }
    if one.pciBase != other.pciBase { drafts.append(number(.pciID, "identity.pci_base", one.pciBase, other.pciBase)) }
    if one.versionRegister != other.versionRegister {
      drafts.append(version(one.versionRegister, other.versionRegister))
    }
    if one.ownDeviceID != other.ownDeviceID {
      let text = { (id: Int?) in id.map { "\($0)" } ?? "none" }
      drafts.append(
        Draft(
          rule: .documentation, place: "identity.own_device_id", old: text(one.ownDeviceID),
          new: text(other.ownDeviceID)))
    }
    if old.layout.prefix != new.layout.prefix {
      drafts.append(
        Draft(rule: .prefix, place: "prefix", old: old.layout.prefix, new: new.layout.prefix, breaksSource: true))
    }
    return drafts
  }

  /// A number that a driver looks for; it binds to no other.
  private func number(_ rule: DiffRule, _ place: String, _ old: Int, _ new: Int) -> Draft {
    Draft(
      rule: rule, place: place, old: "\(old)", new: "\(new)",
      effect: .stated { _ in
        .always
      } because: { meeting in
        let (wanted, found) = meeting.sides(old: old, new: new)
        return "\(meeting.driverName) looks for \(wanted), \(meeting.deviceName) is \(found): it does not bind"
      })
  }

  /// Where versions are listed, a device lists those of its major version up to its own, and a driver takes one of its.
  private func version(_ old: UInt32, _ new: UInt32) -> Draft {
    Draft(
      rule: .versionNumber, place: "identity.version", old: Self.text(old), new: Self.text(new),
      effect: .stated { meeting in
        guard meeting.driver.listsVersions, meeting.device.listsVersions else { return nil }
        return old >> 24 == new >> 24 ? .never : .always
      } because: { meeting in
        let (wanted, found) = meeting.sides(old: old, new: new)
        return "\(meeting.deviceName) lists versions \(found >> 24).0 to \(Self.text(found)), "
          + "\(meeting.driverName) drives \(wanted >> 24).0 to \(Self.text(wanted))"
      })
  }

  /// `major.minor`.
  private static func text(_ version: UInt32) -> String { "\(version >> 24).\(version & 0xff_ffff)" }
}

extension LayoutIndex {
  /// Whether the configuration space has a list of versions.
  var listsVersions: Bool { layout.register("supported_version") != nil }
}
