import Foundation
import TestSupport
import Testing

@Suite struct CheckpointFileTests {
  let folder = try! TemporaryFolder()

  /// Runs the small scenario and keeps it.
  private func checkpoint(_ more: String..., at cycle: String = "4000") throws -> Shell.Outcome {
    try folder.write(Small.text, to: "small.yaml")
    let arguments = ["small.yaml", "--checkpoint-at", cycle, "--checkpoint", "a.ckpt"] + more
    return try Shell.outcome([program, "simulate"] + arguments, in: folder.path)
  }

  @Test(arguments: ["timed", "timing-only"])
  func `a run that goes on from its file comes to what it came to without`(mode: String) throws {
    let whole = try checkpoint("--mode", mode, "--seed", "7", "--profile", "small", "--stats", "json")
    #expect(whole.status == 0 && whole.errors == "")
    // The file is enough by itself; with the scenario it says whether it is of that one.
    try FileManager.default.removeItem(at: folder.url("small.yaml"))
    let resumed = try simulate("--resume", "a.ckpt", "--stats", "json", in: folder)
    #expect(resumed.status == 0 && resumed.errors == "")
    #expect(resumed.output == whole.output)
    try folder.write(Small.text, to: "small.yaml")
    #expect(try simulate("small.yaml", "--resume", "a.ckpt", "--stats", "json", in: folder).output == whole.output)
  }

  @Test func `a checkpoint has the profile and the place of the packets, wherever it is resumed`()
    throws
  {
    try FileManager.default.createDirectory(
      atPath: folder.url("made").path, withIntermediateDirectories: false)
    try FileManager.default.createDirectory(
      atPath: folder.url("else").path, withIntermediateDirectories: false)
    try folder.write("base: small\nlane.count: 3\n", to: "made/p.yaml")
    try folder.write(Small.text, to: "made/first.yaml")
    #expect(try simulate("made/first.yaml", "--pcap-in", "made/in.pcap", in: folder).status == 0)
    let text = try Small.changed("size: imix", "pcap: in.pcap")
    try folder.write("profile: ./p.yaml\n" + text, to: "made/small.yaml")
    let whole = try simulate(
      "made/small.yaml", "--checkpoint-at", "4000", "--checkpoint", "a.ckpt", "--stats", "json",
      in: folder)
    #expect(whole.status == 0, "\(whole.errors)")
    try FileManager.default.removeItem(at: folder.url("made/p.yaml"))
    let resumed = try Shell.outcome(
      [program, "simulate", "--resume", "../a.ckpt", "--stats", "json"], in: folder.url("else").path
    )
    #expect(resumed.status == 0 && resumed.output == whole.output, "\(resumed.errors)")
  }

  @Test func `a run that goes on is kept where it goes on, or later, and not before`() throws {
    let whole = try checkpoint("--stats", "json")
    #expect(try checkpoint(at: "5000").status == 0)
    let later = try Data(contentsOf: folder.url("a.ckpt"))
    #expect(try checkpoint().status == 0)
    let resume = ["small.yaml", "--resume", "a.ckpt", "--stats", "json", "--vcd", "b.vcd", "--checkpoint", "b.ckpt"]
    func resumed(at cycle: String) throws -> Shell.Outcome {
      try Shell.outcome([program, "simulate"] + resume + ["--checkpoint-at", cycle], in: folder.path)
    }
    for cycle in ["0", "3999"] {
      let run = try resumed(at: cycle)
      #expect(run.status == 2 && run.output == "")
      #expect(run.errors == "error: --checkpoint-at: cycle \(cycle) is before cycle 4000, where a.ckpt goes on\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.ckpt", "small.yaml"])
    }
    for (cycle, bytes) in [("4000", try Data(contentsOf: folder.url("a.ckpt"))), ("5000", later)] {
      #expect(try resumed(at: cycle).output == whole.output)
      #expect(try Data(contentsOf: folder.url("b.ckpt")) == bytes)
    }
  }

  @Test func `only its owner may read a checkpoint`() throws {
    _ = try checkpoint()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.url("a.ckpt").path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a damaged checkpoint is refused wherever a byte is changed`() throws {
    _ = try checkpoint()
    let bytes = try Data(contentsOf: folder.url("a.ckpt"))
    for place in stride(from: 0, to: bytes.count, by: bytes.count / 40) {
      var damaged = bytes
      damaged[place] ^= 0x20
      try damaged.write(to: folder.url("b.ckpt"))
      let run = try simulate("--resume", "b.ckpt", in: folder)
      #expect(run.status == 2 && run.output == "" && run.errors.contains("b.ckpt: is "), "byte \(place): \(run.errors)")
    }
    #expect(try simulate("--resume", "/dev/null", in: folder).errors == "error: /dev/null: is empty\n")
    try bytes.dropLast(9).write(to: folder.url("b.ckpt"))
    #expect(try simulate("--resume", "b.ckpt", in: folder).errors.contains("b.ckpt: is damaged"))
  }

  @Test func `a checkpoint of another format, or of another scenario, is refused`() throws {
    _ = try checkpoint()
    var bytes = try Data(contentsOf: folder.url("a.ckpt"))
    let run = try simulate("line-rate", "--resume", "a.ckpt", in: folder)
    #expect(run.status == 2 && run.errors.contains("a.ckpt: is a checkpoint of another scenario, 'small'"))
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) - 1
    bytes[place] = UInt8(ascii: "9")
    try bytes.write(to: folder.url("b.ckpt"))
    let message = "b.ckpt: is a checkpoint of format 9; this program has format 5"
    #expect(try simulate("--resume", "b.ckpt", in: folder).errors.contains(message))
    #expect(try simulate("--resume", "small.yaml", in: folder).errors.contains("small.yaml: is not a checkpoint"))
  }

  @Test(arguments: [
    (["--checkpoint-at", "10"], "both are needed"), (["--checkpoint", "a.ckpt"], "both are needed"),
    (["--checkpoint-at", "10", "--checkpoint", "a.ckpt", "--mode", "functional"], "functional mode has no time"),
    (["--checkpoint-at", "9000000000", "--checkpoint", "a.ckpt"], "the run is over before cycle 9000000000"),
    (["--resume", "a.ckpt", "--seed", "1"], "are those of the checkpoint"),
    (["--resume", "a.ckpt"], "a.ckpt: cannot be read"),
    (["--checkpoint-at", "10", "--checkpoint", "no/where"], "no/where: cannot be written"),
  ]) func `bad usage is told and leaves nothing behind`(arguments: [String], message: String) throws {
    try folder.write(Small.text, to: "small.yaml")
    let run = try Shell.outcome([program, "simulate", "small.yaml"] + arguments, in: folder.path)
    #expect(run.status == 2 && run.output == "" && run.errors.contains(message), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.url("a.ckpt").path))
  }
}
