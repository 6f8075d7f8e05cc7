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
  ({ $0[27] = 0 }, "ESP, SPI 0x1000, sequence 0", "sequence number 0"),
  ({ $0[40] ^= 1 }, "payload and trailer", "ICV does not match"),
  ({ $0[9] = 51 }, "AH, SPI 0x1, sequence", "no association has SPI 0x1"),
  ({ $0[6] = 0x20 }, "packet is a fragment", "packet is a fragment"),
  ({ $0[0] = 0x95 }, "malformed IP header", "malformed IP header"),
  ({ $0 = cut($0, to: 49) }, "too short for IV and ICV: missing 5 bytes", "too short for header, IV"),
  ({ $0 = cut($0, to: 28) }, "too short for a security header: missing 4 bytes", "too short for header, IV"),
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

@Test func `the output of ip xfrm state serves as well`() throws {
  let commands = try Commands()
  let file = try commands.write(
    "xfrm.txt",
    """
    src 192.0.2.1 dst 192.0.2.2
    \tproto esp spi 0x00001000 reqid 1 mode tunnel
    \treplay-window 0 flag af-unspec esn
    \taead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0f01020304 128
    \tanti-replay esn context:
    \t seq-hi 0x0, seq 0x0, oseq-hi 0x0, oseq 0x2
    \t replay_window 128, bitmap-length 4
    \t 00000000 00000000 00000000 00000000
    \tsel src 0.0.0.0/0 dst 0.0.0.0/0
    src 192.0.2.1 dst 192.0.2.2
    \tproto ah spi 0x00002000 reqid 1 mode transport
    \treplay-window 32
    \tauth-trunc hmac(sha256) 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 128
    """)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  for name in ["0x1000", "0x2000"] {
    let sealed = commands.path("sealed.pcap")
    let explained = try commands.run("encap", "--sa", file, "--association", name, "--explain", "1", plain, sealed)
      .output
    #expect(explained.contains(name == "0x1000" ? "sequence 3" : "AH, SPI 0x2000, sequence 1"))
    guard name == "0x1000" else { continue }
    #expect(try commands.run("decap", "--sa", file, sealed, commands.path("out.pcap")).output == "1  passed\n")
  }
}

@Test func `a bundle in the file nests its associations`() throws {
  let commands = try Commands()
  let inner = """
      - { name: inner, direction: out, spi: 0x2000, mode: transport,
          authentication: { algorithm: hmac-sha256-128, key: "0x\(String(repeating: "11", count: 32))" } }
      - { name: inner-in, direction: in, spi: 0x2000, mode: transport,
          authentication: { algorithm: hmac-sha256-128, key: "0x\(String(repeating: "11", count: 32))" } }

    """
  let file = try commands.write("sa.yaml", both + inner + "bundle: [inner, out]\n")
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let sealed = commands.path("sealed.pcap")
  #expect(try commands.run("encap", "--sa", file, plain, sealed).output == "1  passed\n")
  #expect(try commands.run("decap", "--sa", file, sealed, commands.path("out.pcap")).output == "1  passed\n")
  let out = try Data(contentsOf: URL(filePath: commands.path("out.pcap")))
  #expect(Array(out.suffix(Packets.ip().count)) == Packets.ip())
}

@Test(arguments: [
  ("associations: [", "sa.yaml:2: did not find expected node content"),
  ("associations:\n" + association("out", "    colour: red"), "sa.yaml:9: colour: unknown field"),
  ("associations:\n" + association().replacing("0x1000", with: "0x10"), "sa.yaml:2: out: spi: 16 is reserved"),
  ("associations:\n" + association().replacing("aes-gcm-16", with: "rot13"), "sa.yaml:8: algorithm: rot13 is none of"),
  ("associations:\n" + association().replacing("0x0001", with: "0x"), "sa.yaml:8: key: has 14 bytes, not 16, 24, 32"),
  (
    "associations:\n" + association().replacing("0x0001", with: "0x0"),
    "sa.yaml:8: key: is not an even number of hexadecimal digits"
  ),
  ("associations:\n" + association().replacing("192.0.2.1", with: "192.0.2"), "sa.yaml:6: source: is no IP address"),
  (
    "associations:\n" + association().replacing("mode: tunnel", with: "mode: car"),
    "sa.yaml:5: mode: car is none of tunnel, transport"
  ),
  ("bundle: []\n", "sa.yaml:1: associations: is missing"),
  ("", "sa.yaml:1: associations: is missing"),
  ("associations:\n" + association() + association(), "sa.yaml:10: name: out is taken"),
  ("associations:\n" + association("out", "    spi: 7"), "sa.yaml:4: spi: is there twice"),
  ("associations:\n" + association("out", "    dscp: [copy]"), "sa.yaml:9: dscp: is none of copy, clear, {set: N}"),
  ("associations:\n" + association("out", "    dscp: { set: 64 }"), "sa.yaml:9: dscp: is not within 0 … 63"),
  ("associations:\n" + association("out", "    esn: perhaps"), "sa.yaml:9: esn: is neither true nor false"),
  ("associations:\n" + association("out", "    lifetime: { soft-bytes: -1 }"), "sa.yaml:9: soft-bytes: is not a"),
  ("associations:\n" + association("out", "    sequence: 0x100000000"), "sa.yaml:2: out: state: sequence 4294967296"),
  (
    "associations:\n" + association("out", "    authentication: { algorithm: hmac-sha256-128, key: 0x00 }"),
    "sa.yaml:9: authentication: aead does that already"
  ),
  ("associations:\n" + association() + "bundle: [out, out]", "sa.yaml:10: bundle: names an association twice"),
  ("associations: []\nbundle: [nobody]", "sa.yaml:2: bundle: no association is named nobody"),
])
func `a faulty association file is answered by one line with file, line and field`(text: String, expected: String)
  throws
{
  let commands = try Commands()
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, output) = try commands.run(
    "encap", "--sa", try commands.write("sa.yaml", text), plain, commands.path("out.pcap"))
  #expect(status == 2)
  #expect(output.hasPrefix("error: \(expected)"), "\(output)")
  #expect(output.split(separator: "\n").count == 1)
  #expect(!output.contains("0102030405"), "no key is shown")
  #expect(!FileManager.default.fileExists(atPath: commands.path("out.pcap")))
}

