import Device
import Spec
import Testing
import Wire

@testable import Testbench

/// What the testbench's driver writes out for speed is what the definition says.
@Suite struct DriverRequestTests {
  @Test(arguments: [1, 2, 7], [Direction.outbound, .inbound])
  func `a request that is written out is the one that the grammar composes`(count: Int, direction: Direction) {
    let sa = TestSA(handle: Handle(0x0102_0304_0506_0708)!, direction: direction, group: nil)
    let packets = (0..<count).map { [UInt8](repeating: UInt8($0 + 1), count: 64 + 300 * $0) }
    let room = packets.map { sa.room(for: $0.count) }
    var parts = Parts()
    for index in packets.indices {
      func fill(_ parts: inout Parts) {
        parts[\V2_0.DataRequest.sa] = sa.handle.rawValue
        parts[\V2_0.DataRequest.outputCapacity] = UInt32(room[index])
        parts[\V2_0.DataRequest.operation] = Code(direction == .outbound ? .encapsulate : .decapsulate)
        parts[\V2_0.DataRequest.following] = UInt16(index == 0 ? count - 1 : 0)
        parts.setBytes("input", packets[index])
      }
      if index == 0 { fill(&parts) } else { parts.append("next", fill) }
    }
    let composed = ModernDriver.grammar.request("process", of: "data", parts)
    #expect(ModernDriver.request(packets, on: sa, room: room) == composed)
  }
}
