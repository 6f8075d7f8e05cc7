import Device
import DeviceTree
import Driver
import Spec
import Testbench
import Virtio

/// An application of the g-API on a platform, and what it shows.
struct PlatformScenario {
  private let platform: Platform
  private let lookAside: LookAside
  private let packets: Int
  /// Slot of the card to use; nil for the accelerator behind a window.
  private let slot: Int?

  /// - Parameter platform: has not booted yet.
  init(_ platform: Platform, packets: Int, slot: Int?) {
    self.platform = platform
    lookAside = LookAside(platform.kernel, platform.driver)
    self.packets = packets
    self.slot = slot
  }

  func run(_ scenario: PlatformCommand.Scenario) throws(DriverError) {
    switch scenario {
    case .boot: break
    case .traffic: try traffic(on: try accelerator())
    case .recovery:
      let instance = try accelerator()
      try traffic(on: instance) { () throws(DriverError) in
        for device in platform.devices { device.needReset() }
        platform.kernel.scheduler.run()
      }
      print("recoveries: \(instance.counters.recoveries)")
    case .sleep:
      try traffic(on: try accelerator()) { () throws(DriverError) in
        try platform.kernel.suspendSystem()
        if let error = platform.kernel.resumeSystem().first { throw error }
      }
    case .hotplug: try hotPlug()
    }
  }

  private func accelerator() throws(DriverError) -> IPsecInstance {
    guard let instance = slot.map(platform.instance) ?? platform.instances.first else {
      let problem = "no accelerator \(slot.map { "in slot \($0)" } ?? "behind a window")"
      let cause = platform.kernel.buses.flatMap(\.devices).compactMap(\.probeError).first
      guard let cause else { throw DriverError(.ENODEV, "scenario", problem) }
      throw DriverError(cause.errno, "scenario", "\(problem): \(cause.place): \(cause.problem)")
    }
    return instance
  }

  /// From open to close: a pair of SAs for each CPU, packets there and back, with something in the middle.
  private func traffic(
    on instance: IPsecInstance, meanwhile: () throws(DriverError) -> Void = {}
  ) throws(DriverError) {
    let application = try lookAside.open(.exclusive, name: instance.device.name, identity: "scenario")
    var pairs: [(outbound: LookAsideSA, inbound: LookAsideSA)] = []
    for cpu in 0..<platform.kernel.cpuCount {
      let association = Self.association(spi: 0x1001 + UInt32(cpu))
      pairs.append(
        (try application.addSA([association], direction: .outbound),
          try application.addSA([association], direction: .inbound)))
    }
    for index in 0..<packets {
      if index == packets / 2 { try meanwhile() }
      let packet = Self.packet(200 + index % 1000), pair = pairs[index % pairs.count]
      guard try process(try process(packet, pair.outbound), pair.inbound) == packet else {
        throw DriverError(.EBADMSG, instance.device.label, "packet \(index) came back changed")
      }
    }
    print("\n\(packets) packets encapsulated, decapsulated and compared")
    for (name, sa) in pairs.flatMap({ [("outbound", $0.outbound), ("inbound", $0.inbound)] }) {
      let state = try application.read(sa)
      let count = state.statistics.map { "\($0.packets) packets, " } ?? ""
      print("  \(name) SA 0x\(String(state.spi, radix: 16)): \(count)sequence number \(state.sequence)")
    }
    for attribute in instance.device.driverAttributes { print("  \(attribute.name): \(attribute.show())") }
    try application.flush()
    try application.close()
  }

  /// Takes one packet through, and waits for it.
  private func process(_ packet: [UInt8], _ sa: LookAsideSA) throws(DriverError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: packet.count + 128)
    var outcome: Result<Int, DriverError> = .failure(DriverError(.ETIMEDOUT, "g-api", "packet did not come back"))
    packet.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { output in
        let packet = LookAsidePacket(sa, input: [input], output: [output]) { outcome = $0 }
        do throws(DriverError) {
          try sa.application.submit([packet])
          lookAside.run()
        } catch { outcome = .failure(error) }
      }
    }
    return Array(output.prefix(try outcome.get()))
  }

  /// A card comes, is used, and is pulled out under packets that it does not answer.
  private func hotPlug() throws(DriverError) {
    let kernel = platform.kernel
    guard let host = platform.host, let slot else { throw DriverError(.ENODEV, "platform", "no PCI host") }
    let before = (memory: kernel.pages.liveCount, mappings: kernel.dma.count)
    try platform.insert(into: slot)
    host.rescan()
    kernel.scheduler.run()
    let instance = try accelerator()
    try traffic(on: instance)

    let application = try lookAside.open(.exclusive, name: instance.device.name, identity: "scenario")
    let sa = try application.addSA([Self.association(spi: 0x2001)], direction: .outbound)
    platform.accelerator(in: slot)?.onNotify = { _, _ in }
    let inFlight = 4
    var givenBack = 0
    let packet = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: inFlight * 512, alignment: 8)
    defer {
      packet.deallocate()
      room.deallocate()
    }
    packet.copyBytes(from: Self.packet(256))
    try application.submit(
      (0..<inFlight).map { index in
        LookAsidePacket(
          sa, input: [UnsafeRawBufferPointer(packet)],
          output: [UnsafeMutableRawBufferPointer(rebasing: room[512 * index..<512 * (index + 1)])]
        ) { outcome in
          if case .failure(let error) = outcome, error.errno == .ENODEV { givenBack += 1 }
        }
      })
    lookAside.run()
    platform.pull(from: slot)
    host.removeAbsent()
    lookAside.run()
    let left = (memory: kernel.pages.liveCount - before.memory, mappings: kernel.dma.count - before.mappings)
    print(
      "\npulled with \(inFlight) packets in flight: \(givenBack) given back; "
        + "left behind: \(left.memory) pieces of memory, \(left.mappings) mappings")
    guard givenBack == inFlight, left == (0, 0) else {
      throw DriverError(.EIO, "platform", "the card left something behind")
    }
  }

  // MARK: Samples

  private static func association(spi: UInt32) -> SAConfiguration {
    var configuration = SAConfiguration(spi: spi)
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
