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
    return drafts
  }

  /// A number that a driver looks for; it binds to no other.
  private func number(_ rule: DiffRule, _ place: String, _ old: Int, _ new: Int) -> Draft {
    Draft(
      rule: rule, place: place, old: "\(old)", new: "\(new)",
      effect: Effect(
        breakage: { _ in .always },
        run: { meeting, _ in
          let (wanted, found) = meeting.sides(old: old, new: new)
          guard wanted != found else { return .understood }
          return .refused(
            "\(meeting.driverName) looks for \(wanted), \(meeting.deviceName) is \(found): it does not bind")
        }))
  }

  /// Where versions are listed, a device lists those of its major version up to its own, and a driver takes one of its.
  private func version(_ old: UInt32, _ new: UInt32) -> Draft {
    Draft(
      rule: .versionNumber, place: "identity.version", old: "\(old >> 24).\(old & 0xff_ffff)",
      new: "\(new >> 24).\(new & 0xff_ffff)",
      effect: Effect(
        breakage: { meeting in
          guard meeting.driver.listsVersions, meeting.device.listsVersions else { return nil }
          return old >> 24 == new >> 24 ? .never : .always
        },
        run: { meeting, _ in
          let (wanted, found) = meeting.sides(old: old, new: new)
          let listed = Self.versions(upTo: found)
          guard listed.isDisjoint(with: Self.versions(upTo: wanted)) else { return .understood }
          let values = listed.sorted().map { "0x" + hex(UInt64($0), width: 4) }.joined(separator: ", ")
          return .refused("\(meeting.deviceName) lists \(values), none of which \(meeting.driverName) can drive")
        }))
  }

  /// The versions of the same major one up to a version; at most the last few.
  private static func versions(upTo version: UInt32) -> Set<UInt32> {
    Set((0...(version & 0xff_ffff)).suffix(8).map { version & 0xff00_0000 | $0 })
  }
}

extension LayoutIndex {
  /// Whether the configuration space has a list of versions.
  var listsVersions: Bool { layout.register("supported_version") != nil }
}
