import Foundation
import Testing

@testable import ESP

@Test func `a capture goes through both ways, and a refused packet is explained`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip(), Packets.ip(.v6)])
  let sealed = commands.path("sealed.pcap")
  #expect(try commands.run("encap", "--sa", file, plain, sealed).output == "2  passed\n")
  #expect(try commands.run("decap", "--sa", file, sealed, commands.path("out.pcap")).output == "2  passed\n")
  let packets = try Data(contentsOf: URL(filePath: sealed))
  var broken = packets
  broken[packets.count - 1] ^= 1
  let (status, text) = try commands.run(
    "decap", "--sa", file, try commands.write("broken.pcap", broken), commands.path("out.pcap"), "--explain", "2")
  #expect(status == 0)
  #expect(text.contains("ESP, SPI 0x1000, sequence 2") && text.contains("16  ICV"))
  #expect(text.contains("verdict: refused: ICV does not match"))
  #expect(text.hasSuffix("1  passed\n1  refused: ICV does not match\n"))
}

/// A shorter packet that admits it.
private func cut(_ packet: [UInt8], to count: Int) -> [UInt8] {
  Array(packet[..<2]) + Packets.big(UInt16(count)) + Array(packet[4..<count])
}

/// What may be wrong with a packet: how to make it so, and what a person reads about it.
private let faults: [(change: @Sendable (inout [UInt8]) -> Void, layout: String, verdict: String)] = [
  (
    { $0[20] = 0xff }, "ESP, SPI 0xff001000, sequence 1: no association has this SPI",
    "no association has SPI 0xff001000"
  ),
  (
    { $0[19] = 9 }, "ESP, SPI 0x1000, sequence 1: no association with this SPI is for 192.0.2.9",
    "no association has SPI 0x1000"
  ),
  ({ $0[27] = 0 }, "ESP, SPI 0x1000, sequence 0", "sequence number 0"),
  ({ $0[40] ^= 1 }, "payload and trailer", "ICV does not match"),
  ({ $0[9] = 51 }, "AH, SPI 0x1, sequence", "no association has SPI 0x1"),
  ({ $0[6] = 0x20 }, "packet is a fragment", "packet is a fragment"),
  ({ $0[0] = 0x95 }, "malformed IP header", "malformed IP header"),
  ({ $0 = cut($0, to: 49) }, "too short for IV and ICV: missing 5 bytes", "too short for header, IV"),
  ({ $0 = cut($0, to: 28) }, "too short for IV and ICV: missing 26 bytes", "too short for header, IV"),
  ({ $0 = cut($0, to: 27) }, "20     7  too short for header, IV, trailer and ICV", "too short for header, IV"),
  ({ $0.removeLast() }, "packet is shorter than its headers say", "packet is shorter than its headers say"),
]

@Test(arguments: faults.indices)
func `a refused packet is explained to a person`(index: Int) throws {
  let commands = try Commands()
  var packet = try OutboundAssociation(.gcm).encapsulate(Packets.ip()).bytes
  faults[index].change(&packet)
  let keys = "key: \"0x\(String(repeating: "00", count: 16))\", salt: \"0x00000000\""
  let file = try commands.write(
    "sa.yaml", "associations:\n" + association("in").replacing(/key: .*, salt: "0x[0-9]*"/, with: keys))
  let broken = try commands.capture("broken.pcap", [packet])
  let (status, text) = try commands.run("decap", "--sa", file, "--explain", "1", broken, commands.path("out.pcap"))
  #expect(status == 0)
  #expect(text.contains(faults[index].layout), "\(text)")
  #expect(text.contains("verdict: refused: " + faults[index].verdict), "\(text)")
  #expect(!text.contains("-"), "no negative length")
}
