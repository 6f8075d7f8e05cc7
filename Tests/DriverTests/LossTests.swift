import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// A device that is lost while its driver recovers it.
@Suite struct LossTests {
  /// What there is to see of a device that is lost.
  enum Trace: String, Sendable, CaseIterable {
    /// Commands are not answered any more.
    case standstill
    /// Every register reads ones.
    case silence
    /// The bus has noticed, and takes the device away.
    case removal
  }

  /// Loses the device with the command that comes in as this one; packets wait until then.
  ///
  /// - Parameter body: is called when the device does not answer any more, and the bus does not know yet.
  private func lose(
    _ rig: Rig, _ platform: Platform, atCommand position: Int, _ trace: Trace, _ body: @escaping () -> Void
  ) {
    let accelerator = rig.accelerator(platform), scheduler = platform.kernel.scheduler
    var (count, isLost, isRemoved) = (0, false, trace != .removal)
    accelerator.onNotify = { [unowned accelerator] queue, device in
      guard queue.index == 0 else { return }
      count += 1
      if count < position { accelerator.serve(queue, of: device) }
    }
    // Comes when all wait, and nothing else is left to do.
    let before = scheduler.outside
    scheduler.outside = { [unowned platform] in
      if count >= position, !isLost {
        isLost = true
        if trace != .standstill { rig.pull(platform) }
        body()
        return true
      }
      guard isLost, !isRemoved else { return before() }
      isRemoved = true
      rig.remove(platform)
      return true
    }
  }

  static let ways = (1...4).flatMap { position in Trace.allCases.map { (position: position, trace: $0) } }

