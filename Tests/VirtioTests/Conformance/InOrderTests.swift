import Testing

@testable import Virtio

/// ORDER: buffers that are used in the order in which they were made available.
@Suite struct InOrderTests {
  @Test(.conforms("ORDER-D-01", "ORDER-T-01", "ORDER-T-02", "ORDER-T-03"), arguments: RingFormat.allCases)
  func `with IN_ORDER a batch is used in order, by one element`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 8, features: .inOrder)
    for lap in 0..<UInt64(5) {
      for request in 0..<UInt64(3) { try ring.add(writable: [4], token: lap * 3 + request) }
      _ = ring.kick()
      var first = Chain(in: ring.deviceMemory)
      var second = Chain(in: ring.deviceMemory)
      #expect(try ring.pop(into: &first) && ring.pop(into: &second) && ring.pop())
      let log = MemoryLog()
      ring.deviceMemory.observer = log
      ring.chain.write(at: 0, bytes: [1])
      second.write(at: 0, bytes: [1, 2, 3, 4])
      first.write(at: 0, bytes: [1, 2, 3, 4])
      ring.device.complete(ring.chain)
      ring.device.complete(second)
      _ = ring.interrupt()
      #expect(try ring.reap() == nil)
      log.clear()
      ring.device.complete(first)
      _ = ring.interrupt()
      ring.deviceMemory.observer = nil
      #expect(log.writes.count == 3)
      // The last chain's ID, where the first chain's would be.
      let (slot, last) = (lap * 3 % 8, ring.chain.id)
      let element = format == .split ? RingBench.addresses.device + 4 + slot * 8 : 0x1000 + slot * 16 + 12
      #expect(try ring.driverMemory.read(UInt16.self, address: element) == last)
      #expect(log.writes.contains { $0.lowerBound == element })
      #expect(try ring.reap() == Completion(token: lap * 3, byteCount: 4))
      #expect(try ring.reap() == Completion(token: lap * 3 + 1, byteCount: 4))
      #expect(try ring.reap() == Completion(token: lap * 3 + 2, byteCount: 1))
      #expect(try ring.reap() == nil)
      #expect(ring.driver.freeCount == 8)
    }
  }

  @Test(.conforms("ORDER-R-02"))
  func `with IN_ORDER a table's entries follow each other`() throws {
    let ring = try RingBench(.split, features: [.inOrder, .indirectDescriptors])
    for count in 1...8 {
      try ring.add(readable: Array(repeating: 4, count: count), table: 0x7_0000)
      _ = ring.kick()
      for index in 0..<UInt64(count) {
        let isLast = index == UInt64(count) - 1
        #expect(try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + index * 16 + 12) == (isLast ? 0 : 1))
        if isLast { continue }
        #expect(try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + index * 16 + 14) == UInt16(index) + 1)
      }
      try ring.serve()
      _ = ring.interrupt()
      #expect(try ring.reap() != nil)
    }
  }

  @Test(arguments: RingFormat.allCases, 0..<3)
  func `with IN_ORDER a chain that was partly written is not passed over`(format: RingFormat, short: Int) throws {
    let ring = try RingBench(format, features: .inOrder)
    for request in 0..<UInt64(3) { try ring.add(writable: [4], token: request) }
    _ = ring.kick()
    for request in 0..<3 { try ring.serve(Array(repeating: 1, count: request == short ? 1 : 4)) }
    _ = ring.interrupt()
    for request in 0..<3 {
      #expect(try ring.reap() == Completion(token: UInt64(request), byteCount: request == short ? 1 : 4))
    }
    #expect(try ring.reap() == nil)
  }

  @Test(.conforms("ORDER-R-01", "ORDER-T-04"))
  func `with IN_ORDER descriptors are taken in table order, around its end`() throws {
    let ring = try RingBench(.split, size: 8, features: .inOrder)
    for lap in 0..<6 {
      try ring.add(readable: [4, 4], writable: [4])
      _ = ring.kick()
      let slot = UInt64(lap % 8)
      let head = try ring.deviceMemory.read(UInt16.self, address: RingBench.addresses.driver + 4 + slot * 2)
      #expect(Int(head) == lap * 3 % 8)
      for index in 0..<2 {
        let at = (Int(head) + index) % 8
        #expect(try ring.deviceMemory.read(UInt16.self, address: 0x1000 + UInt64(at * 16 + 14)) == UInt16((at + 1) % 8))
      }
      try ring.serve([1])
      _ = ring.interrupt()
      #expect(try ring.reap() != nil)
    }
  }
}
