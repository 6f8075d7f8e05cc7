import Foundation
import Testing

@testable import ESP

private let key = "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

/// An AH association as `ip xfrm state` prints it.
private func ah(_ algorithm: String, flags: String) -> String {
  """
  src 10.1.0.1 dst 10.2.0.2
  \tproto ah spi 0x00002000 reqid 1 mode transport
  \treplay-window 32 \(flags)
  \t\(algorithm)
  \tsel src 0.0.0.0/0 dst 0.0.0.0/0

  """
}

@Test(arguments: [
  ("auth-trunc hmac(sha256) \(key) 128", "", 32), ("auth-trunc hmac(sha256) \(key) 128", "flag align4", 28),
  ("auth-trunc hmac(sha256) \(key) 96", "", 24), ("auth hmac(sha256) \(key)", "", 24),
])
func `AH over IPv4 is padded and truncated as the kernel does`(algorithm: String, flags: String, length: Int) throws {
  let commands = try Commands()
  let file = try commands.write("xfrm.txt", ah(algorithm, flags: flags))
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let sealed = commands.path("sealed.pcap")
  #expect(try commands.run("encap", "--sa", file, plain, sealed).status == 0)
  let frame = Array(try Data(contentsOf: URL(filePath: sealed)).dropFirst(40))
  #expect(frame.count == Packets.ip().count + length)
  #expect((Int(frame[21]) + 2) * 4 == length)
  #expect(try commands.run("decap", "--sa", file, sealed, commands.path("out.pcap")).output == "1  passed\n")
}

@Test func `the output of ip -s xfrm state serves, with its lifetimes`() throws {
  let commands = try Commands()
  let text = """
    src 192.0.2.1 dst 192.0.2.2
    \tproto esp spi 0x00001000(4096) reqid 1(0x00000001) mode tunnel
    \treplay-window 32 seq 0x00000000 flag nopmtudisc af-unspec (0x00100000)
    \tauth-trunc hmac(sha1) 0x000102030405060708090a0b0c0d0e0f10111213 (160 bits) 96
    \tenc cbc(aes) 0x000102030405060708090a0b0c0d0e0f (128 bits)
    \tanti-replay context: seq 0x0, oseq 0x7, bitmap 0x00000000
    \tsel src 0.0.0.0/0 dst 0.0.0.0/0 uid 0
    \tlifetime config:
    \t  limit: soft (INF)(bytes), hard (INF)(bytes)
    \t  limit: soft (INF)(packets), hard 1(packets)
    \t  expire add: soft 0(sec), hard 0(sec)
    \t  expire use: soft 0(sec), hard 0(sec)
    \tlifetime current:
    \t  840(bytes), 10(packets)
    \t  add 2024-01-01 00:00:00 use 2024-01-01 00:00:01
    \tstats:
    \t  replay-window 0 replay 0 failed 0

    """
  let file = try commands.write("xfrm.txt", text)
  let plain = try commands.capture("in.pcap", [Packets.ip(dontFragment: true), Packets.ip()])
  let sealed = commands.path("sealed.pcap")
  let (status, output) = try commands.run("encap", "--sa", file, "--explain", "1", plain, sealed)
  #expect(status == 0)
  #expect(output.contains("SPI 0x1000, sequence 8"))
  #expect(output.hasSuffix("1  passed\n1  refused: hard lifetime is used up\n"))
  #expect(try Data(contentsOf: URL(filePath: sealed))[46] == 0, "nopmtudisc clears DF")
  let again = try commands.run("decap", "--sa", file, sealed, commands.path("out.pcap")).output
  #expect(again == "1  passed\n")
}

@Test(arguments: [
  ("0x100001000", "transport", "spi: is not a number of 32 bits"),
  ("0x00001000", "beet", "mode: beet is none of tunnel, transport"),
])
func `what an association of the kernel cannot be here is refused`(spi: String, mode: String, what: String) throws {
  let commands = try Commands()
  let text = ah("auth hmac(sha256) \(key)", flags: "").replacing("0x00002000", with: spi)
    .replacing("transport", with: mode)
  let file = try commands.write("xfrm.txt", text)
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  let (status, output) = try commands.run("encap", "--sa", file, plain, commands.path("out.pcap"))
  #expect(status == 2 && output == "error: xfrm.txt:2: \(what)\n", "\(output)")
}

