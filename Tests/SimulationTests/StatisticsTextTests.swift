import CycleModel
import Foundation
import Simulation
import Testing

@testable import ipsec_la

/// What a program reads says what it is of, and is enough to run it again.
@Suite struct StatisticsTextTests {
  private func results() throws -> Results {
    let text = try Small.changed("summary: a few packets", "profile: { lane.count: 3, bus.read-latency: 1 us }")
    let faults = "faults: [{ fault: corrupted-descriptor, at: 1 us }, { fault: dropped-dma, at: 2 us }]\n"
    return try Small.scenario(text + faults).run().results
  }

  @Test func `JSON names faults and the profile's values, which make the same profile`() throws {
    let results = try results()
    let whole = try JSONSerialization.jsonObject(with: Data(StatisticsText.json(results).utf8))
    let object = try #require(whole as? [String: Any])
    let device = try #require(object["device"] as? [String: Any])
    let struck = try #require(device["faults"] as? [String: Int])
    #expect(Set(struck.keys) == Set(Fault.Kind.allCases.map { "\($0)" }))
    #expect(struck["corrupted-descriptor"] == 1 && struck["dropped-dma"] == 1 && struck["reset"] == 0)
    let profile = try #require(object["profile"] as? [String: Any])
    #expect(profile["name"] as? String == "default with bus.read-latency 500 bus cycles, lane.count 3 lanes")
    let values = try #require(profile["values"] as? [String: String])
    let text = values.map { "\($0): \($1)\n" }.joined()
    #expect(try ProfileYAML(path: "p.yaml").read(YAMLDocument.fields(text, path: "p.yaml")) == results.values)
    let measures = try #require(object["measures"] as? [String: Double])
    #expect(measures["packets lost"] == Double(results.lost))
    let keys = ["version", "mode", "seed", "scenario", "expectations", "driver"]
    #expect(keys.allSatisfy { object[$0] != nil })
  }

  @Test func `the queue for events is no data queue, and has its name`() throws {
    let results = try ScenarioChoice.scenario("notification-flood").run().results
    let rows = StatisticsText.csv(results).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    func interrupts(of name: String) -> UInt64? {
      rows.first { $0[0] == name && $0[1] == "interrupts" }.flatMap { UInt64($0[2]) }
    }
    let data = try #require(interrupts(of: "encap 0")), event = try #require(interrupts(of: "event"))
    #expect(interrupts(of: "run") == data + (interrupts(of: "decap 0") ?? 0) && event > data)
    #expect(interrupts(of: "decap 1") == nil)
  }

  /// Whatever is there once; of a list, in one of its elements.
  private func has(_ value: Any, _ path: ArraySlice<String>) -> Bool {
    if let list = value as? [Any] { return list.contains { has($0, path) } }
    guard let name = path.first else { return value is NSNumber }
    guard let next = (value as? [String: Any])?[name] else { return false }
    return has(next, path.dropFirst())
  }

  @Test func `JSON has the unit of each number that is no count, by its path`() throws {
    let whole = try JSONSerialization.jsonObject(with: Data(StatisticsText.json(try results()).utf8))
    let units = try #require((whole as? [String: Any])?["units"] as? [String: String])
    for path in units.keys {
      // The name of a measure has no points.
      #expect(has(whole, path.split(separator: ".").map(String.init)[...]), "\(path)")
    }
    #expect(units["device.latency.p50"] == "ps" && units["measures.throughput"] == "bit/s")
    #expect(units["measures.SA-cache hit rate"] == "ppm" && units["measures.packets lost"] == nil)
  }

  @Test func `statistics come back from JSON as they were`() throws {
    let statistics = try results().statistics
    let data = try JSONEncoder().encode(statistics)
    #expect(try JSONDecoder().decode(Statistics.self, from: data) == statistics)
  }

  @Test func `CSV has the setting, the profile, the expectations, and whole numbers as such`() throws {
    let results = try results()
    let rows = StatisticsText.csv(results).split(separator: "\n").map(String.init)
    for row in [
      "run,scenario,small,", "run,version,2.0,", "run,mode,timed,", "run,seed,1,",
      "run,profile,\"default with bus.read-latency 500 bus cycles, lane.count 3 lanes\",",
      "profile,lane.count,3 lanes,", "profile,bus.rate,32 B/cycle,", "run,packets sent,100,",
      "run,packets lost,\(results.lost),",
      "fault corrupted-descriptor,struck,1,", "expected,no packets lost,failed,",
    ] {
      #expect(rows.contains(row), "\(row)")
    }
    #expect(!rows.contains { $0.hasPrefix("ring,busy") || $0.hasPrefix("interrupt,busy") })
  }

  @Test func `a latency that was not measured is no zero`() throws {
    let results = try results()
    let rows = StatisticsText.csv(results).split(separator: "\n").filter { $0.contains(",latency p50,") }
    let measured = results.statistics.units.filter { $0.latency.count > 0 }.map(\.name)
    #expect(Set(rows.map { String($0.prefix { $0 != "," }) }) == Set(measured + ["run"]))
    #expect(measured.first == "ring" && measured.last == "interrupt" && !measured.contains("descriptor fetch"))
    #expect(!rows.contains { $0.contains(",0,") })
    let table = "\(SummaryTable(results))"
    #expect(table.contains("\n  ring and fetch ") && table.contains("\n  interrupt ") && !table.contains("\n  SA read"))
    let json = try StatisticsText.json(results)
    #expect(!json.contains("\"p50\" : 0,") && !json.contains("\"maximum\" : 0,"))
  }

  @Test func `one of something is told as one`() throws {
    var scenario = try Small.scenario()
    (scenario.flows[0].count, scenario.flows[1].count) = (1, 0)
    #expect("\(SummaryTable(try scenario.run().results))".contains("\n1 packet sent, 1 came back"))
  }

  @Test func `a scenario without a sentence begins with its name alone`() throws {
    let results = try Small.scenario(Small.changed("summary: a few packets", "seed: 1")).run().results
    #expect("\(SummaryTable(results))".hasPrefix("small\nversion 2.0"))
  }
}
