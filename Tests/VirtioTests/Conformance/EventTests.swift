import Testing

@testable import Virtio

/// EVT: who asks to be notified when, and gets it.
@Suite struct EventTests {
  static let available = RingBench.addresses.driver
  static let used = RingBench.addresses.device

  /// Serves one request; whether the device interrupts.
  private func roundTrip(_ ring: RingBench) throws -> Bool {
    try ring.add(writable: [4])
    _ = ring.kick()
    try ring.serve()
    defer { _ = try? ring.reap() }
    return ring.interrupt()
  }

  @Test(.conforms("EVT-D-01", "EVT-D-02", "EVT-D-03"))
  func `without EVENT_ID the available flags say whether to interrupt`() throws {
    for event in [0, 1, 5, 65535] as [UInt16] {
      let ring = try RingBench(.split)
      try ring.driverMemory.write(event, address: Self.available + 4 + 16)
      #expect(try roundTrip(ring))
      ring.driver.disableInterrupts()
      #expect(try !roundTrip(ring))
      _ = ring.wantInterrupts()
      #expect(try roundTrip(ring))
    }
  }

  @Test(.conforms("EVT-D-04", "EVT-D-05", "EVT-D-06"), arguments: [0, 5, 65535] as [UInt16])
  func `with EVENT_ID the device interrupts at used_event only`(event: UInt16) throws {
    let ring = try RingBench(.split, features: .eventIndex)
    ring.driver.disableInterrupts()
    try ring.driverMemory.write(UInt16(1), address: Self.available)
    try ring.driverMemory.write(event, address: Self.available + 4 + 16)
    for place in 0..<UInt16(10) { #expect(try roundTrip(ring) == (place == event)) }
    guard event == 65535 else { return }
    for _ in 10..<65535 {
      guard try !roundTrip(ring) else {
        Issue.record("an interrupt at the wrong place")
        return
      }
    }
    #expect(try roundTrip(ring))
    #expect(try !roundTrip(ring))
  }

  @Test(.conforms("EVT-D-07", "EVT-D-08"))
  func `used flags are 0 or 1, and 0 with EVENT_ID`() throws {
    for (features, expected) in [(FeatureSet([]), [1, 0]), (.eventIndex, [0, 0])] as [(FeatureSet, [UInt16])] {
      let ring = try RingBench(.split, features: features)
      ring.device.disableNotifications()
      #expect(try ring.driverMemory.read(UInt16.self, address: Self.used) == expected[0])
      _ = ring.wantKicks()
      #expect(try ring.driverMemory.read(UInt16.self, address: Self.used) == expected[1])
    }
  }

  @Test(.conforms("EVT-D-09", "EVT-R-03"), arguments: TransportKind.allCases)
  func `kicks and interrupts without a cause change nothing`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    let before = try bench.driverMemory.bytes(address: Bench.ring, byteCount: 0x1000)
    for _ in 0..<3 { session.transport.notify(queue: 0, position: nil) }
    #expect(bench.function.notifications == [0, 0, 0])
    #expect(bench.interrupts.count == 0)
    #expect(try queue.reap() == nil)
    #expect(session.transport.takeInterruptCauses().isEmpty)
    #expect(try bench.driverMemory.bytes(address: Bench.ring, byteCount: 0x1000) == before)
  }

  @Test(.conforms("EVT-R-01", "EVT-R-02"))
  func `available flags are 0 or 1, and 0 with EVENT_ID`() throws {
    for (features, expected) in [(FeatureSet([]), [1, 0]), (.eventIndex, [0, 0])] as [(FeatureSet, [UInt16])] {
      let ring = try RingBench(.split, features: features)
      ring.driver.disableInterrupts()
      #expect(try ring.deviceMemory.read(UInt16.self, address: Self.available) == expected[0])
      _ = ring.wantInterrupts()
      #expect(try ring.deviceMemory.read(UInt16.self, address: Self.available) == expected[1])
    }
  }

  @Test(.conforms("EVT-R-04"))
  func `a new used ring starts with flags 0`() throws {
    let ring = try RingBench(.split, poison: 0xff)
    #expect(try ring.deviceMemory.read(UInt16.self, address: Self.used) == 0)
    #expect(try ring.deviceMemory.read(UInt16.self, address: Self.used + 2) == 0)
  }

  @Test(.conforms("EVT-R-05", "EVT-R-06", "EVT-R-07"))
  func `without EVENT_ID the used flags say whether to kick`() throws {
    for event in [0, 1, 5, 65535] as [UInt16] {
      let ring = try RingBench(.split)
      try ring.deviceMemory.write(event, address: Self.used + 4 + 64)
      try ring.add(readable: [4])
      #expect(ring.kick())
      ring.device.disableNotifications()
      try ring.add(readable: [4])
      #expect(!ring.kick())
      #expect(ring.wantKicks())
      try ring.add(readable: [4])
      #expect(ring.kick())
    }
  }

