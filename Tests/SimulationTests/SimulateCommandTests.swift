import CycleModel
import Foundation
import Simulation
import TestSupport
import Testing

@testable import ipsec_la

@Suite struct SimulateCommandTests {
  let folder = try! TemporaryFolder()

  @Test func `a scenario that comes out as expected exits with 0 and says what it found`() throws {
    try folder.write(Small.text, to: "small.yaml")
    let run = try simulate("small.yaml", in: folder)
    #expect(run.status == 0 && run.errors == "")
    for words in ["100 packets sent, 100 came back", "doorbell to interrupt", "p99", "blocked", "SA cache", "held"] {
      #expect(run.output.contains(words), "\(words)")
    }
  }

  @Test func `an expectation that does not hold exits with 1`() throws {
    try folder.write(try Small.changed("no packets lost", "throughput >= 900 Gbit/s"), to: "small.yaml")
    let run = try simulate("small.yaml", in: folder)
    #expect(run.status == 1 && run.errors == "")
    #expect(run.output.contains("failed"))
  }

  @Test func `a mode judges what it has`() throws {
    try folder.write(try Small.changed("no packets lost", "throughput >= 900 Gbit/s"), to: "small.yaml")
    let run = try simulate("small.yaml", "--mode", "functional", in: folder)
    #expect(run.status == 0)
    #expect(run.output.contains("not judged"))
  }

  @Test(arguments: [
    (["nothing"], "there is no scenario 'nothing'; there are line-rate, small-packet-storm, sa-churn"),
    (["nothing.yaml"], "nothing.yaml: cannot be read: No such file or directory"),
    (["."], ".: cannot be read: Is a directory"), ([], "Name a scenario"),
    (["small.yaml", "--mode", "fast"], "--mode: there is no mode 'fast'; there are functional, timed, timing-only"),
    (["small.yaml", "--spec-version", "9.9"], "--spec-version: there is no version '9.9'; there are 0.4, 1.0, 2.0"),
    (["small.yaml", "--profile", "tiny"], "--profile: there is no profile 'tiny'; there are default, small, large"),
    (["--show-profile", "tiny"], "--show-profile: there is no profile 'tiny'"),
    (["small.yaml", "--mode", "functional", "--vcd", "x"], "--vcd: functional mode has no time"),
    (["small.yaml", "--mode", "timing-only", "--pcap-in", "x"], "--pcap-in: timing-only mode has no packets"),
    (["small.yaml", "--vcd", "no/where.vcd"], "no/where.vcd: cannot be written: No such file or directory"),
    (["small.yaml", "--vcd", "x", "--html", "x"], "x: is named twice"),
    (["small.yaml", "--vcd", "x", "--trace", "./x"], "./x: is named twice"),
    (["small.yaml", "--vcd", "-"], "error: -: only a capture of esp goes to standard output"),
    (["small.yaml", "--vcd", ""], "error: the path of an output is empty"),
    (["small.yaml", "--html", "./small.yaml"], "./small.yaml: is an input as well; name another output"),
    (["small.yaml", "--checkpoint-at", "9", "--checkpoint", "small.yaml"], "small.yaml: is an input as well"),
  ]) func `bad usage is told on stderr, exits with 2 and leaves nothing behind`(
    arguments: [String], message: String
  )
    throws
  {
    try folder.write(Small.text, to: "small.yaml")
    let run = try Shell.outcome([program, "simulate"] + arguments, in: folder.path)
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.contains(message), "\(run.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.filter { !["in", "out", "err"].contains($0) } == ["small.yaml"])
    #expect(try folder.read("small.yaml") == Small.text)
  }

  @Test func `names of one letter are names, and what a scenario reads is not written over`() throws {
    try folder.write("profile: p\n" + Small.text, to: "s")
    try folder.write(try simulate("--show-profile", "small", in: folder).output, to: "p")
    #expect(try simulate("s", "--pcap-out", "c", in: folder).status == 0)
    let over = try simulate("s", "--html", "p", in: folder)
    #expect(over.status == 2 && over.errors == "error: p: is an input as well; name another output\n")
    try folder.write(try Small.changed("size: imix", "pcap: c"), to: "t")
    let run = try simulate("t", "--pcap-out", "c", in: folder)
    #expect(run.status == 2 && run.errors == "error: c: is an input as well; name another output\n")
  }

  @Test func `a device may be named as often as one likes`() throws {
    try folder.write(Small.text, to: "small.yaml")
    #expect(try simulate("small.yaml", "--vcd", "/dev/null", "--pcap-out", "/dev/null", in: folder).status == 0)
  }

