import Device
import DeviceTree
import Driver
import Spec
import Testbench
import Virtio

/// A workload on a platform that has booted, and what it shows.
struct PlatformScenario {
  private let platform: Platform
  private let packets: Int
  private let cpus: Int

  init(_ platform: Platform, packets: Int, cpus: Int) {
    self.platform = platform
    self.packets = packets
    self.cpus = cpus
  }

  func run(_ scenario: PlatformCommand.Scenario) throws(DriverError) {
    switch scenario {
    case .boot: break
    case .traffic: try traffic(on: try first())
    case .recovery:
      let instance = try first()
      try traffic(on: instance) { () throws(DriverError) in
        for device in platform.devices { device.needReset() }
        platform.kernel.scheduler.run()
      }
      print("recoveries: \(instance.counters.recoveries)")
    case .sleep:
      try traffic(on: try first()) { () throws(DriverError) in
        try platform.kernel.suspendSystem()
        if let error = platform.kernel.resumeSystem().first { throw error }
      }
    case .hotplug: try hotPlug()
    }
  }

  private func first() throws(DriverError) -> IPsecInstance {
    guard let instance = platform.instances.first else { throw DriverError(.ENODEV, "platform", "no accelerator") }
    return instance
  }

  /// Packets there and back, with something in the middle.
  private func traffic(
    on instance: IPsecInstance, meanwhile: () throws(DriverError) -> Void = {}
  ) throws(DriverError) {
    let outbound = try instance.addSA(Self.association, direction: .outbound)
    let inbound = try instance.addSA(Self.association, direction: .inbound)
    for index in 0..<packets {
      if index == packets / 2 { try meanwhile() }
      let packet = Self.packet(200 + index % 1000)
      let sealed = try instance.process(packet, on: outbound, cpu: index % cpus)
      guard try instance.process(sealed, on: inbound, cpu: index % cpus) == packet else {
        throw DriverError(.EBADMSG, instance.device.label, "packet \(index) came back changed")
      }
    }
    let sequence = try instance.read(outbound).sequence
    print("\n\(packets) packets encapsulated, decapsulated and compared; outbound SA at \(sequence)")
    for attribute in instance.device.driverAttributes { print("  \(attribute.name): \(attribute.show())") }
  }

  private func hotPlug() throws(DriverError) {
    let kernel = platform.kernel
    guard let host = platform.host else { throw DriverError(.ENODEV, "platform", "no PCI host") }
    try platform.insert(into: 2)
    host.rescan()
    kernel.scheduler.run()
    guard let instance = platform.instances.last else { throw DriverError(.ENODEV, "platform", "no accelerator") }
    try traffic(on: instance)
    let sa = try instance.addSA(Self.association, direction: .outbound)
    // From here on the device takes requests and answers none.
    platform.accelerator(in: 2)?.onNotify = { _, _ in }
    var requests: [IPsecRequest] = []
    for _ in 0..<4 {
      let memory = try kernel.allocate(2048, for: "scenario")
      requests.append(
        IPsecRequest(
          sa, input: [Buffer(address: memory, byteCount: 256)],
          output: [Buffer(address: memory + 1024, byteCount: 1024)]))
    }
    try instance.submit(requests)
    platform.pull(from: 2)
    host.removeAbsent()
    kernel.scheduler.run()
    for request in requests { kernel.free(request.input[0].address) }
    let counters = instance.counters
    print(
      "\npulled with \(requests.count) requests in flight: \(counters.cancelled) given back, "
        + "\(counters.inFlight) unaccounted for")
    print("left behind: \(kernel.pages.liveCount) pieces of memory, \(kernel.dma.count) mappings")
  }

  // MARK: Samples

  private static var association: SAConfiguration {
    var configuration = SAConfiguration(spi: 0x1001)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    configuration.cipher = .init(.aesGCM16, key: Array(1...16), salt: [1, 2, 3, 4])
    configuration.replayWindow = 64
    return configuration
  }

  /// An IPv4 packet of so many bytes.
  private static func packet(_ count: Int) -> [UInt8] {
    var header: [UInt8] = [
      0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
    ]
    var sum = stride(from: 0, to: 20, by: 2).reduce(UInt32(0)) { $0 + UInt32(header[$1]) << 8 + UInt32(header[$1 + 1]) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    (header[10], header[11]) = (UInt8(~sum >> 8 & 0xff), UInt8(~sum & 0xff))
    return header + (20..<count).map { UInt8(truncatingIfNeeded: $0) }
  }
}

/// The tree that a platform is built from: a file's, or the board's with the device of a version.
struct DeviceTreeFile {
  let tree: DeviceTree

  init(_ path: String?, deviceID: UInt32?) throws(CommandError) {
    guard let path else {
      tree = PlatformTree.board(mmio: [deviceID])
      return
    }
    tree = try TreeFile.read(path)
  }
}
