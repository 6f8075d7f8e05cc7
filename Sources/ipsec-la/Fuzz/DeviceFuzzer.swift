import Device
import ESP
import Model
import Spec
import Testbench
import Virtio
import Wire

/// A device, and a driver that sends it what obeys the grammar, what nearly does, and what does not at all.
///
/// What must hold: the device answers and goes on, touches nothing that is not its own, and never claims to have
/// written more than it has; a state that it saved, it takes back.
struct DeviceFuzzer {
  private var input: FuzzInput
  let version: SpecVersion
  private let bench: Testbench
  private let watch: DeviceWatch
  private var messages: MessageFuzzer
  private var sas: [TestSA] = []
  /// Packets that the device protected.
  private var sealed: [[UInt8]] = []
  private(set) var tally = Tally()

  init(_ input: FuzzInput) throws {
    var input = input
    version = input.pick([.v0_4, .v1_0, .v2_0])
    var profile = AcceleratorProfile(version)
    if input.oneIn(4) { (profile.limits.sas, profile.limits.groups, profile.limits.bundle) = (3, 2, 2) }
    if input.oneIn(4) { (profile.limits.packets, profile.limits.packetSize) = (3, 300) }
    if input.oneIn(4) { profile.limits.heldNotifications = 2 }
    if version == .v1_0 { profile.quirks = Set(V1_0.DriverQuirk.allCases.filter { _ in input.oneIn(3) }) }
    profile.guestOrder = version < .v2_0 && input.oneIn(2) ? .big : .little
    profile.random = { [UInt8](repeating: 0x5a, count: $0) }
    let dropped = FeatureSet(rawValue: UInt128(input.word() & input.word() & input.word()))
      .intersection(.deviceType)
    let rings: FeatureSet = input.pick([[], .ringPacked, .inOrder, [.ringPacked, .inOrder]])
    let all = profile.features.subtracting([.ringPacked, .inOrder]).union(rings).subtracting(dropped)
    let chosen = profile
    bench = try Testbench(
      version: version, features: all, memory: 1 << 21, notificationBuffers: input.below(4)
    ) { $0 = chosen }
    watch = DeviceWatch(mayOverwrite: !profile.quirks.isEmpty)
    messages = MessageFuzzer(version, bigEndianGuest: profile.guestOrder == .big, seed: input.word())
    self.input = input
    watch.rings = 0..<bench.machine.heap.mark
    bench.machine.device.memory.observer = watch
  }

  /// Plays so many moves, or until the device asks for a reset.
  mutating func run(steps: Int) throws {
    for _ in 0..<steps {
      switch input.below(16) {
      case 0: try addSA()
      case 1: try reset()
      case 2: try moveState()
      case 3: try register()
      case 4...8: try send(messages.control(&input), on: 0)
      default: try sendPacket()
      }
      watch.releaseAll()
      precondition(!bench.machine.session.needsReset, "the device wants a reset")
    }
  }

  // MARK: Moves

  /// A good SA, as far as features, limits and quirks let it in.
  private mutating func addSA() throws {
    watch.allowEverything()
    let group = input.oneIn(2) ? try? bench.addGroup() : nil
    let direction: Direction = input.oneIn(2) ? .outbound : .inbound
    let description = SADescription.random(&input)
    guard let sa = try? bench.addSA(description, direction: direction, group: group) else { return tally.refused += 1 }
    sas.append(sa)
    tally.sas += 1
  }

  private mutating func reset() throws {
    guard input.oneIn(4) else {
      try bench.machine.resetQueueIfOffered(1 + input.below(2))
      watch.rings = 0..<bench.machine.heap.mark
      return
    }
    watch.allowEverything()
    try bench.start(notificationBuffers: input.below(4))
    watch.rings = 0..<bench.machine.heap.mark
    (sas, sealed) = ([], [])
    tally.resets += 1
  }

  /// A state that was saved is taken back and is the same; one that was damaged is not.
  private mutating func moveState() throws {
    let accelerator = bench.accelerator
    var state = accelerator.saveState()
    try accelerator.restoreState(state)
    precondition(accelerator.saveState() == state, "a state changes as it moves")
    tally.states += 1
    state[Int(input.word() % UInt64(state.count))] ^= 1 << UInt8(input.below(8))
    precondition((try? accelerator.restoreState(state)) == nil, "damage goes unnoticed")
  }

