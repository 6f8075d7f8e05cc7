import Testing

@testable import Virtio

enum TransportKind: String, CaseIterable, Sendable { case mmio, pci }

/// A device function for tests: serves each chain, or keeps them, and notes what it is told.
final class TestFunction: DeviceFunction {
  var isAcceptable: (FeatureSet) -> Bool = { _ in true }
  /// Bytes to write into each chain.
  var answer: [UInt8] = [0xaa, 0xbb]
  /// Whether to leave chains in flight until `finish`.
  var isLazy = false
  var needsResetOnError = false
  /// Whether to ask for notifications, and to go on while there is more.
  var asksForMore = false
  /// Whether kicks go unheard.
  var isDeaf = false
  var canSuspend = true
  var finishesOnSuspend = true
  var canResume = true

  /// What the device calls the function for.
  enum Call: CaseIterable { case start, notified, configurationWritten, queueWasReset, suspend, resume }
  /// Runs within each call but that of a reset.
  var onCall: (Call, VirtioDevice) -> Void = { _, _ in }

  private(set) var notifications: [Int] = []
  private(set) var served: [[UInt8]] = []
  private(set) var errors: [ChainError] = []
  private(set) var resets = 0
  private(set) var starts = 0
  private(set) var queueResets: [Int] = []
  private(set) var configurationWrites = 0
  private(set) var suspensions = 0
  private(set) var resumptions = 0

  func accepts(_ features: FeatureSet) -> Bool { isAcceptable(features) }
  func wasReset(_ device: VirtioDevice) { resets += 1 }

  func start(_ device: VirtioDevice) {
    starts += 1
    onCall(.start, device)
  }

  func queueWasReset(_ queue: DeviceQueue, of device: VirtioDevice) {
    queueResets.append(queue.index)
    onCall(.queueWasReset, device)
  }

  func configurationWritten(at offset: Int, byteCount: Int, of device: VirtioDevice) {
    configurationWrites += 1
    onCall(.configurationWritten, device)
  }

  func resume(_ device: VirtioDevice) -> Bool {
    resumptions += 1
    onCall(.resume, device)
    return canResume
  }

  /// Finishes what is in progress.
  func suspend(_ device: VirtioDevice) -> Bool {
    suspensions += 1
    onCall(.suspend, device)
    if finishesOnSuspend { finish() }
    return canSuspend
  }

  func notified(_ queue: DeviceQueue, of device: VirtioDevice) {
    notifications.append(queue.index)
    onCall(.notified, device)
    if isDeaf { return }
    repeat { serve(queue, of: device) } while asksForMore && queue.enableNotifications()
  }

  func serve(_ queue: DeviceQueue, of device: VirtioDevice) {
    if isLazy { return take(queue, of: device) }
    var chain = Chain(in: device.memory)
    while true {
      do throws(ChainError) {
        guard try queue.pop(into: &chain) else { break }
        served.append(chain.readableBytes)
        chain.write(at: 0, bytes: answer)
        queue.complete(chain)
      } catch {
        errors.append(error)
        if needsResetOnError || !error.isReturnable {
          device.needReset()
          break
        }
        queue.giveBack(error)
      }
    }
    queue.publish()
  }

  /// The chain in flight, with the queue that it came from.
  private var inFlight: InFlight?

  private func take(_ queue: DeviceQueue, of device: VirtioDevice) {
    let taken = InFlight(queue, device)
    if taken.take() { inFlight = taken }
  }

  /// Writes the answer to the chain in flight, and uses it.
  func finish() {
    inFlight?.finish(answer)
    inFlight = nil
  }
}

/// A chain that a device has taken and not used yet.
final class InFlight {
  private let queue: DeviceQueue
  private var chain: Chain

  init(_ queue: DeviceQueue, _ device: VirtioDevice) {
    self.queue = queue
    chain = Chain(in: device.memory)
  }

  func take() -> Bool { (try? queue.pop(into: &chain)) ?? false }