  @Test(.conforms("EVT-R-08", "EVT-R-09", "EVT-R-10"), arguments: [0, 5, 65535] as [UInt16])
  func `with EVENT_ID the driver kicks at avail_event only`(event: UInt16) throws {
    let ring = try RingBench(.split, features: .eventIndex)
    try ring.deviceMemory.write(UInt16(1), address: Self.used)
    try ring.deviceMemory.write(event, address: Self.used + 4 + 64)
    for place in 0...65535 {
      try ring.add(readable: [4])
      guard ring.kick() == (place == Int(event)) else {
        Issue.record("a kick at \(place), or none")
        return
      }
      try ring.serve()
      _ = ring.interrupt()
      _ = try ring.reap()
      if place == 10 && event != 65535 { return }
    }
  }

  @Test(.conforms("EVT-T-01"))
  func `a packed ring's event structures say always, never, or at a place`() throws {
    for (word, features, expected) in [
      (0, [], [true, true, true]), (1 << 16, [], [false, false, false]),
      (2 << 16 | 0x8001, .eventIndex, [false, true, false]), (2 << 16 | 0x0000, .eventIndex, [false, false, false]),
      // What means nothing is no wish for silence.
      (2 << 16 | 0x8001, [], [true, true, true]), (3 << 16, [], [true, true, true]), (4 << 16, [], [true, true, true]),
      (5 << 16, .eventIndex, [true, true, true]),
    ] as [(UInt32, FeatureSet, [Bool])] {
      let ring = try RingBench(.packed, size: 4, features: features)
      ring.driver.disableInterrupts()
      try ring.deviceMemory.write(word, address: Self.used)
      try ring.driverMemory.write(word, address: Self.available)
      for place in 0..<3 {
        try ring.add(writable: [4])
        #expect(ring.kick() == expected[place])
        try ring.serve()
        #expect(ring.interrupt() == expected[place])
        _ = try ring.reap()
      }
    }
  }

  @Test(.conforms("EVT-T-02"), arguments: RingFormat.allCases)
  func `of a batch that passes the event, one notification is sent`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 8, features: .eventIndex)
    if format == .packed {
      _ = ring.wantKicks()
      _ = ring.wantInterrupts()
    }
    for _ in 0..<20 {
      for _ in 0..<3 { try ring.add(writable: [4]) }
      #expect(ring.kick())
      #expect(!ring.kick())
      while try ring.serve() {}
      #expect(!ring.wantKicks())
      #expect(ring.interrupt())
      #expect(!ring.interrupt())
      while try ring.reap() != nil {}
    }
    #expect(passes(event: 5, from: 3, to: 6))
    #expect(!passes(event: 6, from: 3, to: 6))
    #expect(!passes(event: 2, from: 3, to: 6))
    #expect(passes(event: 65535, from: 65534, to: 1))
  }

  @Test(.conforms("EVT-T-02"), arguments: RingFormat.allCases, 0..<8)
  func `a batch notifies where the event is one of its own`(format: RingFormat, event: Int) throws {
    for isKick in [true, false] {
      let ring = try RingBench(format, size: 8, features: .eventIndex)
      for _ in 0..<2 { _ = try roundTrip(ring) }
      // Places 2, 3 and 4 of the ring are the batch's.
      for _ in 0..<3 { try ring.add(writable: [4]) }
      let (wishes, place) = isKick ? (Self.used, Self.used + 4 + 64) : (Self.available, Self.available + 4 + 16)
      let memory = isKick ? ring.deviceMemory : ring.driverMemory
      switch format {
      case .split: try memory.write(UInt16(event), address: place)
      case .packed: try memory.write(UInt32(2 << 16 | 0x8000 | event), address: wishes)
      }
      let kick = ring.kick()
      while try ring.serve() {}
      let interrupt = ring.interrupt()
      while try ring.reap() != nil {}
      #expect((isKick ? kick : interrupt) == (2...4).contains(event))
    }
  }

  @Test func `a packed ring that went round and round unpublished wants a notification of both`() throws {
    let ring = try RingBench(.packed, size: 4, features: .eventIndex)
    _ = ring.wantKicks()
    _ = ring.wantInterrupts()
    for token in 0..<UInt64(66_000) {
      try ring.add(writable: [4], token: token)
      try ring.serve([1])
      #expect(try ring.reap()?.token == token)
    }
    #expect(ring.kick())
    #expect(ring.interrupt())
  }

  @Test(arguments: RingFormat.allCases)
  func `a barrier stands between where an interrupt is wanted and the next look at what was used`(
    format: RingFormat
  ) throws {
    let ring = try RingBench(format, features: .eventIndex)
    try ring.add(writable: [4])
    _ = ring.kick()
    try ring.serve([1])
    _ = ring.interrupt()
    let log = MemoryLog()
    ring.driverMemory.observer = log
    #expect(try ring.reap() != nil)
    let event = try #require(log.events.lastIndex { if case .write = $0 { true } else { false } })
    #expect(log.events[(event + 1)...].contains(.fence(.smp)))
  }
}
