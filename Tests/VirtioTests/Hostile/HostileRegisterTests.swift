import Testing

@testable import Virtio

/// Registers used against the rules, on both transports.
@Suite struct HostileRegisterTests {
  @Test(arguments: TransportKind.allCases)
  func `queue registers written after activation change nothing`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    let before = (bench.device.queues[0].size, bench.device.queues[0].addresses)
    session.transport.enableQueue(0, size: 4, at: QueueAddresses(descriptors: 0x9000, driver: 0xa000, device: 0xb000))
    #expect(bench.device.queues[0].size == before.0)
    #expect(bench.device.queues[0].addresses == before.1)
    try queue.send()
    #expect(try queue.reap()?.byteCount == 2)
  }

  @Test(arguments: TransportKind.allCases)
  func `features changed after FEATURES_OK stay as agreed`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    let agreed = bench.device.accepted
    session.transport.writeFeatures([.version1, .ringPacked])
    #expect(bench.device.accepted == agreed)
  }

  @Test(arguments: TransportKind.allCases)
  func `notifying a queue that does not exist is ignored`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    _ = try bench.bringUp()
    for value in [1, 2, 3, 0xffff] as [UInt32] {
      switch kind {
      case .mmio: bench.mmio!.write(\MMIORegisters.queueNotify, value)
      case .pci: bench.pci!.writeBAR(4, at: PCIFunction.notifyOffset, byteCount: 2, value)
      }
    }
    #expect(bench.function.notifications.isEmpty)
  }

  @Test(arguments: TransportKind.allCases)
  func `notifying before DRIVER_OK is ignored`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    try queue.send()
    #expect(bench.function.notifications.isEmpty)
    #expect(try queue.reap() == nil)
    #expect(bench.interrupts.count == 0)
  }

  @Test(arguments: TransportKind.allCases, [0, 3, 32, 65535])
  func `an illegal queue size ends in NEEDS_RESET`(kind: TransportKind, size: Int) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    session.transport.enableQueue(0, size: size, at: QueueAddresses(.split, size: 32, at: Bench.ring))
    #expect(session.needsReset)
    #expect(!bench.device.queues[0].isEnabled)
  }

  @Test(arguments: TransportKind.allCases)
  func `a queue is not enabled before FEATURES_OK says what its ring looks like`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    transport.writeStatus([.acknowledge, .driver])
    transport.enableQueue(0, size: 8, at: QueueAddresses(.split, size: 8, at: Bench.ring))
    #expect(!bench.device.queues[0].isEnabled)
  }

  @Test(arguments: TransportKind.allCases)
  func `a reset with requests in flight forgets them`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try session.reset()
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    let interrupts = bench.interrupts.count
    bench.function.finish()
    #expect(log.events.isEmpty)
    #expect(bench.interrupts.count == interrupts)
    #expect(try queue.reap() == nil)
  }

  @Test(arguments: TransportKind.allCases)
  func `a chain from before a queue reset is not used in the queue's next life`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try session.resetQueue(queue)
    let next = try session.makeQueue(0, size: 4, at: 0x4000)
    bench.function.finish()
    #expect(try next.reap() == nil)
    #expect(bench.interrupts.count == 0)
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a device that needs a reset, or is suspended, uses nothing more`(
    kind: TransportKind, format: RingFormat
  ) throws {
    for stop in [{ $0.needReset() }, { $0.writeStatus(0x1f) }] as [(VirtioDevice) -> Void] {
      let bench = try Bench(kind)
      bench.function.isLazy = true
      bench.function.finishesOnSuspend = false
      let (_, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
      try queue.send()
      stop(bench.device)
      #expect(!bench.device.isRunning)
      let log = MemoryLog()
      bench.deviceMemory.observer = log
      bench.function.finish()
      #expect(log.writes.allSatisfy { $0.lowerBound >= Bench.buffers })
      #expect(try queue.reap() == nil)
    }
  }

  @Test(arguments: TransportKind.allCases)
  func `a device with chains left in flight needs a reset instead of being suspended`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    bench.function.finishesOnSuspend = false
    let (session, queue) = try bench.bringUp()
    try queue.send()
    session.transport.writeStatus(DeviceStatus(rawValue: 0x1f))
    #expect(session.needsReset)
    #expect(!session.transport.readStatus().contains(.suspend))
  }

  @Test(arguments: TransportKind.allCases)
  func `what a driver asks for behind a reset under way is lost`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    let resets = bench.function.resets
    bench.device.holdsTransitions = true
    session.transport.writeStatus([])
    session.transport.startQueueReset(0)
    bench.device.finishHeld()
    #expect(bench.function.resets == resets + 1)
    #expect(bench.function.queueResets.isEmpty)
  }

  @Test(arguments: TransportKind.allCases)
  func `64-bit addresses are written in halves, in either order`(kind: TransportKind) throws {
    for isHighFirst in [false, true] {
      let bench = try Bench(kind)
      _ = try bench.makeTransport()
      func write(_ low: Int, _ value: UInt64) {
        let halves = isHighFirst ? [(low + 4, value.high), (low, value.low)] : [(low, value.low), (low + 4, value.high)]
        for (offset, half) in halves {
          if let mmio = bench.mmio { mmio.write(at: offset, byteCount: 4, half) }
          bench.pci?.writeBAR(4, at: offset, byteCount: 4, half)
        }
      }
      let offsets = kind == .mmio ? [0x80, 0x90, 0xa0] : [0x20, 0x28, 0x30]
      for (index, offset) in offsets.enumerated() { write(offset, 0x1122_3344_5566_7780 + UInt64(index)) }
      #expect(
        bench.device.queues[0].addresses
          == QueueAddresses(
            descriptors: 0x1122_3344_5566_7780, driver: 0x1122_3344_5566_7781, device: 0x1122_3344_5566_7782))
    }
  }

  @Test(arguments: TransportKind.allCases)
  func `status bits that the driver clears stay set, except by 0`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    session.transport.writeStatus(.acknowledge)
    #expect(bench.device.status == [.acknowledge, .driver, .featuresOK, .driverOK])
    session.transport.writeStatus([])
    #expect(bench.device.status.isEmpty)
  }

  @Test(arguments: TransportKind.allCases)
  func `bits of status that are the device's cannot be set by the driver`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    transport.writeStatus(DeviceStatus(rawValue: 0x60))
    #expect(bench.device.status.isEmpty)
    transport.writeStatus([.acknowledge, .driver, .driverOK])
    #expect(bench.device.status == [.acknowledge, .driver])
  }

  @Test(arguments: TransportKind.allCases)
  func `every register takes every value at every width and the device lives`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    _ = try bench.bringUp()
    for offset in 0..<0x400 {
      for byteCount in [1, 2, 4] {
        for value in [0, 1, 0xffff, 0xffff_ffff, 0x8000_0000] as [UInt32] {
          if let mmio = bench.mmio {
            mmio.write(at: offset, byteCount: byteCount, value)
            _ = mmio.read(at: offset, byteCount: byteCount)
          }
          guard let pci = bench.pci else { continue }
          pci.writeConfiguration(at: offset & 0xff, byteCount: byteCount, value)
          _ = pci.readConfiguration(at: offset & 0xff, byteCount: byteCount)
          for bar in 0..<6 {
            for base in [0, 0x1000, 0x2000, 0x3000] {
              pci.writeBAR(bar, at: base + offset, byteCount: byteCount, value)
              _ = pci.readBAR(bar, at: base + offset, byteCount: byteCount)
            }
          }
        }
      }
    }
    bench.device.reset()
    #expect(bench.device.status.isEmpty)
  }
}
