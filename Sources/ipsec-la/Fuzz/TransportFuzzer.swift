#if !LIBFUZZER
  import Virtio
#endif

/// A driver that writes what it likes into a device's registers, between moves that keep the device going: queues are
/// filled, notified, reset and enabled again, the device is suspended, resumed, reset and saved.
///
/// What must hold: the device neither crashes nor hangs, is live only with features that were offered, keeps no more
/// chains than its queues hold, and, whatever was done to it, works after a reset.
struct TransportFuzzer {
  private var input: FuzzInput
  private let format: RingFormat
  private let size: Int
  private var driver: HostileDriver
  private let registers: FuzzRegisters
  private let function: FuzzFunction
  private let watch: FuzzWatch
  private var session: DriverSession?
  /// Chains that the device took, and how often it came back to life.
  var chains: Int { function.chains }
  private(set) var revivals = 0

  private var device: VirtioDevice { registers.device }

  init(_ input: FuzzInput) throws {
    var input = input
    format = input.pick([.split, .packed])
    size = format == .split ? input.pick([1, 2, 8, 64]) : input.pick([1, 3, 8, 50])
    let addresses = QueueAddresses(format, size: size, at: HostileDriver.queues)
    driver = try HostileDriver(format, size: size, addresses)
    function = FuzzFunction(input.word())
    watch = FuzzWatch(driver.memory, format, size, addresses)
    let memory = GuestMemory(sharing: driver.memory)
    memory.observer = watch
    registers = FuzzRegisters(isPCI: input.oneIn(2), in: memory, function)
    self.input = input
  }

  /// Plays up to `steps` moves, and then sees whether a reset helps.
  mutating func run(steps: Int) throws {
    try revive()
    for _ in 0..<steps where !input.isExhausted {
      try move()
      check()
    }
    try revive()
    try exchange()
  }

  private mutating func move() throws {
    // A device that needs a reset shows little else.
    if device.status.contains(.needsReset) && input.oneIn(4) { return try revive() }
    switch input.below(16) {
    case 0...3: registers.write(&input)
    case 4: registers.read(&input)
    case 5...9: try offer()
    case 10: resetQueue()
    case 11: session?.transport.writeStatus(DeviceStatus(rawValue: UInt8(input.pick([0x1f, 0xf, 0x10, 0x80, 0, 4]))))
    case 12:
      device.holdsTransitions = input.oneIn(2)
      if !device.holdsTransitions { device.finishHeld() }
    case 13:
      device.changeConfiguration(at: input.below(8), to: [input.byte()])
      device.continueService()
    case 14: saveAndRestore()
    default: if input.oneIn(4) { try revive() } else { function.finish(input.below(4)) }
    }
  }

  /// Makes something available, and notifies: the right queue or any, with a position or what looks like one.
  private mutating func offer() throws {
    try driver.offer(device.queues[0].state ?? RingState(), &input)
    if input.oneIn(8) { watch.plan(after: input.below(24), address: driver.place(&input), value: input.word()) }
    let queue = input.oneIn(16) ? input.below(256) : 0
    session?.transport.notify(queue: queue, position: input.oneIn(2) ? UInt16(truncatingIfNeeded: input.word()) : nil)
  }

  /// Resets a queue, and enables it again where that went through.
  private mutating func resetQueue() {
    guard let session else { return }
    session.transport.startQueueReset(0)
    guard session.transport.isQueueResetDone(0), !device.queues[0].isEnabled else { return }
    if (try? session.makeQueue(0, size: size, at: HostileDriver.queues)) != nil { driver.restart() }
  }

  /// Saves the device and goes on in what was restored, which must be the same.
  private func saveAndRestore() {
    guard !device.holdsTransitions, device.queues.allSatisfy({ $0.inFlight == 0 && !$0.isResetting }) else { return }
    let (status, enabled) = (device.status, device.queues.map(\.isEnabled))
    registers.saveAndRestore()
    precondition(device.status == status, "\(device.status) instead of \(status) after it was restored")
    precondition(device.queues.map(\.isEnabled) == enabled, "queues are lost")
  }

  /// From whatever state there is to a live device.
  private mutating func revive() throws {
    device.holdsTransitions = false
    device.finishHeld()
    var supported: FeatureSet = format == .packed ? .ringPacked : []
    for feature in FuzzRegisters.features where input.oneIn(2) { supported.insert(feature) }
    let session = DriverSession(try registers.makeTransport(), memory: driver.memory)
    try session.negotiate(DriverProfile(supported: supported, configurationByteCount: 16))
    _ = try session.makeQueue(0, size: size, at: HostileDriver.queues)
    session.start()
    precondition(device.isRunning, "a device that was reset does not start")
    driver.restart()
    (self.session, revivals) = (session, revivals + 1)
  }

  /// One request of a driver that keeps to the rules.
  private func exchange() throws {
    guard let session else { return }
    let queue = try session.makeQueue(1, size: 8, at: 0x8000)
    let buffers: [2 of Buffer] = [Buffer(address: 0xa000, byteCount: 16), Buffer(address: 0xb000, byteCount: 16)]
    try queue.add(buffers.span, readableCount: 1, token: 7)
    queue.kick()
    function.finish(.max)
    guard let completion = try queue.reap() else { preconditionFailure("no answer after a reset") }
    precondition(completion.token == 7 && completion.byteCount == 2, "\(completion) after a reset")
  }

  private func check() {
    if device.isRunning {
      precondition(device.status.isSuperset(of: [.featuresOK, .driverOK]))
      precondition(device.accepted.isSubset(of: device.offered))
    }
    for queue in device.queues where queue.isEnabled {
      precondition(queue.inFlight <= queue.size, "more in flight than the queue holds")
    }
  }
}
