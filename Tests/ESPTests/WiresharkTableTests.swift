import Foundation
import Testing

@testable import ESP

@Test func `no key is written before the capture has been read`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let table = commands.path("esp_sa")
  let (status, text) = try commands.run(
    "encap", "--sa", file, "--wireshark-sa", table, commands.path("nope.pcap"), commands.path("out.pcap"))
  #expect(status == 2 && text == "error: nope.pcap: No such file or directory\n", "the file is named once: \(text)")
  #expect(!FileManager.default.fileExists(atPath: table))
}

@Test(arguments: [["nowhere/out.pcap"], ["out.pcap", "--explain", "2"]])
func `no key is left behind where no packet is written`(arguments: [String]) throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, _) = try commands.start(
    ["esp", "encap", "--sa", file, "--wireshark-sa", commands.path("esp_sa"), plain, commands.path(arguments[0])]
      + arguments.dropFirst())
  #expect(status == 2)
  #expect(
    try FileManager.default.contentsOfDirectory(atPath: commands.directory.path).sorted() == ["in.pcap", "sa.yaml"])
}

@Test func `the table is its owner's alone, and a link or a pipe in its place stays one`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (link, table, pipe) = (commands.path("link"), commands.path("esp_sa"), commands.path("esp_sa.fifo"))
  _ = try commands.write("esp_sa", "old")
  try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: table)
  func write(_ path: String) throws -> Int32 {
    try commands.run("encap", "--sa", file, "--wireshark-sa", path, plain, commands.path("out.pcap")).status
  }
  #expect(try write(link) == 0)
  #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == table)
  #expect(try FileManager.default.attributesOfItem(atPath: table)[.posixPermissions] as? Int == 0o600)
  try #require(mkfifo(pipe, 0o600) == 0)
  // Both ends here: nobody waits for the other.
  let ends = FileHandle(fileDescriptor: open(pipe, O_RDWR), closeOnDealloc: true)
  #expect(try write(pipe) == 0)
  #expect(!ends.availableData.isEmpty)
  #expect(try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType != .typeRegular)
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

@Test func `in transport mode to anywhere, Wireshark gets a line for each version of IP, and none twice`() throws {
  let commands = try Commands()
  let text = both.replacing("mode: tunnel", with: "mode: transport").replacing("    source: 192.0.2.1\n", with: "")
    .replacing("    destination: 192.0.2.2\n", with: "")
  let (file, table) = (try commands.write("sa.yaml", text), commands.path("esp_sa"))
  let plain = try commands.capture("in.pcap", [Packets.ip(), Packets.ip(.v6)])
  #expect(
    try commands.run("encap", "--sa", file, "--wireshark-sa", table, plain, commands.path("out.pcap")).status == 0)
  let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").dropFirst()
  #expect(lines.map { $0.prefix(15) } == [#""IPv4","*","*","#, #""IPv6","*","*","#], "\(lines)")
}