@Test func `a truncated capture is answered by one line, and nothing is written`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip(), Packets.ip()])
  let cut = try commands.write("cut.pcap", try Data(contentsOf: URL(filePath: plain)).dropLast(5))
  let (status, output) = try commands.run("encap", "--sa", file, cut, commands.path("out.pcap"))
  #expect(status == 2)
  #expect(output.hasPrefix("error: cut.pcap: packet 2: truncated"), "\(output)")
  #expect(
    try FileManager.default.contentsOfDirectory(atPath: commands.directory.path).sorted() == [
      "cut.pcap", "in.pcap", "sa.yaml",
    ])
}

@Test func `a capture for which the disk is full is an error`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let capture = try commands.capture("in.pcap", Array(repeating: Packets.ip(), count: 100))
  let outcome = try commands.run("encap", "--sa", file, capture, "/dev/full")
  #expect(outcome.status == 2)
  #expect(outcome.output == "error: /dev/full: No space left on device\n")
}

@Test func `a capture is not written over itself, by whatever name`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let capture = try commands.capture("in.pcap", [Packets.ip()])
  let before = try Data(contentsOf: URL(filePath: capture))
  try FileManager.default.createSymbolicLink(atPath: commands.path("link.pcap"), withDestinationPath: capture)
  let outcome = try commands.run("encap", "--sa", file, capture, commands.path("link.pcap"))
  #expect(outcome.status == 2)
  #expect(outcome.output == "error: link.pcap: is the input as well; name another output\n")
  #expect(try Data(contentsOf: URL(filePath: capture)) == before)
}

@Test func `the help fits a terminal of 80 columns`() throws {
  let help = try Commands().run("encap", "--help")
  let yaml = help.output.components(separatedBy: "associations:\n").last?.components(separatedBy: "A key without").first
  #expect(yaml?.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") || $0.hasPrefix("  bundle:") } == true)
}

@Test func `the fuzzer ends with one line, and finds the same with the same seed`() throws {
  let commands = try Commands()
  let runs = try (0..<2).map { _ in
    try commands.start(["fuzz", "esp", "--runs", "20", "--seed", "7", "--seconds", "60"])
  }
  #expect(runs[0].status == 0)
  #expect(runs[0].output.hasPrefix("20 runs from seed 7: "))
  #expect(runs[0].output.split(separator: "\n").count == 1)
  #expect(runs[0] == runs[1])
}

@Test func `Ethernet frames keep their addresses and tags, and only their type follows the packet`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let addresses = Array(1...12) as [UInt8]
  let tag: [UInt8] = [0x81, 0x00, 0x20, 0x05]
  let frames: [[UInt8]] = [
    addresses + [0x08, 0x00] + Packets.ip(), addresses + tag + [0x86, 0xdd] + Packets.ip(.v6),
    addresses + [0x08, 0x06] + Array(repeating: 0, count: 28),
  ]
  let plain = try commands.capture("in.pcap", frames, linkType: 1)
  let (sealed, opened) = (commands.path("sealed.pcap"), commands.path("out.pcap"))
  #expect(try commands.run("encap", "--sa", file, plain, sealed).output == "2  passed\n1  not IP, left out\n")
  let outside = try Data(contentsOf: URL(filePath: sealed))
  #expect(
    outside.firstRange(of: Data(addresses + tag + [0x08, 0x00, 0x45])) != nil, "IPv4 outside, whatever is inside")
  #expect(try commands.run("decap", "--sa", file, sealed, opened).output == "2  passed\n")
  let inside = try Data(contentsOf: URL(filePath: opened))
  for frame in frames.dropLast() { #expect(inside.firstRange(of: Data(frame)) != nil) }
}

