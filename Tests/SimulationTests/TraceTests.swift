import Clockwork
import CycleModel
import Foundation
import Simulation
import TestSupport
import Testing

@testable import ipsec_la

@Suite struct TraceTests {
  @Test(arguments: [nil, "fault-drill"])
  func `a dump has a value for every change of every variable that it declares, and ends as it began`(
    name: String?
  ) throws {
    var text = ""
    let scenario = try name.map(ScenarioChoice.scenario) ?? Small.scenario()
    var writer = VCDWriter(scenario) { text += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    _ = try run.run()
    var names: [String: String] = [:]
    var values: [String: String] = [:]
    var first: [String: String] = [:]
    var now = -1
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "$var" { names[words[3]] = words[4] }
      if line.hasPrefix("#") {
        let time = try #require(Int(line.dropFirst()))
        #expect(time > now)
        now = time
      }
      if line.hasPrefix("b") {
        #expect(names[words[1]] != nil, "\(line) is not declared")
        if now < 0 { first[words[1]] = words[0] }
        values[words[1]] = words[0]
      }
    }
    #expect(names.count > 100 && Set(names.keys) == Set(first.keys))
    for (code, name) in names where name.hasPrefix("lane_") || name == "waiting" || name == "busy" {
      #expect(values[code] == first[code], "\(name)")
    }
    #expect(text.contains("b1 ") && text.contains("bz "))
  }

