@testable import Virtio

/// A packed ring as its writes make it, held against the clauses on it.
struct PackedReplay: RingReplay {
  private(set) var findings = Findings()
  let context: RingContext
  private var image: MemoryImage
  private var slot = 0
  private var wrap = true
  /// Slots of each chain that the device has, in the order in which they were exposed.
  private var chains: [(id: UInt16, slots: Set<Int>)] = []
  /// Slots whose flags were stored ahead of their chain's first.
  private var prepared: Set<Int> = []
  private var isOrdered = true
  private var isExposureFenced = true

  init(_ context: RingContext, _ image: MemoryImage) {
    (self.context, self.image) = (context, image)
  }

  private func address(_ slot: Int) -> UInt64 { context.addresses.descriptors + UInt64(slot) * 16 }

  private func slot(of address: UInt64) -> Int? {
    let offset = address &- context.addresses.descriptors
    return offset < UInt64(16 * context.size) ? Int(offset / 16) : nil
  }

  mutating func driverWrote(_ address: UInt64, _ bytes: [UInt8]) {
    image.write(address, bytes)
    guard let index = slot(of: address) else { return }
    let isFree = !chains.contains { $0.slots.contains(index) }
    for id in ["PACK-R-02", "PACK-R-03", "CLEAN-R-01"] { findings.check(id, isFree, "slot \(index)") }
    let isFlags = (address - self.address(index)) == 14
    if isFlags && index == slot { return expose() }
    if isFlags { prepared.insert(index) }
    isOrdered = false
  }

  mutating func driverFenced(_ barrier: Barrier) {
    (isOrdered, isExposureFenced) = (true, true)
    let expected: Barrier = context.features.contains(.orderPlatform) ? .platform : .smp
    findings.check("RSVD-R-07", barrier == expected, "\(barrier)")
  }

  mutating func driverRead(_ address: UInt64) {
    guard address >= context.addresses.device, address < context.addresses.device + 4 else { return }
    findings.check("EVT-R-11", isExposureFenced, "no barrier after the flags")
  }

  mutating func kicked(position: UInt16?) {
    guard let position else { return }
    findings.check("PACK-R-04", position == UInt16(slot) | (wrap ? 0x8000 : 0), "position \(position)")
  }

  /// The first flags of a chain were stored: the device may take it.
  private mutating func expose() {
    findings.check("PACK-R-11", isOrdered, "flags before what they expose")
    var chain: [ReplayDescriptor] = []
    var slots: Set<Int> = []
    var (next, phase) = (slot, wrap)
    repeat {
      let descriptor = ReplayDescriptor(image, at: address(next), link: 12, flags: 14)
      let isAvailable = descriptor.flags & 0x80 != 0, isUsed = descriptor.flags & 0x8000 != 0
      findings.check("PACK-R-10", isAvailable == phase && isUsed != phase, "slot \(next) came after the first")
      findings.check("PACK-R-09", !chains.contains { $0.slots.contains(next) }, "slot \(next) is in flight")
      chain.append(descriptor)
      slots.insert(next)
      next += 1
      if next == context.size { (next, phase) = (0, !phase) }
    } while chain.last!.hasNext && chain.count <= context.size
    context.check(
      chain, &findings, direction: "PACK-R-07", count: ["PACK-R-05", "PACK-R-06", "INDIR-R-03", "INDIR-R-07"])
    chains.append((chain.last!.link, slots))
    (slot, wrap, prepared, isExposureFenced) = (next, phase, [], false)
  }

  mutating func deviceWrote(_ address: UInt64, _ bytes: [UInt8]) {
    image.write(address, bytes)
    guard let index = slot(of: address), address - self.address(index) == 14 else { return }
    let id = image[16, at: self.address(index) + 12]
    guard let place = chains.firstIndex(where: { $0.id == id }) else { return }
    if context.features.contains(.inOrder) { chains.removeSubrange(...place) } else { chains.remove(at: place) }
  }
}
