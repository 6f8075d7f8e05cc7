@testable import Virtio

/// One ring's half of a recording, held against the clauses on its format.
protocol RingReplay {
  var findings: Findings { get }
  mutating func driverWrote(_ address: UInt64, _ bytes: [UInt8])
  mutating func driverRead(_ address: UInt64)
  mutating func driverFenced(_ barrier: Barrier)
  mutating func deviceWrote(_ address: UInt64, _ bytes: [UInt8])
  /// The driver notified the device; with the position where it says one.
  mutating func kicked(position: UInt16?)
}

/// Bytes as they were written; what never was reads as poison.
struct MemoryImage {
  private var bytes: [UInt64: UInt8] = [:]

  mutating func write(_ address: UInt64, _ new: [UInt8]) {
    for (index, byte) in new.enumerated() { bytes[address + UInt64(index)] = byte }
  }

  private func number(_ address: UInt64, _ count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(bytes[address + UInt64($1)] ?? 0xa5) << UInt64(8 * $1) }
  }
  /// A little-endian number of so many bits.
  subscript(bits: Int, at address: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: number(address, bits / 8)) }
  func load32(_ address: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number(address, 4)) }
  func load64(_ address: UInt64) -> UInt64 { number(address, 8) }
}

/// A descriptor as it stands in a ring.
struct ReplayDescriptor {
  let address: UInt64
  let byteCount: UInt32
  let flags: UInt16
  /// Next descriptor, or buffer ID.
  let link: UInt16

  init(_ image: MemoryImage, at address: UInt64, link: UInt64, flags: UInt64) {
    self.address = image.load64(address)
    byteCount = image.load32(address + 8)
    self.flags = image[16, at: address + flags]
    self.link = image[16, at: address + link]
  }

  var hasNext: Bool { flags & 1 != 0 }
  var isWritable: Bool { flags & 2 != 0 }
  var isIndirect: Bool { flags & 4 != 0 }
}

/// A ring as its registers describe it.
struct RingContext {
  let size: Int
  let addresses: QueueAddresses
  let features: FeatureSet
  /// Guest memory.
  let ram: Range<UInt64>

  /// What holds for a chain in any format.
  func check(_ chain: [ReplayDescriptor], _ findings: inout Findings, direction: String, count: [String]) {
    for id in count { findings.check(id, chain.count <= size, "\(chain.count) descriptors") }
    let firstWritable = chain.firstIndex { $0.isWritable } ?? chain.count
    findings.check(direction, chain[firstWritable...].allSatisfy(\.isWritable), "readable after writable")
    let total = chain.reduce(0) { $0 + UInt64($1.byteCount) }
    findings.check("SPLIT-R-04", total <= 1 << 32, "\(total) bytes")
    for descriptor in chain {
      let end = descriptor.address.addingReportingOverflow(UInt64(descriptor.byteCount))
      let isInside = !end.overflow && descriptor.address >= ram.lowerBound && end.partialValue <= ram.upperBound
      findings.check("RSVD-R-04", isInside, "buffer at \(descriptor.address)")
      for id in ["INDIR-R-01", "INDIR-R-05"] {
        findings.check(id, !descriptor.isIndirect || features.contains(.indirectDescriptors), "INDIRECT")
      }
      findings.check("INDIR-R-04", !(descriptor.isIndirect && descriptor.hasNext), "INDIRECT and NEXT")
    }
  }
}

/// Every ring of a recording, replayed.
struct RingReplays {
  private(set) var findings = Findings()
  private var rings: [Int: any RingReplay] = [:]
  private var image = MemoryImage()
  private var decoder = StepDecoder()
  private var accepted: FeatureSet = []
  private var sizes: [Int: Int] = [:]
  private var halves: [Int: [UInt32]] = [:]
  private var names: [UInt16: Int] = [:]
  private var isPCI = false

  init(_ events: [Event]) {
    for event in events { take(event) }
    endRings()
  }

  private mutating func take(_ event: Event) {
    switch event {
    case .access(let access):
      isPCI = access.place == .bar4
      if let step = decoder.decode(access) { take(step) }
    case .wrote(let side, let address, let bytes, _):
      image.write(address, bytes)
      for queue in rings.keys {
        switch side {
        case .driver: rings[queue]!.driverWrote(address, bytes)
        case .device: rings[queue]!.deviceWrote(address, bytes)
        }
      }
    case .read(.driver, let address, _): for queue in rings.keys { rings[queue]!.driverRead(address) }
    case .fence(.driver, let barrier): for queue in rings.keys { rings[queue]!.driverFenced(barrier) }
    case .read, .fence, .unmapped: break
    }
  }

  private mutating func take(_ step: Step) {
    switch step {
    case .status(0): endRings()
    case .driverFeatures(let word, let value): accepted.setWord(UInt32(word ?? 0), value)
    case .queueSize(let queue, let value): sizes[queue] = Int(value)
    case .queueAddress(let queue, let part, let half, let value):
      halves[queue, default: Array(repeating: 0, count: 6)][2 * part + half] = value
    case .notificationData(let queue, let value): names[UInt16(value)] = queue
    case .queueEnable(let queue, 1): begin(queue)
    case .kick(let value, let byteCount): kick(value, byteCount)
    default: break
    }
  }

  private mutating func begin(_ queue: Int) {
    let halves = halves[queue] ?? Array(repeating: 0, count: 6)
    let parts = (0..<3).map { UInt64(halves[2 * $0]) | UInt64(halves[2 * $0 + 1]) << 32 }
    let memory: UInt64 = 0x4000_0000
    let context = RingContext(
      size: sizes[queue] ?? 0, addresses: QueueAddresses(descriptors: parts[0], driver: parts[1], device: parts[2]),
      features: accepted, ram: memory..<memory + 64 << 20)
    if accepted.contains(.ringPacked) {
      rings[queue] = PackedReplay(context, image)
    } else {
      rings[queue] = SplitReplay(context, image)
    }
  }

  private mutating func kick(_ value: UInt32, _ byteCount: Int) {
    let low = UInt16(truncatingIfNeeded: value)
    let hasNames = accepted.contains(.notificationConfigData), hasPosition = accepted.contains(.notificationData)
    let queue = hasNames ? names[low] : Int(low)
    let place = "kick of \(byteCount) bytes, 0x\(String(value, radix: 16))"
    defer { if let queue { rings[queue]?.kicked(position: hasPosition ? UInt16(value >> 16) : nil) } }
    guard isPCI else { return }
    findings.check(hasPosition ? "PNOT-R-02" : "PNOT-R-01", byteCount == (hasPosition ? 4 : 2), place)
    let id = hasNames ? hasPosition ? "PNOT-R-06" : "PNOT-R-05" : hasPosition ? "PNOT-R-04" : "PNOT-R-03"
    findings.check(id, queue.map { rings[$0] != nil } ?? false, place)
    if hasNames { findings.check(id, low >= 0x5a00, place) }
  }

  private mutating func endRings() {
    for ring in rings.values { findings.formUnion(ring.findings) }
    (rings, halves, names) = ([:], [:], [:])
  }
}