  private mutating func register() throws {
    let transport = bench.machine.session.transport
    transport.writeConfiguration(at: 4 * input.below(8), byteCount: 4, UInt32(truncatingIfNeeded: input.word()))
  }

  private mutating func sendPacket() throws {
    let known = sas.isEmpty || input.oneIn(8) ? nil : input.pick(sas)
    let direction = known?.direction ?? .outbound
    let queue = direction == .outbound || input.oneIn(16) ? 2 : 1
    let isSealed = direction == .inbound && !sealed.isEmpty && !input.oneIn(4)
    let packet = isSealed ? input.pick(sealed) : HostilePacket.make(&input)
    if input.oneIn(4), let known { return try processWhole(packet, on: known) }
    try send(messages.data(packet, on: known, &input), on: queue)
  }

  /// A packet as the testbench's own driver sends it.
  private mutating func processWhole(_ packet: [UInt8], on sa: TestSA) throws {
    watch.allowEverything()
    do throws(TestbenchError) {
      for result in try bench.process([packet], on: sa) {
        guard case .success(let output) = result else {
          tally.refused += 1
          continue
        }
        tally.packets += 1
        if sa.direction == .outbound { sealed.append(output) }
        if sealed.count > 16 { sealed.removeFirst() }
      }
    } catch {
      if case .virtio(let error) = error { throw error }
      tally.refused += 1
    }
  }

  // MARK: Chains

  /// Sends a chain whose bytes are cut into buffers anywhere; checks what the device did to memory.
  private mutating func send(_ message: (readable: [UInt8], room: Int), on index: Int) throws {
    let heap = bench.machine.heap, queue = bench.machine.queues[index]
    let mark = heap.mark
    defer { heap.release(to: mark) }
    var buffers: [Buffer] = []
    for piece in cut(message.readable.count) {
      buffers.append(Buffer(address: try heap.place(Array(message.readable[piece])), byteCount: UInt32(piece.count)))
    }
    let readableCount = buffers.count
    buffers += cut(message.room).map { Buffer(address: heap.allocate($0.count), byteCount: UInt32($0.count)) }
    guard !buffers.isEmpty else { return }
    watch.begin(readable: buffers[..<readableCount], writable: buffers[readableCount...])
    try queue.add(buffers.span, readableCount: readableCount, token: 7)
    queue.kick()
    let completion = try queue.reap()
    guard let completion else { preconditionFailure("a chain was not used") }
    precondition(completion.byteCount <= watch.writtenPrefix, "\(completion.byteCount) bytes are claimed to be written")
    tally.chains += 1
    if completion.byteCount > 0 { tally.answers += 1 }
    watch.allowEverything()
    try bench.reapNotifications()
  }

  /// Ranges that follow one another, as often as not one.
  private mutating func cut(_ count: Int) -> [Range<Int>] {
    guard count > 0 else { return [] }
    var cuts = [0, count]
    if input.oneIn(2) { for _ in 0..<input.below(5) { cuts.append(Int(input.word() % UInt64(count))) } }
    cuts.sort()
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }.filter { !$0.isEmpty }
  }

  /// What came of it.
  struct Tally: CustomStringConvertible {
    var (chains, answers, sas, packets, refused, resets, states) = (0, 0, 0, 0, 0, 0, 0)

    /// Whether a bit of everything came about.
    var isComplete: Bool { [chains, answers, sas, packets, refused, resets, states].allSatisfy { $0 > 0 } }

    var description: String {
      """
      \(chains) chains, \(answers) answered; \(sas) SAs; \(packets) packets processed, \(refused) requests refused; \
      \(resets) resets; \(states) states moved
      """
    }

    static func += (a: inout Tally, b: Tally) {
      (a.chains, a.answers, a.sas) = (a.chains + b.chains, a.answers + b.answers, a.sas + b.sas)
      (a.packets, a.refused) = (a.packets + b.packets, a.refused + b.refused)
      (a.resets, a.states) = (a.resets + b.resets, a.states + b.states)
    }
  }
}
