import Testing

@testable import Virtio

/// The PCI command register: what a function may not do while a bit is clear (PCI Local Bus 3.0, 6.2.2).
@Suite struct PCICommandTests {
  private func set(_ bits: UInt32, in bench: Bench) { bench.pci!.writeConfiguration(at: 4, byteCount: 2, bits) }

  @Test(arguments: RingFormat.allCases)
  func `a function that is no bus master leaves memory alone, and hears of it afterwards`(format: RingFormat) throws {
    let bench = try Bench(.pci)
    let (_, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    set(0x2, in: bench)
    try queue.send()
    bench.function.serve(bench.device.queues[0], of: bench.device)
    _ = bench.device.queues[0].enableNotifications()
    bench.device.queues[0].disableNotifications()
    #expect(throws: VirtioError.notAllowed) { try bench.deviceMemory.write(UInt8(1), address: Bench.buffers) }
    #expect(throws: VirtioError.notAllowed) { _ = try bench.deviceMemory.read(UInt8.self, address: Bench.buffers) }
    #expect(log.events.isEmpty)
    #expect(bench.interrupts.count == 0)
    set(0x6, in: bench)
    #expect(try queue.reap()?.byteCount == 2)
    #expect(bench.interrupts.isAsserted)
  }

  @Test(arguments: RingFormat.allCases)
  func `what is used is not published once bus mastering ends`(format: RingFormat) throws {
    let bench = try Bench(.pci)
    let (_, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    bench.function.isDeaf = true
    try queue.send()
    var chain = Chain(in: bench.deviceMemory)
    #expect(try bench.device.queues[0].pop(into: &chain))
    bench.device.queues[0].complete(chain)
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    set(0x2, in: bench)
    bench.device.queues[0].publish()
    #expect(log.events.isEmpty)
  }

  @Test func `a function is no bus master before it is told so`() throws {
    let bench = try Bench(.pci)
    #expect(throws: VirtioError.notAllowed) { _ = try bench.deviceMemory.read(UInt8.self, address: 0) }
  }

  @Test(arguments: RingFormat.allCases)
  func `a request in flight when bus mastering ends is not written, and needs a reset`(format: RingFormat) throws {
    let bench = try Bench(.pci)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    bench.function.isLazy = true
    try queue.send()
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    set(0x2, in: bench)
    bench.function.finish()
    #expect(log.events.isEmpty)
    #expect(try queue.reap() == nil)
    #expect(session.needsReset)
  }

  @Test func `a chain shows nothing of memory that may not be accessed`() throws {
    let ring = try RingBench(.split)
    try ring.add(readable: [8], writable: [8])
    _ = ring.kick()
    #expect(try ring.pop())
    ring.deviceMemory.isAllowed = false
    let value = ring.chain.read(UInt32.self, at: 0)
    let isRefused = !ring.chain.write(UInt32.max, at: 0)
    #expect(value == nil && isRefused)
    ring.chain.forEachReadable(0..<8) { _ in Issue.record("read") }
    ring.chain.forEachWritable(0..<8) { _ in Issue.record("written") }
    #expect(ring.chain.writtenByteCount == 0)
    ring.deviceMemory.isAllowed = true
    let isWritten = ring.chain.write(UInt32.max, at: 0)
    #expect(isWritten)
  }

  @Test func `a message waits for the function to become a bus master`() throws {
    let bench = try Bench(.pci)
    let driver = try bench.makePCIDriver()
    let session = DriverSession(driver, memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    #expect(driver.enableMSIX([(0xfee0_0000, 100)]) == 1)
    session.start()
    set(0x2, in: bench)
    bench.device.changeConfiguration(at: 0, to: [0xee])
    bench.pci!.writeBAR(1, at: 12, byteCount: 4, 0)
    #expect(bench.interrupts.messages.isEmpty)
    set(0x6, in: bench)
    #expect(bench.interrupts.messages == [100])
    set(0x6, in: bench)
    #expect(bench.interrupts.messages == [100])
  }

  @Test func `without memory space no BAR answers`() throws {
    let bench = try Bench(.pci)
    _ = try bench.bringUp()
    let window = PCIWindow(bench.pci!, bar: 4)
    let status = window.read(at: 0x14, byteCount: 1)
    set(0x4, in: bench)
    #expect(window.read(at: 0x14, byteCount: 1) == .max)
    window.write(at: 0x14, byteCount: 1, 0)
    set(0x6, in: bench)
    #expect(window.read(at: 0x14, byteCount: 1) == status)
  }

  @Test func `interrupt disable holds the line, whatever is pending`() throws {
    let bench = try Bench(.pci)
    let (_, queue) = try bench.bringUp()
    try queue.send()
    #expect(bench.interrupts.isAsserted)
    set(0x406, in: bench)
    #expect(!bench.interrupts.isAsserted)
    #expect(bench.pci!.readConfiguration(at: 6, byteCount: 2) & 8 != 0)
    set(0x6, in: bench)
    #expect(bench.interrupts.isAsserted)
  }
}
