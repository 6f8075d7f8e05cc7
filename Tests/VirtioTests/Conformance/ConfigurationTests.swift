import Testing

@testable import Virtio

/// CONF: the device-specific configuration.
@Suite struct ConfigurationTests {
  @Test(.conforms("CONF-D-01", "CONF-T-01"), arguments: TransportKind.allCases)
  func `every field can be read before FEATURES_OK, little-endian`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    transport.writeStatus(.acknowledge)
    for offset in 0..<16 { #expect(transport.readConfiguration(at: offset, byteCount: 1) == UInt32(offset + 1)) }
    #expect(transport.readConfiguration(at: 4, byteCount: 4) == 0x0807_0605)
    #expect(transport.readConfiguration(at: 14, byteCount: 2) == 0x100f)
    let generation = transport.readGeneration()
    bench.device.changeConfiguration(at: 0, to: [0xff])
    #expect(transport.readGeneration() != generation)
  }

  @Test(arguments: TransportKind.allCases)
  func `an access that is neither of 1, 2 nor of 4 bytes reaches nothing`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.device.changeConfiguration(at: 0, to: Array(repeating: 0xff, count: 16))
    for byteCount in [0, 3, 5, 8, 16] {
      #expect(bench.readConfiguration(at: 8, byteCount: byteCount) == 0)
      bench.writeConfiguration(at: 8, byteCount: byteCount, 0)
    }
    #expect(bench.function.configurationWrites == 0)
    for offset in stride(from: 0, to: 16, by: 4) {
      #expect(bench.readConfiguration(at: offset, byteCount: 4) == .max)
    }
  }

  @Test(.conforms("CONF-R-01", "CONF-R-02", "MMIO-D-06"), arguments: TransportKind.allCases)
  func `a value that changes between its halves is read again`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    var reads = 0
    bench.trace.before = { [device = bench.device] access in
      guard access.isConfiguration else { return }
      reads += 1
      if reads == 2 { device.changeConfiguration(at: 0, to: Array(repeating: 0xee, count: 8)) }
    }
    #expect(try transport.readConfiguration64(at: 0) == 0xeeee_eeee_eeee_eeee)
    #expect(reads == 4)
    #expect(bench.trace.accesses.allSatisfy { $0.byteCount <= 4 })
  }

  @Test(arguments: TransportKind.allCases)
  func `a configuration that never stays the same is given up on`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    var changes: UInt8 = 0
    bench.trace.before = { [device = bench.device] access in
      guard access.isConfiguration else { return }
      changes &+= 1
      device.changeConfiguration(at: 0, to: [changes])
    }
    #expect(throws: VirtioError.timeout("a configuration that stays the same")) {
      try transport.readConfiguration64(at: 0)
    }
  }

  @Test(.conforms("PCOM-D-05"), arguments: TransportKind.allCases)
  func `any number of changes between two reads changes the generation`(kind: TransportKind) throws {
    for changes in [1, 2, 255, 256, 257, 65536] {
      let bench = try Bench(kind)
      let transport = try bench.makeTransport()
      let before = transport.readGeneration()
      _ = transport.readConfiguration(at: 0, byteCount: 4)
      for change in 0..<changes { bench.device.changeConfiguration(at: 0, to: [UInt8(change & 1) + 100]) }
      _ = transport.readConfiguration(at: 0, byteCount: 4)
      #expect(transport.readGeneration() != before)
    }
  }

  @Test(arguments: TransportKind.allCases)
  func `a change after the generation alone was read changes it again`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    var seen: Set<UInt32> = [transport.readGeneration()]
    for change in 1...3 {
      bench.device.changeConfiguration(at: 0, to: [UInt8(change) + 100])
      #expect(seen.insert(transport.readGeneration()).inserted)
    }
  }

  @Test(.conforms("CONF-R-04", "CONF-R-05"), arguments: [(15, false), (16, true), (17, true), (256, true)])
  func `a configuration has to be large enough, and no more`(byteCount: Int, isEnough: Bool) throws {
    var profile = Bench.profile
    profile.configuration = Array(repeating: 1, count: byteCount)
    profile.writableConfiguration = []
    let bench = try Bench(.pci, profile: profile)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    let isAccepted = (try? session.negotiate(Bench.driverProfile)) != nil
    #expect(isAccepted == isEnough)
  }

  @Test(arguments: TransportKind.allCases)
  func `only what is writable can be written`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    transport.writeConfiguration(at: 0, byteCount: 4, 0xffff_ffff)
    transport.writeConfiguration(at: 6, byteCount: 4, 0xffff_ffff)
    transport.writeConfiguration(at: 8, byteCount: 4, 0x1234_5678)
    #expect(transport.readConfiguration(at: 0, byteCount: 4) == 0x0403_0201)
    #expect(transport.readConfiguration(at: 4, byteCount: 4) == 0x0807_0605)
    #expect(transport.readConfiguration(at: 8, byteCount: 4) == 0x1234_5678)
    #expect(bench.function.configurationWrites == 1)
  }
}

/// The device-specific configuration as whoever reaches its registers may access it.
extension Bench {
  fileprivate func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    mmio?.read(at: MMIORegisters.byteCount + offset, byteCount: byteCount)
      ?? pci!.readBAR(PCIFunction.virtioBAR, at: PCIFunction.deviceOffset + offset, byteCount: byteCount)
  }

  fileprivate func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    if let mmio { return mmio.write(at: MMIORegisters.byteCount + offset, byteCount: byteCount, value) }
    pci!.writeBAR(PCIFunction.virtioBAR, at: PCIFunction.deviceOffset + offset, byteCount: byteCount, value)
  }
}
