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
