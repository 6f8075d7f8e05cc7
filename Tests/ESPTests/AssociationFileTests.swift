import Foundation
import Testing

@testable import ESP

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
  ("associations: [", "sa.yaml:2: not YAML: did not find expected node content"),
  ("associations:\n" + association("out", "    colour: red"), "sa.yaml:9: colour: unknown field"),
  ("associations:\n" + association().replacing("0x1000", with: "0x10"), "sa.yaml:2: out: spi: 16 is reserved"),
  ("associations:\n" + association().replacing("aes-gcm-16", with: "rot13"), "sa.yaml:8: algorithm: rot13 is none of"),
  ("associations:\n" + association().replacing("0x0001", with: "0x"), "sa.yaml:8: key: has 14 bytes, not 16, 24, 32"),
  (
    "associations:\n" + association().replacing("0x0001", with: "0x0"),
    "sa.yaml:8: key: is not an even number of hexadecimal digits"
  ),
  (
    "associations:\n" + association().replacing("192.0.2.1", with: "192.0.2"),
    "sa.yaml:6: source: '192.0.2' is no IP address"
  ),
  (
    "associations:\n" + association().replacing("mode: tunnel", with: "mode: car"),
    "sa.yaml:5: mode: car is none of tunnel, transport"
  ),
  ("bundle: []\n", "sa.yaml:1: associations: is missing"),
  ("", "sa.yaml:1: associations: is missing"),
  ("associations:\n" + association() + association(), "sa.yaml:10: name: out is taken"),
  (
    "associations:\n" + association("in") + association("in").replacing("name: in", with: "name: twin"),
    "sa.yaml:12: spi: in receives its packets"
  ),
  ("associations:\n" + association("out", "    spi: 7"), "sa.yaml:4: spi: is there twice"),
  ("associations:\n" + association("out", "    dscp: [copy]"), "sa.yaml:9: dscp: is none of copy, clear, {set: N}"),
  ("associations:\n" + association("out", "    dscp: { set: 64 }"), "sa.yaml:9: dscp: is not within 0 … 63"),
  ("associations:\n" + association("out", "    esn: perhaps"), "sa.yaml:9: esn: is neither true nor false"),
  (
    "associations:\n" + association("out", "    lifetime: { soft-bytes: -1 }"),
    "sa.yaml:9: soft-bytes: '-1' is not a number within 0 to"
  ),
  ("associations:\n" + association("out", "    sequence: 0x100000000"), "sa.yaml:2: out: state: sequence 4294967296"),
  (
    "associations:\n" + association("out", "    authentication: { algorithm: hmac-sha256-128, key: 0x00 }"),
    "sa.yaml:9: authentication: aead does that already"
  ),
  ("associations:\n" + association() + "bundle: [out, out]", "sa.yaml:10: bundle: names an association twice"),
  (
    "associations:\n" + association().replacing("key: \"", with: "key:\""),
    "sa.yaml:8: key:\"0x…\": unknown field"
  ),
  (
    "associations:\n" + association().replacing("aes-gcm-16", with: "\"0x01020304050607\""),
    "sa.yaml:8: algorithm: 0x… is none of"
  ),
  (
    "associations:\n"
      + association().replacing("mode: tunnel", with: "mode: { 0x01020304050607: 1, 0x01020304050607: 2 }"),
    "sa.yaml:5: 0x…: is there twice"
  ),
  ("associations: []", "sa.yaml: has no outbound association"),
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
  #expect(
    text == "error: sa.yaml:2: a: algorithm: \(name) is legacy and must be allowed explicitly, by --allow-legacy\n")
  let allowed = ["--allow-legacy", "--allow-unauthenticated"]
  #expect(try commands.start(["esp", "encap"] + allowed + ["--sa", file, plain, commands.path("out.pcap")]).status == 0)
}

@Test(arguments: ["aes-gcm-16", "aes-gcm-8", "aes-gmac"])
func `a bundle does not count two associations under one key, whatever their algorithms`(algorithm: String) throws {
  let commands = try Commands()
  let twin = association().replacing("name: out", with: "name: twin").replacing("0x1000", with: "0x1001")
    .replacing("aes-gcm-16", with: algorithm)
  let file = try commands.write("sa.yaml", "associations:\n" + association() + twin + "bundle: [out, twin]\n")
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, text) = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap"))
  #expect(status == 2 && text == "error: sa.yaml:10: twin: key: is out's too, so IVs would repeat\n", "\(text)")
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

@Test func `a pipe serves as an association file`() throws {
  let commands = try Commands()
  let (pipe, plain) = (commands.path("sa.fifo"), try commands.capture("in.pcap", [Packets.ip()]))
  try #require(mkfifo(pipe, 0o600) == 0)
  // Opening it waits for the other end, and the end of any other test's child may interrupt that.
  Thread.detachNewThread {
    var end: FileHandle?
    while end == nil { end = FileHandle(forWritingAtPath: pipe) }
    end?.write(Data(both.utf8))
  }
  #expect(try commands.run("encap", "--sa", pipe, plain, commands.path("out.pcap")).output == "1  passed\n")
}

@Test func `decap wants an inbound association`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", "associations:\n" + association("out"))
  let (status, text) = try commands.run(
    "decap", "--sa", file, commands.capture("in.pcap", [Packets.ip()]), commands.path("out.pcap"))
  #expect(status == 2 && text == "error: sa.yaml: has no inbound association\n", "\(text)")
}