  func finish(_ answer: [UInt8]) {
    chain.write(at: 0, bytes: answer)
    queue.complete(chain)
    queue.publish()
  }
}

/// A device on a transport, and a driver that reaches it through traced registers.
final class Bench {
  static let profile = DeviceProfile(
    deviceID: 20, features: FeatureSet.common.union([.feature0, .feature1]),
    requirements: [FeatureRequirement(.feature1, needs: .feature0)], queueSizes: [16, 8, 0],
    configuration: Array(1...16), writableConfiguration: [8..<16])
  static let driverProfile = DriverProfile(
    supported: [.feature0, .feature1, .indirectDescriptors, .ringReset, .suspend],
    requirements: profile.requirements, configurationByteCount: 16)
  static let ring: UInt64 = 0x1000
  static let buffers: UInt64 = 0x8_0000

  let kind: TransportKind
  let driverMemory: GuestMemory
  let deviceMemory: GuestMemory
  let function = TestFunction()
  let interrupts = InterruptLog()
  let trace = Trace()
  let mmio: MMIOTransport?
  let pci: PCIFunction?
  let device: VirtioDevice

  init(
    _ kind: TransportKind, profile: DeviceProfile = Bench.profile, pci pciProfile: PCIProfile = PCIProfile()
  ) throws {
    self.kind = kind
    driverMemory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x10_0000)])
    deviceMemory = GuestMemory(sharing: driverMemory)
    switch kind {
    case .mmio:
      mmio = MMIOTransport(profile, in: deviceMemory, interrupts: interrupts, function: function)
      pci = nil
      device = mmio!.device
    case .pci:
      pci = PCIFunction(profile, pci: pciProfile, in: deviceMemory, interrupts: interrupts, function: function)
      mmio = nil
      device = pci!.device
    }
  }

  /// The driver's end of the transport.
  func makeTransport() throws -> any DriverTransport {
    switch kind {
    case .mmio: return try #require(try MMIODriver(TracedWindow(.mmio, mmio!, trace)))
    case .pci: return try makePCIDriver()
    }
  }

  func makePCIDriver() throws(VirtioError) -> PCIDriver {
    let (pci, trace) = (pci!, trace)
    return try PCIDriver(space: TracedWindow(.space, PCISpaceWindow(pci), trace)) { bar in
      TracedWindow(bar == 1 ? .bar1 : .bar4, PCIWindow(pci, bar: bar), trace)
    }
  }

  /// A live device with queue 0 of the given features.
  func bringUp(
    _ features: FeatureSet = [], profile: DriverProfile = Bench.driverProfile
  ) throws -> (DriverSession, DriverQueue) {
    var profile = profile
    profile.supported.formUnion(features)
    let session = DriverSession(try makeTransport(), memory: driverMemory)
    try session.negotiate(profile)
    let queue = try session.makeQueue(0, size: 8, at: Self.ring)
    session.start()
    return (session, queue)
  }
}

/// Configuration space as a window.
final class PCISpaceWindow: RegisterWindow {
  private let function: PCIFunction
  init(_ function: PCIFunction) { self.function = function }
  func read(at offset: Int, byteCount: Int) -> UInt32 { function.readConfiguration(at: offset, byteCount: byteCount) }
  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    function.writeConfiguration(at: offset, byteCount: byteCount, value)
  }
}

extension FeatureSet {
  static let feature0 = Self(bit: 0)
  static let feature1 = Self(bit: 1)
}

extension DriverQueue {
  /// Adds a chain of `readable` then `writable` buffers, 16 bytes each, and kicks.
  @discardableResult
  func send(readable: Int = 1, writable: Int = 1, token: UInt64 = 1) throws(VirtioError) -> Bool {
    let buffers = (0..<readable + writable).map { Buffer(address: Bench.buffers + UInt64($0) * 16, byteCount: 16) }
    try add(buffers.span, readableCount: readable, token: token)
    return kick()
  }
}
