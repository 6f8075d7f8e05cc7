#if !LIBFUZZER
  import Virtio
#endif

/// A driver that writes what it likes into a virtqueue, and changes memory while the device reads it.
///
/// Memory is three regions, two adjacent and one behind a gap, each between pages that fault. What must hold: the
/// device neither crashes nor hangs, and no used element that it writes has a length above what it wrote into the chain.
struct RingFuzzer {
  static let queues: UInt64 = 0x1000
  static let tables: UInt64 = 0x4000
  static let pages: [UInt64] = [0x0000, 0x8000, 0x2_0000]
  static let pageByteCount = 0x8000

  private var input: FuzzInput
  private let format: RingFormat
  private let size: Int
  private let addresses: QueueAddresses
  private let memory: GuestMemory
  private let deviceMemory: GuestMemory
  private let watch: FuzzWatch
  private var idle: [FuzzRequest] = []
  private var inFlight: [FuzzRequest] = []
  private var availableIndex: UInt16 = 0
  /// Chains that the device got to see, of which so many were malformed.
  private(set) var chains = 0
  private(set) var faults = 0
  /// Used elements that the device wrote.
  var elementsChecked: Int { watch.elementsChecked }

  init(_ input: FuzzInput) throws {
    var input = input
    format = input.pick([.split, .packed])
    size = format == .split ? input.pick([1, 2, 8, 64]) : input.pick([1, 3, 8, 50])
    addresses = QueueAddresses(format, size: size, at: Self.queues)
    memory = try GuestMemory(regions: Self.pages.map { try MemoryRegion(at: $0, byteCount: Self.pageByteCount) })
    deviceMemory = GuestMemory(sharing: memory)
    watch = FuzzWatch(memory, format, size, addresses)
    deviceMemory.observer = watch
    self.input = input
  }

  /// Plays up to `steps` moves.
  mutating func run(steps: Int) throws {
    var features: FeatureSet = []
    for feature in [FeatureSet.indirectDescriptors, .eventIndex, .inOrder] where input.oneIn(2) {
      features.insert(feature)
    }
    var ring = try AnyDeviceRing(format, in: deviceMemory, size: size, at: addresses, options: RingOptions(features))
    for _ in 0..<steps where !input.isExhausted {
      for _ in 0..<1 + input.below(6) { try writeDescriptor() }
      try makeAvailable()
      if input.oneIn(3) { watch.plan(after: input.below(24), address: place(), value: input.word()) }
      guard try serve(&ring) else { return }
      if input.oneIn(8) { _ = ring.enableNotifications() }
      if input.oneIn(8) { ring.disableNotifications() }
    }
  }

  // MARK: The driver

  /// An address that is likely to matter: in the ring, a table, a buffer, at a border, or nowhere.
  private mutating func place() -> UInt64 {
    switch input.below(8) {
    case 0: Self.queues + UInt64(input.below(size) * 16 + input.below(2) * 8)
    case 1: addresses.driver + UInt64(input.below(8))
    case 2: Self.tables + UInt64(input.below(64) * 8)
    case 3: input.pick([0x7ff8, 0xfff8, 0x1_0000, 0x1_fff8, 0x2_7ff0, .max - 8, 0])
    case 4: input.word()
    default: 0x6000 + UInt64(input.below(256)) * 16
    }
  }

  private mutating func writeDescriptor() throws {
    let isTable = input.oneIn(3)
    let base = isTable ? Self.tables : Self.queues
    let address = base + UInt64(input.below(isTable ? 16 : size) * 16)
    var flags = UInt16(input.pick([0, 1, 1, 1, 2, 3, 4, 5, 6]))
    if !isTable { flags |= input.pick([0x0080, 0x0080, 0x8000, 0]) }
    if input.oneIn(32) { flags = UInt16(truncatingIfNeeded: input.word()) }
    let target = flags & 4 != 0 ? Self.tables : place()
    let count = UInt32(truncatingIfNeeded: input.oneIn(16) ? input.word() : UInt64(input.below(64) * 4))
    let link = UInt16(input.below(size + 2))
    try memory.write(target, address: address)
    try memory.write(count, address: address + 8)
    try memory.write(format == .split ? flags : link, address: address + 12)
    try memory.write(format == .split ? link : flags, address: address + 14)
  }

  private mutating func makeAvailable() throws {
    guard format == .split else { return }
    let slot = UInt64(Int(availableIndex) % size * 2)
    try memory.write(UInt16(input.below(size + (input.oneIn(16) ? 2 : 0))), address: addresses.driver + 4 + slot)
    availableIndex &+= 1
    if input.oneIn(64) { availableIndex = UInt16(truncatingIfNeeded: input.word()) }
    try memory.write(availableIndex, address: addresses.driver + 2)
  }

  // MARK: The device

  /// Serves what there is, with some chains kept for later; false when only a reset helps.
  private mutating func serve(_ ring: inout AnyDeviceRing) throws -> Bool {
    // A driver that rewrites the ring while it is served can keep a device busy; it cannot keep it in one call.
    for _ in 0..<2 * size {
      let request = idle.popLast() ?? FuzzRequest(in: deviceMemory)
      do throws(ChainError) {
        guard try ring.pop(into: &request.chain) else {
          idle.append(request)
          break
        }
        chains += 1
        work(on: request)
        inFlight.append(request)
      } catch {
        faults += 1
        idle.append(request)
        guard error.isReturnable else { return false }
        watch.expect(error.id, byteCount: 0)
        watch.using { ring.giveBack(error) }
      }
      if inFlight.count >= 4 || input.oneIn(2) { complete(&ring) }
      precondition(ring.inFlight <= size, "more in flight than the ring holds")
    }
    if input.oneIn(2) { while !inFlight.isEmpty { complete(&ring) } }
    if input.oneIn(2) { _ = watch.using { ring.publish() } }
    return true
  }

  /// Uses any of the chains in flight.
  private mutating func complete(_ ring: inout AnyDeviceRing) {
    guard !inFlight.isEmpty else { return }
    let request = inFlight.remove(at: input.below(inFlight.count))
    watch.expect(request.chain.id, byteCount: request.written)
    watch.using { ring.complete(request.chain) }
    idle.append(request)
  }

  /// Reads everything, and writes part of it, at a chosen place.
  private mutating func work(on request: FuzzRequest) {
    var sum: UInt8 = 0
    request.chain.forEachReadable(0..<request.chain.readableByteCount) { piece in
      for index in 0..<min(piece.byteCount, 64) { sum &+= piece.unsafeLoad(fromByteOffset: index, as: UInt8.self) }
    }
    let start = input.oneIn(2) ? 0 : input.below(64)
    let end = start + input.below(64)
    request.chain.forEachWritable(start..<end) { piece in
      for index in 0..<piece.byteCount { piece.storeBytes(of: sum, toByteOffset: index, as: UInt8.self) }
    }
    request.written = start == 0 ? min(end, request.chain.writableByteCount) : 0
    precondition(request.chain.writtenByteCount == request.written, "used length is not what was written")
  }
}

/// A chain that the device has taken, and how many bytes it wrote from the start.
private final class FuzzRequest {
  var chain: Chain
  var written = 0

  init(in memory: GuestMemory) { chain = Chain(in: memory) }
}
