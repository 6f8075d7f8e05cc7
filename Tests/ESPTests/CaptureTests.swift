import Foundation
import TestSupport
import Testing

@testable import ESP

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

@Test(arguments: [
  (["sa.yaml"], "error: sa.yaml: is the file with the associations as well; name another output\n"),
  (["out.pcap", "--wireshark-sa", "sa.yaml"], "error: sa.yaml: is the file with the associations as well; "),
  (["out.pcap", "--wireshark-sa", "in.pcap"], "error: in.pcap: is the input as well; "),
  (["out.pcap", "--wireshark-sa", "out.pcap"], "error: out.pcap: is the capture to write as well; "),
])
func `nothing is written over what is read, nor over what else is written`(outputs: [String], error: String) throws {
  let commands = try Commands()
  let (file, capture) = (try commands.write("sa.yaml", both), try commands.capture("in.pcap", [Packets.ip()]))
  let before = try Data(contentsOf: URL(filePath: capture))
  let paths = outputs.map { $0.hasPrefix("--") ? $0 : commands.path($0) }
  let outcome = try commands.start(["esp", "encap", "--sa", file, capture] + paths)
  #expect(outcome.status == 2 && outcome.output.hasPrefix(error), "\(outcome.output)")
  #expect(try String(contentsOfFile: file, encoding: .utf8) == both)
  #expect(try Data(contentsOf: URL(filePath: capture)) == before)
  #expect(!FileManager.default.fileExists(atPath: commands.path("out.pcap")))
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

@Test func `an output that is a link or a pipe stays one`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (link, target, pipe) = (commands.path("link.pcap"), commands.path("target.pcap"), commands.path("out.fifo"))
  _ = try commands.write("target.pcap", "old")
  try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
  #expect(try commands.run("encap", "--sa", file, plain, link).output == "1  passed\n")
  #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
  let written = try Data(contentsOf: URL(filePath: target))
  try #require(mkfifo(pipe, 0o600) == 0)
  // Both ends are open, so that nobody waits for the other.
  let descriptor = open(pipe, O_RDWR | O_NONBLOCK)
  defer { close(descriptor) }
  #expect(try commands.run("encap", "--sa", file, plain, pipe).output == "1  passed\n")
  var piped = [UInt8](repeating: 0, count: written.count + 1)
  #expect(read(descriptor, &piped, piped.count) == written.count && Array(written) == piped.dropLast())
}

@Test(arguments: [
  ([0x81, 0], true), ([0x88, 0xa8], true), ([0x91, 0], true), ([0x88, 0], false), ([0x81, 0xa8], false),
])
func `VLAN tags are known by their types`(type: [UInt8], isTag: Bool) throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let frame = Array(1...12) + type + [0, 5, 0x08, 0x00] + Packets.ip()
  let plain = try commands.capture("in.pcap", [frame], linkType: 1)
  let output = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap")).output
  #expect(output == (isTag ? "1  passed\n" : "1  not IP, left out\n"))
}

@Test func `time stamps in nanoseconds stay what they are`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  var capture = try Data(contentsOf: URL(filePath: try commands.capture("in.pcap", [Packets.ip()])))
  func little(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }
  let sealed = commands.path("sealed.pcap")
  for (magic, fraction) in [(UInt32(0xa1b2_c3d4), UInt32(123_456)), (0xa1b2_3c4d, 123_456_789)] {
    capture.replaceSubrange(0..<4, with: little(magic))
    capture.replaceSubrange(24..<32, with: little(1_700_000_000) + little(fraction))
    #expect(try commands.run("encap", "--sa", file, commands.write("in.pcap", capture), sealed).status == 0)
    let written = try Data(contentsOf: URL(filePath: sealed))
    #expect(Array(written[0..<4]) == little(magic))
    #expect(Array(written[24..<32]) == little(1_700_000_000) + little(fraction))
  }
}

@Test func `a capture on standard output is nothing but the capture`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let output = try commands.run("encap", "--sa", file, "--explain", "1", plain, "/dev/stdout").output
  #expect(!output.contains("passed") && commands.notes.contains("verdict: passed\n1  passed\n"), "\(commands.notes)")
}

@Test func `a dash is standard input, and standard output`() throws {
  let commands = try Commands()
  let file = try commands.write("sa.yaml", both)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ipsec-la").path
  let run = try Shell.outcome(
    ["sh", "-c", "'\(program)' esp encap --sa '\(file)' - - < '\(plain)' > sealed.pcap"], in: commands.directory.path)
  #expect(run.status == 0 && run.errors.hasPrefix("1  passed\n"), "\(run.errors)")
  #expect(!FileManager.default.fileExists(atPath: commands.path("-")))
  let opened = try commands.run("decap", "--sa", file, commands.path("sealed.pcap"), commands.path("out.pcap"))
  #expect(opened.output == "1  passed\n")
  let table = try Shell.outcome(
    [program, "esp", "encap", "--sa", file, "--wireshark-sa", "-", plain, "out.pcap"], in: commands.directory.path)
  #expect(table.status == 2 && table.errors.contains("only a capture of esp goes to standard output"))
}