  @Test(arguments: Rig.all, ways)
  func `a device that is lost while its SAs are made again is given up, and whoever waits is told`(
    rig: Rig, way: (position: Int, trace: Trace)
  ) throws {
    let trace = way.trace
    let (platform, instance) = try rig.boot()
    let kernel = platform.kernel
    let sas = try (0..<3).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    var (broken, returned, refusals): (Int, Int, [Errno?]) = (0, 0, [])
    instance.broken = { broken += 1 }
    func ask(_ body: () throws -> Void) { refusals.append(#expect(throws: DriverError.self) { try body() }?.errno) }
    lose(rig, platform, atCommand: way.position, trace) {
      ask { _ = try instance.addSA(Samples.gcmTunnel(spi: 0x2000), direction: .outbound) }
    }
    let request = try IPsecRequest(Samples.packet(), on: sas[0], kernel)
    request.completion = { _ in
      returned += 1
      ask { _ = try instance.process(Samples.packet(), on: sas[1]) }
      ask { _ = try instance.read(sas[1]) }
    }
    try instance.submit([request])
    let start = kernel.scheduler.now
    rig.needReset(platform)
    // The driver does all this while this one waits.
    #expect(try instance.wait(for: request) == .cancelled(.EIO))
    kernel.scheduler.run()
    #expect(returned == 1 && instance.counters.inFlight == 0)
    #expect(instance.state == .gone && broken == 1 && instance.counters.recoveries == 0)
    #expect(refusals.dropLast() == [.EAGAIN, .ENODEV] && refusals.count == 3)
    #expect(refusals.last == .ENODEV || trace != .removal && refusals.last == .ETIMEDOUT, "\(refusals)")
    // Nobody waits for longer than his command may take.
    #expect(kernel.scheduler.now - start < 4_000_000_000)
    ask { _ = try instance.process(Samples.packet(), on: sas[0]) }
    ask { _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound) }
    #expect(refusals.suffix(2) == [.ENODEV, .ENODEV])
    #expect(!kernel.log.lines(.message).contains { $0.contains("is spent") })
    request.free(kernel)
    if trace == .standstill { rig.pull(platform) }
    if trace != .removal { rig.remove(platform) }
    kernel.scheduler.run()
    #expect(broken == 1 && platform.instances.isEmpty)
    let left = platform.footprint
    #expect(left.mappings == 0 && left.complaints == 0 && left.timers == 0, "\(left)")
  }

  // MARK: A device that was given up

  /// Has the device ask for a reset instead of serving a command, until the driver gives it up.
  private func wearOut(_ instance: IPsecInstance, _ accelerator: Accelerator, _ needReset: () -> Void) {
    accelerator.onNotify = { _, device in device.needReset() }
    needReset()
    instance.kernel.scheduler.run()
    #expect(instance.state == .gone)
    accelerator.onNotify = nil
  }

  @Test(arguments: Rig.transports)
  func `a device that was given up stays so when it falls asleep by itself`(rig: Rig) throws {
    let (platform, instance) = try rig.boot { $0.autosuspendDelay = 100_000_000 }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    wearOut(instance, rig.accelerator(platform)) { rig.needReset(platform) }
    for _ in 0..<2 {
      let error = #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sa) }
      #expect(error?.errno == .ENODEV && instance.state == .gone)
      platform.kernel.scheduler.sleep(200_000_000)
      #expect(instance.device.power.status == .suspended && instance.state == .gone)
    }
    try platform.kernel.unload("virtio_ipsec")
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: remote)
  func `a device that was given up may ask for a reset for as long as it wants`(rig: Rig) throws {
    let (platform, remote) = try rig.bootRemote()
    let instance = try #require(remote.instance)
    _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    wearOut(instance, try #require(remote.accelerator)) { remote.needReset() }
    remote.needReset()
    platform.kernel.scheduler.run()
    #expect(instance.state == .gone && instance.counters.recoveries == 0)
    remote.pull()
    #expect(platform.kernel.dma.complaints == [])
  }

  // MARK: At the end of a connection

  /// What becomes of a device at the other end of a connection.
  enum Fate: String, Sendable, CaseIterable {
    /// Nobody is there any more, until the device is pulled out.
    case left
    /// Another device is there later.
    case returned
    /// The device is pulled out while it answers.
    case pulled
  }

  static let fates = (1...4).flatMap { position in Fate.allCases.map { (position: position, fate: $0) } }
  static let remote = Rig.all.filter { $0.transport == .mmio }

  @Test(arguments: remote, fates)
  func `a connection that ends while SAs are made again ends no SA, unless the device is pulled out`(
    rig: Rig, way: (position: Int, fate: Fate)
  ) throws {
    let (platform, remote) = try rig.bootRemote()
    let kernel = platform.kernel, instance = try #require(remote.instance)
    let sas = try (0..<3).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    let sealed = try instance.process(Samples.packet(), on: sas[0])
    var broken = 0
    instance.broken = { broken += 1 }
    let accelerator = try #require(remote.accelerator)
    let request = try IPsecRequest(Samples.packet(), on: sas[0], kernel)
    var (count, isOver) = (0, false)
    accelerator.onNotify = { [unowned accelerator] queue, device in
      guard queue.index == 0 else { return }
      count += 1
      if count < way.position { accelerator.serve(queue, of: device) }
    }
    let outside = kernel.scheduler.outside
    kernel.scheduler.outside = {
      guard count >= way.position, !isOver else { return outside() }
      isOver = true
      if way.fate == .pulled { remote.pull() } else { remote.disconnect() }
      return true
    }
    try instance.submit([request])
    let start = kernel.scheduler.now
    remote.needReset()
    #expect(try instance.wait(for: request) == .cancelled(.EIO))
    kernel.scheduler.run()
    // Nobody waits for what will not come.
    #expect(isOver && kernel.scheduler.now - start < 100_000_000)
    func errno(_ body: () throws -> Void) -> Errno? { #expect(throws: DriverError.self) { try body() }?.errno }
    if way.fate != .pulled {
      #expect(instance.state == .recovering && broken == 0)
      #expect(errno { _ = try instance.process(Samples.packet(), on: sas[0]) } == .EAGAIN)
      #expect(errno { _ = try instance.read(sas[0]) } == .ENODEV)
    }
    if way.fate == .returned {
      try remote.connect()
      kernel.scheduler.run()
      #expect(instance.state == .live && instance.counters.recoveries == 1)
      for sa in sas { #expect(try instance.process(Samples.packet(), on: sa).count == sealed.count) }
      #expect(broken == 0)
    }
    remote.pull()
    #expect(instance.state == .gone && broken == 1 && instance.counters.inFlight == 0)
    #expect(errno { _ = try instance.process(Samples.packet(), on: sas[0]) } == .ENODEV)
    #expect(errno { _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound) } == .ENODEV)
    #expect(!kernel.log.lines(.message).contains { $0.contains("is spent") })
    request.free(kernel)
    kernel.scheduler.run()
    let left = platform.footprint
    #expect(left.memory == 0 && left.mappings == 0 && left.complaints == 0 && left.timers == 0, "\(left)")
  }
}

extension Rig {
  /// A platform without any device but a remote one.
  fileprivate func bootRemote() throws -> (Platform, RemoteDevice) {
    let platform = try platform()
    platform.pull(at: PlatformTree.Address.virtio)
    try platform.boot()
    return (platform, try RemoteDevice(self, platform))
  }

  /// Nothing answers any more.
  fileprivate func pull(_ platform: Platform) {
    if transport == .mmio { platform.pull(at: PlatformTree.Address.virtio) } else { platform.pull(from: Self.slot) }
  }

  /// The bus takes away what was pulled out.
  fileprivate func remove(_ platform: Platform) {
    guard transport == .mmio else {
      platform.host!.removeAbsent()
      return
    }
    let device = platform.kernel.bus("platform")!.device("a000000.virtio")!
    device.markGone()
    device.remove()
  }
}