  @Test func `every file that was asked for is written`() throws {
    try folder.write(Small.text, to: "small.yaml")
    let run = try simulate(
      "small.yaml", "--stats", "json", "--vcd", "a.vcd", "--trace", "a.pftrace", "--html", "a.html", "--pcap-in",
      "in.pcap", "--pcap-out", "out.pcap", in: folder)
    #expect(run.status == 0)
    let numbers = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect((numbers?["driver"] as? [String: Any])?["passed"] as? Int == 100)
    for name in ["a.vcd", "a.pftrace", "a.html", "in.pcap", "out.pcap"] {
      #expect(try Data(contentsOf: folder.url(name)).count > 1_000, "\(name)")
    }
    let table = try simulate("small.yaml", "--stats", "csv", in: folder).output.split(separator: "\n")
    #expect(table[0] == "of,what,value,unit")
    #expect(table.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 4 })
  }

  @Test
  func `the example in the help is a scenario that holds, in lines that a terminal does not fold`()
    throws
  {
    #expect(ScenarioHelp.example.split(separator: "\n").allSatisfy { $0.count < 78 })
    try folder.write(ScenarioHelp.example, to: "help.yaml")
    let run = try simulate("help.yaml", in: folder)
    #expect(run.status == 0 && run.errors == "", "\(run.errors)\(run.output)")
    #expect(run.output.contains("commands succeeded"))
    let help = try simulate("--help", in: folder).output
    for line in ScenarioHelp.example.split(separator: "\n") {
      #expect(help.contains(line), "\(line)")
    }
    for name in Measure.all.map(\.name) + Fault.Kind.allCases.map({ "\($0)" }) {
      #expect(help.contains(name), "\(name)")
    }
  }

  @Test func `a long run shows its progress on a terminal, and nothing elsewhere`() throws {
    try folder.write(Small.text.replacing("packets: 60", with: "packets: 60000"), to: "long.yaml")
    let command = "\(program) simulate long.yaml --mode timing-only > summary"
    #expect(try Shell.outcome(["bash", "-c", command], in: folder.path).errors == "")
    // script(1) has a terminal for it, and prints what it shows.
    let run = try Shell.outcome(["script", "-qec", command, "/dev/null"], in: folder.path)
    let text = run.output
    #expect(run.status == 0)
    #expect(text.contains(" packets a second, ") && text.contains(" s left") && text.contains("░"), "\(text)")
    #expect(text.hasSuffix("\r\u{1b}[K"), "the line is left as it was")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a run that is interrupted leaves no half-written files`(signal: Int32) throws {
    try folder.write(Small.text.replacing("packets: 60", with: "packets: 10000000"), to: "long.yaml")
    let process = try ChildProcess(
      [program, "simulate", "long.yaml", "--vcd", "a.vcd", "--html", "a.html", "--pcap-out", "a.pcap"], in: folder.path)
    Thread.sleep(forTimeInterval: 1)
    process.signal(signal)
    #expect(process.wait() == .killed(by: signal))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["long.yaml"])
  }

  @Test(arguments: [["--show-profile", "default"], ["--show-scenario", "line-rate"], ["--help"]])
  func `output that finds no room is told`(arguments: [String]) throws {
    let line = ([program, "simulate"] + arguments).joined(separator: " ")
    let run = try Shell.outcome(["bash", "-c", "\(line) > /dev/full"], in: folder.path)
    #expect(
      run.status == 2 && run.errors.contains("standard output: No space left on device"), "\(run)")
  }

  @Test func `what comes with the program is listed and shown`() throws {
    let lists = try simulate("--list-scenarios", "--list-profiles", in: folder)
    #expect(lists.status == 0)
    for name in ["line-rate", "fault-drill", "default", "large"] {
      #expect(lists.output.contains("\n\(name) ") || lists.output.hasPrefix(name))
    }
    let shown = try simulate("--show-scenario", "replay-attack", in: folder)
    try folder.write(shown.output, to: "mine.yaml")
    #expect(try simulate("mine.yaml", "--mode", "functional", in: folder).status == 0)
    let profile = try simulate("--show-profile", "small", in: folder)
    try folder.write(profile.output, to: "p.yaml")
    try folder.write(Small.text, to: "small.yaml")
    #expect(try simulate("small.yaml", "--profile", "p.yaml", "--mode", "timing-only", in: folder).status == 0)
  }
}
