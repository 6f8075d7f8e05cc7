import Testing

@testable import Virtio
import Wire

/// PISR and MSIX: how the device interrupts over PCI.
@Suite struct PCIInterruptTests {
  static let messages = (0..<8).map { (address: UInt64(0xfee0_0000), data: UInt32(100 + $0)) }

  /// A live device whose interrupts are messages.
  private func bringUpMSIX(_ pci: PCIProfile = PCIProfile()) throws -> (Bench, PCIDriver, DriverQueue) {
    let bench = try Bench(.pci, pci: pci)
    let driver = try bench.makePCIDriver()
    let session = DriverSession(driver, memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    #expect(driver.enableMSIX(Self.messages) == 4)
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    return (bench, driver, queue)
  }

  private func setVector(
    _ bench: Bench, _ register: KeyPath<CommonConfiguration, Field<UInt16>>, _ vector: UInt16
  ) -> UInt16 {
    let window = PCIWindow(bench.pci!, bar: 4)
    window.write(register, vector)
    return window.read(register)
  }

  @Test(.conforms("PISR-D-02", "PISR-D-03", "PISR-D-04", "PISR-D-05", "PISR-R-02"))
  func `the ISR status, the line and the PCI status tell the same`() throws {
    let bench = try Bench(.pci)
    let (session, queue) = try bench.bringUp()
    func isPending() -> Bool { bench.pci!.readConfiguration(at: 6, byteCount: 2) & 8 != 0 }
    #expect(!isPending())
    try queue.send()
    #expect(bench.interrupts.isAsserted && isPending())
    bench.device.changeConfiguration(at: 0, to: [0xee])
    let causes = session.transport.takeInterruptCauses()
    #expect(causes == [.queue, .configuration])
    #expect(!bench.interrupts.isAsserted && !isPending())
    #expect(session.transport.takeInterruptCauses().isEmpty)
    #expect(try queue.reap() != nil)
    #expect(session.transport.readConfiguration(at: 0, byteCount: 1) == 0xee)
    bench.pci!.writeConfiguration(at: 4, byteCount: 2, 0x406)
    bench.device.changeConfiguration(at: 0, to: [1])
    #expect(isPending() && !bench.interrupts.isAsserted)
  }

  @Test(.conforms("PISR-R-02"), arguments: [true, false])
  func `an interrupt of both causes is handled as both`(isMessage: Bool) throws {
    var pci = PCIProfile()
    pci.vectors = 1
    let bench = try Bench(.pci, pci: pci)
    let driver = try bench.makePCIDriver()
    let session = DriverSession(driver, memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    if isMessage { #expect(driver.enableMSIX(Self.messages) == 1) }
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    try queue.send()
    bench.device.needReset()
    let interrupted = session.handleInterrupt(vector: isMessage ? 0 : nil)
    #expect(interrupted.map(\.index) == [0])
    #expect(try queue.reap() != nil)
    #expect(queue.isStopped)
  }

  @Test(.conforms("PISR-D-06", "PISR-D-07", "MSIX-D-05"))
  func `with MSI-X an event without a vector is not sent`() throws {
    let (bench, driver, queue) = try bringUpMSIX()
    try queue.send()
    #expect(bench.interrupts.messages == [101])
    bench.device.changeConfiguration(at: 0, to: [0xee])
    #expect(bench.interrupts.messages == [101, 100])
    #expect(bench.interrupts.lineCount == 0)
    #expect(driver.takeInterruptCauses() == .configuration)
    bench.pci!.writeBAR(4, at: 0x16, byteCount: 2, 0)
    #expect(setVector(bench, \.queueVector, 0xffff) == 0xffff)
    #expect(setVector(bench, \.configurationVector, 0xffff) == 0xffff)
    try queue.send()
    bench.device.changeConfiguration(at: 0, to: [0xdd])
    #expect(bench.interrupts.messages.count == 2)
    #expect(bench.interrupts.lineCount == 0)
  }

  @Test(.conforms("PISR-R-01"), arguments: [4, 2, 1])
  func `a driver that gets a message leaves the ISR status alone`(vectors: UInt16) throws {
    var pci = PCIProfile()
    pci.vectors = Int(vectors)
    let bench = try Bench(.pci, pci: pci)
    let driver = try bench.makePCIDriver()
    let session = DriverSession(driver, memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    #expect(driver.enableMSIX(Self.messages) == vectors)
    let queues = try (0..<2).map { try session.makeQueue($0, size: 8, at: Bench.ring + UInt64($0) * 0x3000) }
    session.start()
    bench.trace.clear()
    for (index, queue) in queues.enumerated() {
      try queue.send()
      let vector = UInt16(try #require(bench.interrupts.messages.last) - 100)
      #expect(vector == min(UInt16(index) + 1, vectors - 1))
      let interrupted = session.handleInterrupt(vector: vector)
      #expect(interrupted.contains { $0 === queue })
      #expect(interrupted.count == (vectors == 4 ? 1 : 2))
      #expect(try queue.reap() != nil)
    }
    _ = session.handleInterrupt(vector: 0)
    #expect(!bench.trace.accesses.contains { $0.place == .bar4 && $0.offset == PCIFunction.isrOffset })
  }

  @Test(.conforms("MSIX-D-01", "MSIX-D-02", "MSIX-D-03", "MSIX-R-01"), arguments: [nil, 1, 2, 3, 0x800])
  func `the table has as many vectors as it says, and the driver takes any number`(vectors: Int?) throws {
    var pci = PCIProfile()
    pci.vectors = vectors
    let bench = try Bench(.pci, pci: pci)
    let driver = try bench.makePCIDriver()
    let capability = try #require(PCICapabilities(of: PCISpaceWindow(bench.pci!)).msix)
    let count = Int(bench.pci!.readConfiguration(at: capability + 2, byteCount: 2) & 0x7ff) + 1
    #expect(count == vectors ?? Bench.profile.queueSizes.count + 1)
    if vectors == nil { #expect((2...0x800).contains(count)) }
    let session = DriverSession(driver, memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    #expect(driver.enableMSIX(Self.messages) == min(count, 8))
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    try queue.send()
    #expect(bench.interrupts.messages == [count == 1 ? 100 : 101])
  }

  @Test(.conforms("MSIX-D-04", "MSIX-D-06", "MSIX-D-08", "MSIX-D-09", "MSIX-R-02"))
  func `any event maps to any vector of the table, and to none beyond`() throws {
    let (bench, _, _) = try bringUpMSIX()
    for vector in 0..<UInt16(4) {
      for queue in 0..<UInt32(2) {
        bench.pci!.writeBAR(4, at: 0x16, byteCount: 2, queue)
        #expect(setVector(bench, \.queueVector, vector) == vector)
      }
      #expect(setVector(bench, \.configurationVector, vector) == vector)
    }
    for vector in [4, 0x7ff, 0xfffe] as [UInt16] {
      #expect(setVector(bench, \.configurationVector, 0) == 0 && setVector(bench, \.queueVector, 0) == 0)
      #expect(setVector(bench, \.configurationVector, vector) == 0xffff)
      #expect(setVector(bench, \.queueVector, vector) == 0xffff)
    }
    var pci = PCIProfile()
    pci.mapsVector = { $0 != 2 }
    let picky = try Bench(.pci, pci: pci)
    _ = try picky.makePCIDriver()
    for (vector, expected) in [(1, 1), (2, 0xffff), (3, 3)] as [(UInt16, UInt16)] {
      #expect(setVector(picky, \.configurationVector, vector) == expected)
      #expect(setVector(picky, \.queueVector, vector) == expected)
    }
    let asked = bench.trace.writes.filter {
      $0.isRegister(\CommonConfiguration.queueVector) || $0.isRegister(\CommonConfiguration.configurationVector)
    }
    #expect(asked.allSatisfy { $0.value < 4 })
  }

  @Test(.conforms("MSIX-D-07"))
  func `a reset unmaps every event`() throws {
    let (bench, driver, _) = try bringUpMSIX()
    driver.writeStatus([])
    #expect(bench.pci!.readBAR(4, at: 0x10, byteCount: 2) == 0xffff)
    for queue in 0..<UInt32(2) {
      bench.pci!.writeBAR(4, at: 0x16, byteCount: 2, queue)
      #expect(bench.pci!.readBAR(4, at: 0x1a, byteCount: 2) == 0xffff)
    }
  }

  @Test(.conforms("MSIX-R-03"))
  func `a driver whose mapping fails falls back, to another vector or to the line`() throws {
    var pci = PCIProfile()
    pci.mapsVector = { $0 == 0 }
    let (bench, _, queue) = try bringUpMSIX(pci)
    try queue.send()
    #expect(bench.interrupts.messages == [100])

    pci.mapsVector = { _ in false }
    let none = try Bench(.pci, pci: pci)
    let driver = try none.makePCIDriver()
    let session = DriverSession(driver, memory: none.driverMemory)
    try session.negotiate(Bench.driverProfile)
    #expect(driver.enableMSIX(Self.messages) == 0)
    let line = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    try line.send()
    #expect(none.interrupts.isAsserted)
    #expect(driver.takeInterruptCauses() == .queue)
  }

  @Test func `a message that was held back does not outlive a reset`() throws {
    let (bench, driver, queue) = try bringUpMSIX()
    let table = PCIWindow(bench.pci!, bar: 1)
    table.write(\MSIXEntry.control, at: MSIXEntry.byteCount, 1)
    try queue.send()
    driver.writeStatus([])
    table.write(\MSIXEntry.control, at: MSIXEntry.byteCount, 0)
    #expect(bench.interrupts.messages.isEmpty)
  }

  @Test(arguments: 0..<16)
  func `the vector table takes 32 bits at a time only`(offset: Int) throws {
    let (bench, _, _) = try bringUpMSIX()
    let pci = bench.pci!
    for word in stride(from: 0, to: 16, by: 4) { pci.writeBAR(1, at: word, byteCount: 4, 0xffff_ffff) }
    let before = pci.msix.entries
    for byteCount in [1, 2] {
      pci.writeBAR(1, at: offset, byteCount: byteCount, 0)
      #expect(pci.readBAR(1, at: offset, byteCount: byteCount) == 0)
    }
    if offset % 4 != 0 { pci.writeBAR(1, at: offset, byteCount: 4, 0) }
    #expect(pci.msix.entries == before)
  }

  @Test func `pending bits answer to aligned 32-bit accesses only`() throws {
    let bench = try Bench(.pci)
    let driver = try bench.makePCIDriver()
    _ = driver.enableMSIX(Self.messages)
    let (pci, bits) = (bench.pci!, bench.pci!.pendingOffset)
    bench.pci!.msix.isFunctionMasked = true
    for vector in 0..<4 { _ = pci.msix.raise(vector) }
    #expect(pci.readBAR(1, at: bits, byteCount: 4) == 0xf)
    for (offset, byteCount) in [(0, 1), (0, 2), (2, 2), (1, 4), (2, 4)] {
      #expect(pci.readBAR(1, at: bits + offset, byteCount: byteCount) == 0, "\(byteCount) bytes at \(offset)")
    }
    #expect(pci.readBAR(1, at: bits + 4, byteCount: 4) == 0)
  }

  @Test func `masked vectors are pending, and sent when unmasked`() throws {
    let (bench, _, queue) = try bringUpMSIX()
    let capability = try #require(PCICapabilities(of: PCISpaceWindow(bench.pci!)).msix)
    let pci = bench.pci!
    let bits = Int(pci.readConfiguration(at: capability + 8, byteCount: 4) & ~7)
    func pending() -> UInt32 { pci.readBAR(1, at: bits, byteCount: 4) }
    pci.writeBAR(1, at: 16 + 12, byteCount: 4, 1)
    try queue.send()
    #expect(bench.interrupts.messages.isEmpty)
    #expect(pending() == 2)
    pci.writeBAR(1, at: 16 + 12, byteCount: 4, 0)
    #expect(bench.interrupts.messages == [101])
    #expect(pending() == 0)
    pci.writeConfiguration(at: capability + 2, byteCount: 2, 0xc000)
    try queue.send()
    bench.device.changeConfiguration(at: 0, to: [0xee])
    #expect(pending() == 3)
    pci.writeConfiguration(at: capability + 2, byteCount: 2, 0x8000)
    #expect(bench.interrupts.messages == [101, 100, 101])
  }
}
