import Testing

@testable import Virtio

@Suite struct RingTests {
  @Test(arguments: RingFormat.allCases)
  func `a request goes to the device and comes back`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.driverMemory.write(UInt32(0xfeed_face), address: RingBench.buffers)
    try ring.add(readable: [3, 13], writable: [8], token: 42)
    #expect(ring.kick())
    #expect(try ring.pop())
    #expect(ring.chain.read(UInt32.self, at: 0) == 0xfeed_face)
    ring.chain.write(at: 0, bytes: [1, 2, 3, 4, 5])
    ring.device.complete(ring.chain)
    #expect(ring.interrupt())
    #expect(try ring.reap() == Completion(token: 42, byteCount: 5))
    #expect(try ring.reap() == nil)
    #expect(try !ring.pop())
  }
}