@Test func `a capture of one version of IP becomes a raw one where the other is outside`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let sealed = commands.path("sealed.pcap")
  for (linkType, written) in [(228, 228), (229, 101)] as [(UInt32, UInt8)] {
    let plain = try commands.capture(
      "in.pcap", [linkType == 228 ? Packets.ip() : Packets.ip(.v6)], linkType: linkType)
    #expect(try commands.run("encap", "--sa", file, plain, sealed).output == "1  passed\n")
    #expect(try Data(contentsOf: URL(filePath: sealed))[20] == written)
  }
}

@Test func `an empty frame is truncated, not a dummy`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let empty = try commands.capture("in.pcap", [[]])
  let output = try commands.run("decap", "--sa", file, empty, commands.path("out.pcap")).output
  #expect(output.hasPrefix("1  refused: ") && !output.contains("dummy"))
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

@Test(arguments: [
  ("encryption: { algorithm: des-cbc, key: \"0x0123456789abcdef\" }", "des-cbc"),
  ("authentication: { algorithm: hmac-md5-96, key: \"0x0123456789abcdef0123456789abcdef\" }", "hmac-md5-96"),
])
func `legacy algorithms are off unless they are admitted`(line: String, name: String) throws {
  let commands = try Commands()
  let file = try commands.write(
    "sa.yaml", "associations:\n  - { name: a, direction: out, spi: 0x1000, mode: transport, \(line) }\n")
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, text) = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap"))
  #expect(status == 2)
  #expect(text == "error: sa.yaml:2: a: algorithm: \(name) is legacy and must be allowed explicitly\n")
  let allowed = ["--allow-legacy", "--allow-unauthenticated"]
  #expect(try commands.start(["esp", "encap"] + allowed + ["--sa", file, plain, commands.path("out.pcap")]).status == 0)
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

@Test func `a bundle does not count two associations under one key`() throws {
  let commands = try Commands()
  let twin = association().replacing("name: out", with: "name: twin").replacing("0x1000", with: "0x1001")
  let file = try commands.write("sa.yaml", "associations:\n" + association() + twin + "bundle: [out, twin]\n")
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, text) = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap"))
  #expect(status == 2 && text == "error: sa.yaml:10: twin: key: is out's too, so IVs would repeat\n", "\(text)")
}

@Test func `no key is written before the capture has been read`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let table = commands.path("esp_sa")
  let (status, text) = try commands.run(
    "encap", "--sa", file, "--wireshark-sa", table, commands.path("nope.pcap"), commands.path("out.pcap"))
  #expect(status == 2 && text == "error: nope.pcap: No such file or directory\n", "the file is named once: \(text)")
  #expect(!FileManager.default.fileExists(atPath: table))
}

@Test(arguments: ["aes-ccm-16", "aes-gmac"])
func `keys that Wireshark has no use for are left out of its table`(algorithm: String) throws {
  let commands = try Commands()
  let salt = algorithm == "aes-gmac" ? "0x01020304" : "0x010203"
  let text = both.replacing("aes-gcm-16", with: algorithm).replacing("0x01020304", with: salt)
  let file = try commands.write("sa.yaml", text)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let table = commands.path("esp_sa")
  let (status, _) = try commands.run(
    "encap", "--sa", file, "--wireshark-sa", table, plain, commands.path("out.pcap"))
  #expect(status == 0 && commands.notes.contains("esp_sa: out: left out; Wireshark knows neither CCM nor GMAC in ESP"))
  #expect(try String(contentsOfFile: table, encoding: .utf8) == "# Wireshark esp_sa: holds keys\n")
}

@Test func `encryption alone is off unless it is admitted`() throws {
  let commands = try Commands()
  let line = "encryption: { algorithm: aes-cbc, key: \"0x0123456789abcdef0123456789abcdef\" }"
  let file = try commands.write(
    "sa.yaml", "associations:\n  - { name: a, direction: out, spi: 0x1000, mode: transport, \(line) }\n")
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, text) = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap"))
  #expect(status == 2 && text.hasPrefix("error: sa.yaml:2: a: authentication: none; encryption alone must"), "\(text)")
  #expect(
    try commands.run("encap", "--allow-unauthenticated", "--sa", file, plain, commands.path("out.pcap")).status == 0)
}

@Test(arguments: [["--rounds", "0"], ["--bytes", "10"], ["--bytes", "9001"]])
func `a benchmark of nothing is a usage error`(arguments: [String]) throws {
  #expect(try Commands().start(["bench", "esp"] + arguments).status == 2)
}