  @Test(arguments: ["a $end b", "$end", "$$endend"]) func `no name of a scenario ends a dump's comment`(
    name: String
  ) throws {
    var text = ""
    var scenario = try Small.scenario()
    scenario.name = name
    var writer = VCDWriter(scenario) { text += $0 }
    writer.begin(at: .start)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("$comment ") && lines[0].hasSuffix(", version 2.0, seed 1 $end"))
    #expect(lines[0].ranges(of: "$end").count == 1 && lines[1] == "$timescale 1 ps $end")
  }

  @Test func `each request has one flow, from the driver's ring through every unit to its interrupt`() throws {
    var bytes: [UInt8] = []
    let scenario = try Small.scenario()
    var writer = PerfettoWriter(scenario) { bytes += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    _ = try run.run()
    let events = try ProtobufMessage(bytes).all(1).map { try ProtobufMessage($0) }
    var open: [UInt64: Int] = [:]
    var steps: [UInt64: Int] = [:]
    var ends: [UInt64: Int] = [:]
    var described: Set<UInt64> = []
    var last: UInt64 = 0
    for packet in events {
      if let track = try packet.message(60) { described.insert(try #require(track.number(1))) }
      guard let event = try packet.message(11) else { continue }
      let (time, track) = (try #require(packet.number(8)), try #require(event.number(11)))
      #expect(time >= last && described.contains(track))
      last = time
      switch event.number(9) {
      case 1: open[track, default: 0] += 1
      case 2: open[track, default: 0] -= 1
      default: break
      }
      #expect((0...1).contains(open[track] ?? 0))
      for flow in event.fixed(47) { steps[flow, default: 0] += 1 }
      for flow in event.fixed(48) { ends[flow, default: 0] += 1 }
    }
    #expect(open.values.allSatisfy { $0 == 0 })
    // Ring, header read, parse, SA cache, input DMA, lanes, output DMA.
    #expect(steps.count == 100 && steps.values.allSatisfy { $0 == 7 })
    #expect(ends.count == 100 && ends.values.allSatisfy { $0 == 1 })
  }

  @Test func `a flow is a chain, and names its packets on the lanes and how many they are behind them`() throws {
    var bytes: [UInt8] = []
    let text = Small.text.replacing("size:", with: "packets-per-chain: 8, size:")
    let scenario = try Small.scenario(text)
    var writer = PerfettoWriter(scenario) { bytes += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    _ = try run.run()
    var flows: [UInt64: [String]] = [:]
    for packet in try ProtobufMessage(bytes).all(1).map({ try ProtobufMessage($0) }) {
      guard let event = try packet.message(11), let flow = (event.fixed(47) + event.fixed(48)).first else { continue }
      flows[flow, default: []].append(String(decoding: try #require(event.all(23).first), as: UTF8.self))
    }
    // 60 packets are 7 chains of 8 and one of 4, 40 packets are 5 chains.
    #expect(flows.count == 13)
    var counts: [Int] = []
    for (flow, names) in flows {
      let name = "request \(flow - 1)"
      let packets = names.count { $0.hasPrefix("\(name), packet ") }
      counts.append(packets)
      // Ring, header read, parse, SA cache, input DMA; output DMA, interrupt.
      let lanes = (1...packets).map { "\(name), packet \($0)" }
      let (before, behind) = (Array(repeating: name, count: 5), "\(name), \(packets) packets")
      #expect(names == before + lanes + [behind, behind])
    }
    #expect(counts.sorted() == [4] + Array(repeating: 8, count: 12))
  }

  @Test func `packets in and out are captures that libpcap reads`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ipsec-la-\(UUID().uuidString).pcap").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var bytes: [UInt8] = []
    let writer = CaptureWriter { bytes += $0 }
    var run = ScenarioRun(try Small.scenario())
    var packets: [[UInt8]] = []
    run.packetOut = { packet, instant in
      packets.append(packet)
      writer.write(packet, at: instant)
    }
    _ = try run.run()
    try Data(bytes).write(to: URL(filePath: folder))
    #expect(try Capture(reading: folder).records.map(\.frame) == packets)
    #expect(packets.count == 100)
  }

  @Test func `the packets of a capture go in, in turn and over and over`() throws {
    let folder = try TemporaryFolder()
    var bytes: [UInt8] = []
    let writer = CaptureWriter { bytes += $0 }
    let packets = (0..<3).map { number in
      [0x45, 0, 0, 40, 0, UInt8(number), 0, 0, 64, 17] + [UInt8](repeating: 0, count: 30)
    }
    for packet in packets { writer.write(packet, at: .start) }
    try Data(bytes).write(to: folder.url("in.pcap"))
    let text = try Small.changed("size: imix", "pcap: in.pcap")
    var run = ScenarioRun(try ScenarioYAML(path: folder.path + "/small.yaml").read(text, name: "small"))
    var seen: [[UInt8]] = []
    run.packetIn = { packet, _ in if packet.count == 40 { seen.append(packet) } }
    _ = try run.run()
    #expect(seen.count == 60)
    #expect(seen.enumerated().allSatisfy { $0.element == packets[$0.offset % 3] })
  }

  @Test func `whatever goes wrong, each slice of a trace ends, and no later one begins before`() throws {
    var bytes: [UInt8] = []
    let scenario = try ScenarioChoice.scenario("fault-drill")
    var writer = PerfettoWriter(scenario) { bytes += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    _ = try run.run()
    var open: [UInt64: Int] = [:]
    for packet in try ProtobufMessage(bytes).all(1).map({ try ProtobufMessage($0) }) {
      guard let event = try packet.message(11), let track = event.number(11) else { continue }
      switch event.number(9) {
      case 1: open[track, default: 0] += 1
      case 2: open[track, default: 0] -= 1
      default: continue
      }
      #expect((0...1).contains(open[track] ?? 0))
    }
    #expect(!open.isEmpty && open.values.allSatisfy { $0 == 0 })
  }

  /// Of reads and of writes: the integral over time is that of the statistics.
  @Test func `counters drop with a reset`() throws {
    let text = try Small.changed("rate: 2 Mpacket/s, random: true", "start: 0 us").replacing(
      "packets: 60", with: "packets: 2000")
    let fault = "faults: [{ fault: reset, at: 50 us, for: 1 ms }]\n"
    let scenario = try Small.scenario(text.replacing("expect: no packets lost\n", with: fault))
    var values = Counter.allCases.map { _ in (integral: UInt64(0), value: UInt64(0), last: Instant.start) }
    var run = ScenarioRun(scenario)
    run.trace = { records in
      for index in records.indices where records[index].phase == .counted {
        let (record, place) = (records[index], Int(records[index].unit))
        values[place].integral += values[place].value * (record.instant - values[place].last)
        (values[place].value, values[place].last) = (record.serial, record.instant)
      }
    }
    let buses = try run.run().statistics.buses
    #expect(buses.map(\.outstanding) == [Counter.reads, .writes].map { values[Int($0.rawValue)].integral })
    #expect(buses.allSatisfy { $0.peakOutstanding > 1 })
  }

  @Test(arguments: Fault.Kind.allCases) func `a fault after the end takes no effect, and the trace ends before`(
    kind: Fault.Kind
  ) throws {
    var scenario = try Small.scenario()
    scenario.faults = [Fault(kind, .cycle(scenario.profile.core.firstCycle(at: .init(picoseconds: 1 << 40))))]
    var last = Instant.start
    var run = ScenarioRun(scenario)
    run.trace = { records in if !records.isEmpty { last = records[records.count - 1].instant } }
    let results = try run.run()
    #expect(results.statistics.faults.allSatisfy { $0 == 0 } && results.tally.returned == 100)
    #expect(last.picoseconds <= results.activeTime)
  }

  @Test func `a report needs nothing but itself`() throws {
    var scenario = try Small.scenario()
    scenario.summary = "<script>alert(1)</script> & \"more\""
    let run = ScenarioRun(scenario)
    let text = HTMLReport(try run.run()).text
    #expect(!text.contains("<script") && !text.contains("http") && !text.contains("src=") && !text.contains("url("))
    #expect(text.contains("&lt;script&gt;"))
    #expect(text.split(separator: "<svg ").count == 6)
    #expect(!text.contains("nan") && !text.contains("inf,"))
  }
}
