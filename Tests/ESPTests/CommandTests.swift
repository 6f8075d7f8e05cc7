import Foundation
import Testing

@testable import ESP

@Test func `the help fits a terminal of 80 columns`() throws {
  let help = try Commands().run("encap", "--help")
  let yaml = help.output.components(separatedBy: "associations:\n").last?.components(separatedBy: "A key without").first
  #expect(yaml?.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") || $0.hasPrefix("  bundle:") } == true)
}

@Test func `the fuzzer ends with one line, and finds the same with the same seed`() throws {
  let commands = try Commands()
  let runs = try (0..<2).map { _ in
    try commands.start(["fuzz", "esp", "--runs", "20", "--seed", "7", "--seconds", "3600"])
  }
  #expect(runs[0].status == 0)
  #expect(runs[0].output.hasPrefix("20 runs from seed 7: "))
  #expect(runs[0].output.split(separator: "\n").count == 1)
  #expect(runs[0] == runs[1])
}

@Test func `sequence number and traffic flow padding may be given on the command line`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (table, sealed) = (commands.path("esp_sa"), commands.path("sealed.pcap"))
  let (_, text) = try commands.run(
    "encap", "--sa", file, "--sequence", "41", "--tfc", "300", "--explain", "1", "--wireshark-sa", table, plain, sealed)
  #expect(text.contains("SPI 0x1000, sequence 42") && text.contains("304  payload and trailer"))
  let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
  #expect(lines[0] == "# Wireshark esp_sa: holds keys")
  #expect(lines[1].hasPrefix("\"IPv4\",\"192.0.2.1\",\"192.0.2.2\",\"0x1000\",\"AES-GCM with 16 octet ICV [RFC4106]\""))
  #expect(
    try commands.run("decap", "--sa", file, "--sequence", "42", sealed, commands.path("out.pcap")).output
      == "1  refused: sequence number was received before\n")
}

@Test func `encap tells with which sequence number to go on`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip(), Packets.ip()])
  #expect(try commands.run("encap", "--sa", file, plain, commands.path("out.pcap")).status == 0)
  #expect(
    commands.notes
      == "out: last sequence number 2; go on with \"sequence: 2\", or IVs repeat under this key\n")
}

@Test(arguments: [["--rounds", "0"], ["--bytes", "10"], ["--bytes", "9001"]])
func `a benchmark of nothing is a usage error`(arguments: [String]) throws {
  #expect(try Commands().start(["bench", "esp"] + arguments).status == 2)
}

@Test func `a path that takes less refuses what must not be fragmented`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let large = Packets.udp(Array(repeating: 0, count: 600))
  let plain = try commands.capture("in.pcap", [true, false].map { Packets.ip(payload: large, dontFragment: $0) })
  let (status, text) = try commands.run(
    "encap", "--sa", file, "--mtu", "500", "--explain", "1", plain, commands.path("out.pcap"))
  #expect(status == 0)
  #expect(text.contains("verdict: refused: too big and not to be fragmented: 446 bytes would pass"), "\(text)")
  #expect(text.hasSuffix("1  passed\n1  refused: too big and not to be fragmented\n"))
  #expect(try commands.run("encap", "--sa", file, "--mtu", "67", plain, commands.path("out.pcap")).status == 2)
}
