#if !LIBFUZZER
  import Virtio
#endif

/// A driver's ring whose device lies: it serves most chains, and writes what it likes where used buffers are told.
///
/// What must hold: the driver neither crashes nor hangs, gets no request back that is not out, none twice, and none
/// with more bytes than it has room for.
struct DriverFuzzer {
  private var input: FuzzInput
  let format: RingFormat
  private let size: Int
  private let addresses: QueueAddresses
  private let memory: GuestMemory
  /// Writable bytes of the requests that are out, by token.
  private var out: [UInt64: Int] = [:]
  private var nextToken: UInt64 = 0
  /// Requests that came back, and lies that were noticed.
  private(set) var completions = 0
  private(set) var lies = 0

  init(_ input: FuzzInput) throws {
    var input = input
    format = input.pick([.split, .packed])
    size = format == .split ? input.pick([1, 2, 8, 64]) : input.pick([1, 3, 8, 50])
    addresses = QueueAddresses(format, size: size, at: 0x1000)
    memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x8000)])
    self.input = input
  }

  /// Plays up to `steps` moves; the first lie that is noticed ends them.
  mutating func run(steps: Int) throws {
    var features: FeatureSet = .indirectDescriptors
    for feature in [FeatureSet.eventIndex, .inOrder] where input.oneIn(2) { features.insert(feature) }
    let options = RingOptions(features)
    var driver = try AnyDriverRing(format, in: memory, size: size, at: addresses, options: options)
    let deviceMemory = GuestMemory(sharing: memory)
    var device = try AnyDeviceRing(format, in: deviceMemory, size: size, at: addresses, options: options)
    var chain = Chain(in: deviceMemory)
    for _ in 0..<steps where !input.isExhausted {
      for _ in 0..<1 + input.below(4) { try send(&driver) }
      _ = driver.publish()
      // A lie of earlier may have made the ring one that an honest device refuses.
      do throws(ChainError) {
        while !input.oneIn(8) {
          guard try device.pop(into: &chain) else { break }
          chain.write(UInt16(1), at: 0)
          device.complete(chain)
        }
      } catch {
        return
      }
      _ = device.publish()
      if input.oneIn(8) { try lie() }
      guard reap(&driver) else { return }
      if input.oneIn(8) { _ = driver.enableInterrupts() }
      if input.oneIn(8) { driver.disableInterrupts() }
    }
  }

  private mutating func send(_ driver: inout AnyDriverRing) throws {
    let count = 1 + input.below(min(size, 4))
    let isTable = input.oneIn(3)
    guard driver.freeCount >= (isTable ? 1 : count) else { return }
    let readableCount = input.below(count + 1)
    let buffers = (0..<count).map { Buffer(address: 0x7000 + UInt64($0 * 64), byteCount: UInt32(input.below(64))) }
    let table: UInt64? = isTable ? 0x6000 + nextToken % 16 * 64 : nil
    try driver.add(buffers.span, readableCount: readableCount, token: nextToken, table: table)
    out[nextToken] = buffers[readableCount...].reduce(0) { $0 + Int($1.byteCount) }
    nextToken += 1
  }

  /// The device writes where it tells of used buffers.
  private mutating func lie() throws {
    let (start, byteCount) =
      switch format {
      case .split: (addresses.device, 4 + 8 * size)
      case .packed: (addresses.descriptors, 16 * size)
      }
    let value = UInt16(input.oneIn(2) ? input.below(2 * size) : Int(truncatingIfNeeded: input.word() & 0xffff))
    let offset = (input.below(2) == 0 ? input.below(4) : Int(input.word() % UInt64(byteCount / 2))) * 2
    try memory.write(value, address: start + UInt64(offset))
  }

  /// Takes what came back; false when the ring cannot be used any more.
  private mutating func reap(_ driver: inout AnyDriverRing) -> Bool {
    do throws(VirtioError) {
      while let completion = try driver.reap() {
        guard let room = out.removeValue(forKey: completion.token) else { preconditionFailure("it was not out") }
        precondition(completion.byteCount <= room, "more bytes than there is room for")
        completions += 1
      }
    } catch {
      lies += 1
      return false
    }
    precondition((0...size).contains(driver.freeCount), "descriptors are lost")
    precondition(!out.isEmpty || driver.freeCount == size, "descriptors are lost")
    return true
  }
}
