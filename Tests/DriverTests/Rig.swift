import Device
import Driver
import Spec
import Testbench
import Virtio
import Wire

/// One way of putting driver and device together.
struct Rig: Sendable, CustomStringConvertible {
  enum Transport: String, Sendable, CaseIterable { case mmio, msix, intx }

  var version = SpecVersion.v2_0
  var transport = Transport.mmio
  var isPacked = false
  var cpuCount = 1
  var pairs = 1
  var scaling = 1
  var queueSize = 64
  var guestOrder = ByteOrder.little
  /// MSI-X vectors that the card has; nil for as many as it comes with.
  var vectors: Int?

  var description: String { "\(version) over \(transport.rawValue), \(isPacked ? "packed" : "split")" }

  /// Every version on every transport, with every ring format that the version has.
  static let all: [Rig] = Transport.allCases.flatMap { transport in
    [SpecVersion.v0_4, .v1_0, .v2_0].flatMap { version in
      (version == .v2_0 ? [false, true] : [false]).map { Rig(version: version, transport: transport, isPacked: $0) }
    }
  }
  /// 2.0 on every transport.
  static let transports = Transport.allCases.map { Rig(transport: $0) }

  static let slot = 1

  var profile: AcceleratorProfile {
    var profile = AcceleratorProfile(version)
    profile.pairs = pairs
    profile.scaling = scaling
    profile.queueSize = queueSize
    profile.guestOrder = guestOrder
    return profile
  }

  var pciProfile: PCIProfile {
    var profile = PCIProfile()
    if let vectors { profile.vectors = vectors }
    if transport == .intx { profile.vectors = 0 }
    return profile
  }

  /// A platform that has not booted yet.
  func platform(_ change: (inout IPsecDriver.Parameters) -> Void = { _ in }) throws -> Platform {
    var parameters = IPsecDriver.Parameters()
    let known = Feature.allCases.reduce(into: FeatureSet()) { $0.formUnion(FeatureSet(bit: Int($1.rawValue))) }
    parameters.features = known.subtracting(isPacked ? [] : [.ringPacked])
    change(&parameters)
    let id = UInt32(Spec.all.first { $0.version == version }!.identity.deviceID)
    let tree = PlatformTree.board(mmio: transport == .mmio ? [id] : [nil])
    let platform = try Platform(tree, profile: profile, parameters: parameters, cpuCount: cpuCount)
    if transport != .mmio { try platform.insert(into: Self.slot, pci: pciProfile) }
    return platform
  }

  /// A platform that has booted, and its accelerator as the driver keeps it.
  func boot(_ change: (inout IPsecDriver.Parameters) -> Void = { _ in }) throws -> (Platform, IPsecInstance) {
    let platform = try platform(change)
    try platform.boot()
    guard let instance = platform.instances.first else {
      throw DriverError(.ENODEV, "rig", platform.kernel.log.lines(.message).joined(separator: "\n"))
    }
    return (platform, instance)
  }

  /// The accelerator itself.
  func accelerator(_ platform: Platform) -> Accelerator {
    (transport == .mmio ? platform.accelerator(at: PlatformTree.Address.virtio) : platform.accelerator(in: Self.slot))!
  }
}

extension Rig {
  /// The device says that only a reset helps.
  func needReset(_ platform: Platform) {
    let window = PlatformTree.Address.virtio
    (transport == .mmio ? platform.device(at: window) : platform.device(in: Self.slot))!.needReset()
  }
}

extension Platform {
  /// What a driver may leave behind: nothing of it may differ before and after.
  struct Footprint: Equatable, CustomStringConvertible {
    var memory: Int
    var mappings: Int
    var handlers: Int
    var messages: Int
    var complaints: Int
    var timers: Int

    var description: String {
      "\(memory) pieces of memory, \(mappings) mappings, \(handlers) handlers, \(messages) messages, "
        + "\(complaints) complaints, \(timers) timers"
    }
  }

  var footprint: Footprint {
    Footprint(
      memory: kernel.pages.liveCount, mappings: kernel.dma.count, handlers: kernel.interrupts.actionCount,
      messages: kernel.interrupts.messageCount, complaints: kernel.dma.complaints.count,
      timers: kernel.scheduler.pendingCount)
  }
}

/// A device that does not serve its data queues until it is told to.
final class Hold {
  private var held: [(DeviceQueue, VirtioDevice)] = []
  private let accelerator: Accelerator

  init(_ accelerator: Accelerator) {
    self.accelerator = accelerator
    accelerator.onNotify = { [unowned self, unowned accelerator] queue, device in
      if queue.index == 0 { accelerator.serve(queue, of: device) } else { held.append((queue, device)) }
    }
  }

  deinit { accelerator.onNotify = nil }

  /// Serves what came in, and from now on everything.
  func release() {
    accelerator.onNotify = nil
    for (queue, device) in held { accelerator.serve(queue, of: device) }
    held = []
  }
}

extension IPsecRequest {
  /// A request with buffers of its own, which `free` gives back.
  convenience init(_ packet: [UInt8], on sa: IPsecSA, _ kernel: Kernel, pieces: Int = 1) throws {
    func buffers(_ byteCount: Int) throws -> [Buffer] {
      let size = (byteCount + pieces - 1) / pieces
      return try stride(from: 0, to: byteCount, by: size).map { start in
        let count = min(size, byteCount - start)
        return Buffer(address: try kernel.allocate(count, for: "test"), byteCount: UInt32(count))
      }
    }
    let input = try buffers(packet.count)
    var rest = packet[...]
    for piece in input {
      kernel.store(Array(rest.prefix(Int(piece.byteCount))), at: piece.address)
      rest = rest.dropFirst(Int(piece.byteCount))
    }
    self.init(sa, input: input, output: try buffers(packet.count + 512))
  }

  /// What came out.
  func result(_ kernel: Kernel) -> [UInt8]? {
    guard case .done(let count, _)? = outcome else { return nil }
    return Array(output.flatMap { kernel.load($0.address, byteCount: Int($0.byteCount)) }.prefix(count))
  }

  func free(_ kernel: Kernel) {
    for buffer in input + output { kernel.free(buffer.address) }
  }
}