@Test(arguments: [
  ("flag af-unspec", 0xb8, 0xb8), ("flag af-unspec extra_flag dont-encap-dscp", 0, 0xb8),
  ("flag decap-dscp af-unspec", 0xb8, 0xb8), ("flag decap-dscp extra_flag dont-encap-dscp", 0, 0),
])
func `the kernel's flags about DSCP hold in both directions`(flags: String, outside: UInt8, inside: UInt8) throws {
  let commands = try Commands()
  let text = """
    src 192.0.2.1 dst 192.0.2.2
    \tproto esp spi 0x00001000 reqid 1 mode tunnel
    \treplay-window 32 \(flags)
    \taead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0f10111213 128

    """
  let file = try commands.write("xfrm.txt", text)
  let plain = try commands.capture("in.pcap", [Packets.ip(trafficClass: 0xb8)])
  let (sealed, opened) = (commands.path("sealed.pcap"), commands.path("out.pcap"))
  #expect(try commands.run("encap", "--sa", file, plain, sealed).status == 0)
  #expect(try commands.run("decap", "--sa", file, sealed, opened).output == "1  passed\n")
  func trafficClass(_ path: String) throws -> UInt8 { try Data(contentsOf: URL(filePath: path))[41] }
  #expect(try trafficClass(sealed) == outside)
  #expect(try trafficClass(opened) == inside)
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

@Test func `an association that compresses is left out, and said to be`() throws {
  let commands = try Commands()
  let compression = """
    src 10.1.0.1 dst 10.2.0.2
    \tproto comp spi 0x00000abc reqid 1 mode transport
    \treplay-window 0
    \tcomp deflate

    """
  let file = try commands.write("xfrm.txt", compression + ah("auth-trunc hmac(sha256) \(key) 128", flags: ""))
  let plain = try commands.capture("in.pcap", [Packets.ip()])
  #expect(try commands.run("encap", "--sa", file, plain, commands.path("out.pcap")).output == "1  passed\n")
  #expect(commands.notes.contains("xfrm.txt:1: proto: comp is left out"))
}

@Test(arguments: ["enc 0x0102030405060708", "aead 0x0102030405060708 128 x", "auth-trunc 0x0102030405060708 96 x"])
func `a key in the place of an algorithm is not shown`(line: String) throws {
  let commands = try Commands()
  let text = "src 10.1.0.1 dst 10.2.0.2\n\tproto esp spi 0x1000 reqid 0 mode transport\n\t\(line)\n"
  let (status, output) = try commands.run(
    "encap", "--sa", commands.write("xfrm.txt", text), commands.capture("in.pcap", [Packets.ip()]),
    commands.path("out.pcap"))
  #expect(status == 2 && output.hasPrefix("error: xfrm.txt:3: ") && !output.contains("0102"), "\(output)")
}

@Test(arguments: [
  ("replay-window x flag esn", "replay-window: is not a number of 64 bits"),
  ("anti-replay context: seq 0x0, oseq 0xz, bitmap 0x0", "oseq: is not a number of 64 bits"),
  ("encap type espinudp sport 70000 dport 4500 addr 0.0.0.0", "sport: is not a number of 16 bits"),
])
func `a number that is none is not taken for 0`(line: String, what: String) throws {
  let commands = try Commands()
  let text = ah("auth hmac(sha256) \(key)", flags: "") + "\t\(line)\n"
  let (status, output) = try commands.run(
    "encap", "--sa", commands.write("xfrm.txt", text), commands.capture("in.pcap", [Packets.ip()]),
    commands.path("out.pcap"))
  #expect(status == 2 && output.hasSuffix(": \(what)\n"), "\(output)")
}

@Test func `an SPI that several destinations share names none of its associations`() throws {
  let commands = try Commands()
  let text = ah("auth hmac(sha256) \(key)", flags: "")
  let other = text.replacing("10.2.0.2", with: "10.2.0.3")
  try #require(text != other)
  let (status, output) = try commands.run(
    "encap", "--sa", commands.write("xfrm.txt", text + other), "--association", "0x2000",
    commands.capture("in.pcap", [Packets.ip()]), commands.path("out.pcap"))
  #expect(status == 2 && output == "error: xfrm.txt: several outbound associations are named 0x2000\n", "\(output)")
}

@Test func `lines may end in CR LF`() throws {
  let commands = try Commands()
  let text = ah("auth hmac(sha256) \(key)", flags: "").replacing("\n", with: "\r\n")
  let (status, output) = try commands.run(
    "encap", "--sa", commands.write("xfrm.txt", text), commands.capture("in.pcap", [Packets.ip()]),
    commands.path("out.pcap"))
  #expect(status == 0, "\(output)")
}
