import Device
import Spec
import Testbench
import Virtio
import Wire

/// Data requests of version 2.0 whose every field a test can choose.
enum ModernRequest {
  static let grammar = Grammar(Spec.v2_0)

  static func bytes(_ packet: [UInt8], on sa: TestSA, room: Int, flags: UInt16 = 0) -> [UInt8] {
    var parts = Parts()
    parts[\V2_0.DataRequest.sa] = sa.handle.rawValue
    parts[\V2_0.DataRequest.outputCapacity] = UInt32(room)
    parts[\V2_0.DataRequest.operation] = Code(sa.direction == .outbound ? .encapsulate : .decapsulate)
    parts[\V2_0.DataRequest.flags] = Packed(rawValue: flags)
    parts.setBytes("input", packet)
    return ModernRequest.grammar.request("process", of: "data", parts)
  }
}

extension GuestMemory {
  func write(_ bytes: [UInt8], at address: UInt64) throws {
    for (index, byte) in bytes.enumerated() { try write(byte, address: address + UInt64(index)) }
  }
}
