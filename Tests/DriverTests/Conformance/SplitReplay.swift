@testable import Virtio

/// A split ring as its writes make it, held against the clauses on it.
struct SplitReplay: RingReplay {
  private(set) var findings = Findings()
  let context: RingContext
  private let layout: SplitLayout
  private var image = MemoryImage()
  private var published: UInt16 = 0
  private var used: UInt16 = 0
  /// Descriptors of each chain that the device has, by its head.
  private var chains: [(head: UInt16, descriptors: [UInt16])] = []
  private var isOrdered = true
  private var isFenced = true
  /// Available index of the last publishing, and whether the driver owes a kick for it; nil when that is settled.
  private var old: UInt16 = 0
  private var owesKick: Bool?

  init(_ context: RingContext, _ image: MemoryImage) {
    self.context = context
    layout = SplitLayout(size: context.size)
    self.image = image
    findings.check("EVT-R-04", image[16, at: context.addresses.device] == 0, "used flags at the start")
  }

  private var available: UInt64 { context.addresses.driver }
  private var usedRing: UInt64 { context.addresses.device }

  // MARK: What the driver does

  mutating func driverWrote(_ address: UInt64, _ bytes: [UInt8]) {
    settle()
    image.write(address, bytes)
    switch address {
    case available: checkFlags()
    case available + 2: publish()
    case available + 4..<available + UInt64(4 + 2 * context.size): isOrdered = false
    case context.addresses.descriptors..<context.addresses.descriptors + UInt64(16 * context.size):
      isOrdered = false
      let index = UInt16((address - context.addresses.descriptors) / 16)
      findings.check("CLEAN-R-01", !chains.contains { $0.descriptors.contains(index) }, "descriptor \(index)")
    default: break
    }
  }

  mutating func driverFenced(_ barrier: Barrier) {
    settle()
    (isOrdered, isFenced) = (true, true)
    let expected: Barrier = context.features.contains(.orderPlatform) ? .platform : .smp
    findings.check("RSVD-R-07", barrier == expected, "\(barrier)")
  }

  mutating func driverRead(_ address: UInt64) {
    settle()
    let isEvent = address == usedRing + UInt64(layout.availableEvent)
    guard isEvent || address == usedRing, published != old else { return }
    findings.check("SPLIT-R-08", isFenced, "no barrier after the index")
    if context.features.contains(.eventIndex) {
      findings.check("EVT-R-08", isEvent, "used flags were read")
      owesKick = published &- image[16, at: address] &- 1 < published &- old
    } else {
      findings.check("EVT-R-05", !isEvent, "avail_event was read")
      owesKick = image[16, at: address] & 1 == 0
    }
    old = published
  }

  mutating func kicked(position: UInt16?) {
    defer { owesKick = nil }
    guard let owesKick else { return }
    settled(owesKick, owesKick, "a kick that nobody asked for")
  }

  /// The next thing after a publishing was no kick.
  private mutating func settle() {
    guard let owesKick else { return }
    self.owesKick = nil
    settled(owesKick, !owesKick, "no kick")
  }

  private mutating func settled(_ owesKick: Bool, _ holds: Bool, _ what: String) {
    let ids = context.features.contains(.eventIndex) ? ["EVT-R-10", "EVT-R-09"] : ["EVT-R-06", "EVT-R-07"]
    findings.check(ids[owesKick ? 1 : 0], holds, what)
  }

  private mutating func checkFlags() {
    let flags = image[16, at: available]
    if context.features.contains(.eventIndex) {
      findings.check("EVT-R-02", flags == 0, "flags \(flags)")
    } else {
      findings.check("EVT-R-01", flags <= 1, "flags \(flags)")
    }
  }

  private mutating func publish() {
    let new = image[16, at: available + 2]
    findings.check("SPLIT-R-05", new &- published <= context.size, "index \(published) then \(new)")
    findings.check("SPLIT-R-07", isOrdered, "index \(new) before its entries")
    checkFlags()
    (old, isFenced) = (published, false)
    while published != new, chains.count <= context.size {
      walk(image[16, at: available + UInt64(layout.available(published))])
      published &+= 1
    }
  }

  private mutating func walk(_ head: UInt16) {
    var chain: [ReplayDescriptor] = []
    var indices: [UInt16] = []
    var index = head
    repeat {
      let place = context.addresses.descriptors + UInt64(index) * 16
      let descriptor = ReplayDescriptor(image, at: place, link: 14, flags: 12)
      chain.append(descriptor)
      indices.append(index)
      if context.features.contains(.inOrder), descriptor.hasNext {
        let expected = Int(index) == context.size - 1 ? 0 : index + 1
        for id in ["ORDER-R-01", "ORDER-R-02"] { findings.check(id, descriptor.link == expected, "\(index)") }
      }
      guard descriptor.hasNext else { break }
      index = descriptor.link
    } while indices.count <= context.size
    context.check(chain, &findings, direction: "SPLIT-R-02", count: ["SPLIT-R-03", "INDIR-R-03", "INDIR-R-07"])
    chains.append((head, indices))
  }

  // MARK: What the device does

  mutating func deviceWrote(_ address: UInt64, _ bytes: [UInt8]) {
    settle()
    image.write(address, bytes)
    guard address == usedRing + 2 else { return }
    while used != image[16, at: address] {
      let id = image[16, at: usedRing + UInt64(layout.used(used))]
      guard let place = chains.firstIndex(where: { $0.head == id }) else { break }
      let count = context.features.contains(.inOrder) ? place + 1 : 1
      if count > 1 { chains.removeSubrange(...place) } else { chains.remove(at: place) }
      used &+= UInt16(count)
    }
  }
}
