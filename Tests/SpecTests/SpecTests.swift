import Model
import Spec
import Testing
import Wire

private let old = Layout(Spec.v0_4)
private let driver = Layout(Spec.v1_0)
private let modern = Layout(Spec.v2_0)

@Test func `handles of 32 and 8 bytes put the number of SAs at 64 and 16`() {
  #expect(old.structure("create_sa")?.field("num_sas")?.offset == 64)
  #expect(driver.structure("create_sa")?.field("num_sas")?.offset == 16)
}

@Test(arguments: [("0.4", 20, 0x1054), ("1.0", 13, 0x104d), ("2.0", 63, 0x107f)])
func `each version has its device ID and the PCI ID that follows`(_ version: String, _ device: Int, _ pci: Int) throws {
  let identity = try #require([old, driver, modern].first { $0.version == version }).identity
  #expect(identity.deviceID == device)
  #expect(identity.pciDevice == pci)
  #expect(identity.pciVendor == 0x1af4)
}

/// The published feature bits, in the order of their numbers.
private let published = [
  "F_SG_BUFFERS", "F_AH", "F_WESP", "F_SA_BUNDLES", "F_UDP_ENCAPSULATION", "F_TFC", "F_ESN", "F_ECN", "F_DF",
  "F_ANTI_REPLAY_CHECK", "IPV6_SUPPORT", "F_SOFT_LIFETIME_BYTES_NOTIFY", "F_SEQNUM_OVERFLOW_NOTIFY",
  "F_SEQNUM_PERIODIC_NOTIFY",
]

@Test(arguments: [old, driver])
func `the old versions have the published feature bits, by their published names`(_ layout: Layout) {
  let own = layout.features.filter { !$0.isForeign }.sorted { $0.bit < $1.bit }
  #expect(own.map(\.name) == published.map { "VIRTIO_IPSEC_" + $0 })
  #expect(own.map(\.bit) == Array(0..<14))
}

@Test func `version 2.0 names the IPv6 bit as the others are named`() {
  #expect(modern.features.first { $0.bit == 10 }?.name == "VIRTIO_IPSEC_F_IPV6_SUPPORT")
}

@Test func `the SA commands count from 1, and only the driver's version ends with FLUSH_SA_ALL`() throws {
  for (layout, count) in [(old, 17), (driver, 16), (modern, 17)] {
    let commands = try #require(layout.enumeration("ctrl_sa_cmd"))
    #expect(commands.numbers.map(\.value) == Array(1...UInt64(count)), "\(layout.version)")
  }
  #expect(old.enumeration("ctrl_sa_cmd")?.numbers.last?.name == "VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE")
}

@Test func `every field of 2.0 has its counterpart or none, and no counterpart is stale`() {
  let fields = modern.structures.flatMap { structure in
    structure.fields.filter { $0.type != .reserved }.map { "\(structure.name).\($0.name)" }
  }
  #expect(Set(modern.counterparts.map(\.place)) == Set(fields))
  #expect(modern.counterparts.count == fields.count)
}

@Test func `nothing of 2.0 needs a packed structure or the guest's order`() {
  for structure in modern.structures {
    #expect(!structure.isPacked)
    #expect(structure.size.isMultiple(of: 8), "\(structure.name)")
    for field in structure.fields { #expect(field.order != .guest, "\(structure.name).\(field.name)") }
  }
}

@Test(arguments: Spec.all.map(Layout.init))
func `every structure is part of a chain`(_ layout: Layout) {
  let used = Set(
    layout.commands.flatMap { $0.readable + $0.writable }.flatMap { $0.structures(in: layout) }
      + layout.attributeSets.map(\.header))
  #expect(layout.structures.map(\.name).filter { !used.contains($0) } == [])
}

@Test func `the notification queue is there with any of the three notifications, and last`() throws {
  for layout in [old, driver, modern] {
    let last = try #require(layout.queues.kinds.last)
    #expect(last.name == "notifyq")
    #expect(Set(last.features).isSuperset(of: published.suffix(3).map { "VIRTIO_IPSEC_" + $0 }))
    #expect(layout.queues.kinds.map(\.name) == ["controlq", "decapq", "encapq", "notifyq"])
  }
}

@Test(arguments: [
  (old, ["F_SG_BUFFERS", "F_WESP", "F_TFC"]), (driver, ["F_SG_BUFFERS", "F_WESP", "F_TFC"]), (modern, ["F_SG_BUFFERS"]),
])
func `every feature of the device's own is one that something needs, but for those that no message shows`(
  _ layout: Layout, _ exceptions: [String]
) {
  let used = Set(layout.featureUses.map(\.feature) + layout.commands.compactMap(\.feature))
  let unused = layout.features.filter { !$0.isForeign && !used.contains($0.name) }.map(\.name)
  #expect(unused == exceptions.map { "VIRTIO_IPSEC_" + $0 })
}

@Test func `the habits of the published driver are the quirks of 1.0, each with a switch`() {
  #expect(driver.quirks.map(\.name) == V1_0.DriverQuirk.allCases.map(\.rawValue))
  #expect(old.quirks.isEmpty && modern.quirks.isEmpty)
}

@Test func `0 needs a feature where the published flags turn something on with 0`() {
  for layout in [old, driver] {
    let inverted = layout.featureUses.compactMap { use -> String? in
      if case .equal(let reference, 0) = use.use { reference.bits } else { nil }
    }
    #expect(Set(inverted) == ["no_udp_encapsulation", "no_esn", "no_anti_replay", "no_ecn"])
  }
}
