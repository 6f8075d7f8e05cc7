import Clockwork
import CycleModel
import ESP
import Foundation
import Simulation
import TestSupport
import Testbench
import Testing

@testable import ipsec_la

/// The program, beside the tests.
let program: String = {
  var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: "ipsec-la").path
}()

func simulate(_ arguments: String..., in folder: TemporaryFolder) throws -> Shell.Outcome {
  try Shell.outcome([program, "simulate"] + arguments, in: folder.path)
}

/// A small scenario that the tests change.
enum Small {
  static let text = """
    summary: a few packets
    associations:
      - name: out
        copies: 3
        direction: out
        spi: 0x1000
        mode: tunnel
        source: 192.0.2.1
        destination: 192.0.2.2
        aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
      - name: in
        direction: in
        spi: 0x2000
        mode: tunnel
        source: 192.0.2.2
        destination: 192.0.2.1
        aead: { algorithm: aes-gcm-16, key: "0x202122232425262728292a2b2c2d2e2f", salt: "0x30313233" }
    traffic:
      - { association: out, packets: 60, size: imix, rate: 2 Mpacket/s, random: true }
      - { association: in, packets: 40, size: { 64 B: 1, 256 B: 1 }, rate: 1 Gbit/s }
    expect: no packets lost

    """

  static func scenario(_ text: String = text) throws -> Scenario {
    try ScenarioYAML(path: "small.yaml").read(text, name: "small")
  }

  /// The scenario with other words in one place, of which there must be one.
  static func changed(_ old: String, _ new: String) throws -> String {
    try #require(text.contains(old))
    let place = try #require(text.range(of: old))
    return text.replacingCharacters(in: place, with: new)
  }
}

extension Scenario {
  /// Runs it, and what came out of the device.
  func run() throws -> (results: Results, output: [[UInt8]]) {
    var run = ScenarioRun(self)
    var output: [[UInt8]] = []
    run.packetOut = { packet, _ in output.append(packet) }
    return (try run.run(), output)
  }
}

extension Run {
  /// Goes on, and what is traced on the way.
  func trace(until limit: Instant = .never) -> [TraceRecord] {
    var records: [TraceRecord] = []
    advance(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
    return records
  }
}

extension Scenario {
  /// Expects that runs that are checkpointed at moments of equal distance, and resumed, trace and count what one does
  /// that is not interrupted.
  ///
  /// - Parameter records: there are more in the trace.
  func expectTheSameWhenResumed(records: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let whole = try ScenarioRun(self).start(isTraced: true)
    let expected = whole.trace()
    #expect(expected.count > records, sourceLocation: sourceLocation)
    for part in 1...20 as ClosedRange<UInt64> {
      let run = try ScenarioRun(self).start(isTraced: true)
      let before = run.trace(until: Instant(picoseconds: whole.now.picoseconds * part / 21))
      let resumed = run.checkpoint()
      #expect(before + resumed.trace() == expected, "\(part) of 21", sourceLocation: sourceLocation)
      #expect(resumed.statistics == whole.statistics, "\(part) of 21", sourceLocation: sourceLocation)
    }
  }
}

extension [[UInt8]] {
  /// The packets in an order of their own: queues do not wait for each other, so that which is out first depends on how
  /// long requests take.
  var inByteOrder: [[UInt8]] { sorted { $0.lexicographicallyPrecedes($1) } }
}
