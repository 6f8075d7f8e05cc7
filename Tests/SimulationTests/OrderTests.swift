import Clockwork
import CycleModel
import Foundation
import Simulation
import Testing
import Virtio

@testable import ipsec_la

/// Requests overtake each other on the lanes; what the driver sees is in order.
@Suite struct OrderTests {
  /// Short and long packets of one SA over one queue, and what they are protected with tells them apart.
  private func scenario(_ ring: RingFormat, isInOrder: Bool, _ mode: Scenario.Mode = .timed) throws -> Scenario {
    let text = """
      ring: \(ring)
      in-order: \(isInOrder)
      mode: \(mode.rawValue)
      profile: { used.batch: 3, interrupt.batch: 5 }
      associations:
        - name: out
          direction: out
          spi: 0x1000
          mode: tunnel
          source: 192.0.2.1
          destination: 192.0.2.2
          aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
      traffic:
        - { association: out, packets: 600, size: { 64 B: 4, 200 B: 2, 1420 B: 2, 9000 B: 1 } }
      """
    return try ScenarioYAML(path: "order.yaml").read(text, name: "order")
  }

  private static let rings = RingFormat.allCases.flatMap { ring in [false, true].map { (ring, $0) } }

  /// The numbers of requests in the order in which they come past a point.
  private func serials(_ scenario: Scenario, leaving unit: CycleModel.Unit) throws -> [UInt64] {
    var run = ScenarioRun(scenario)
    var serials: [UInt64] = []
    run.trace = { piece in
      for index in piece.indices where piece[index].phase == .left && piece[index].unit == unit.rawValue {
        serials.append(piece[index].serial)
      }
    }
    let results = try run.run()
    #expect(results.tally.returned == 600 && results.statistics.completed == 600)
    return serials
  }

  @Test(arguments: rings, [Scenario.Mode.timed, .timingOnly])
  func `what overtakes on the lanes comes back in the order of the ring`(
    ring: (format: RingFormat, isInOrder: Bool), mode: Scenario.Mode
  ) throws {
    let scenario = try scenario(ring.format, isInOrder: ring.isInOrder, mode)
    #expect(try serials(scenario, leaving: .lanes) != Array(0..<600))
    #expect(try serials(scenario, leaving: .interrupt) == Array(0..<600))
  }

  /// The length of a packet and its sequence number say which it is.
  @Test(arguments: rings, [Scenario.Mode.timed, .functional])
  func `packets of one SA are numbered and come back in the order in which they were asked for`(
    ring: (format: RingFormat, isInOrder: Bool), mode: Scenario.Mode
  ) throws {
    var run = ScenarioRun(try scenario(ring.format, isInOrder: ring.isInOrder, mode))
    var (lengths, packets): ([Int], [[UInt8]]) = ([], [])
    run.packetIn = { packet, _ in lengths.append(packet.count) }
    run.packetOut = { packet, _ in packets.append(packet) }
    #expect(try run.run().tally.passed == 600)
    // IPv4, ESP, IV; padding to 4 bytes with its length and the next header; ICV.
    #expect(packets.map(\.count) == lengths.map { 20 + 8 + 8 + ($0 + 2 + 3) / 4 * 4 + 16 })
    let numbers = packets.map { $0[24..<28].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
    #expect(numbers == Array(1...600))
  }

  @Test(arguments: Scenario.Mode.allCases, RingFormat.allCases)
  func `IN_ORDER changes neither packets nor counts, whatever goes wrong`(
    mode: Scenario.Mode, ring: RingFormat
  ) throws {
    let kinds = mode == .functional ? [] : Fault.Kind.allCases
    for fault in [nil] + kinds.map({ Fault($0, .cycle(3_000), duration: 2_000) }) {
      var (one, other) = (try scenario(ring, isInOrder: false, mode), try scenario(ring, isInOrder: true, mode))
      one.faults = fault.map { [$0] } ?? []
      other.faults = one.faults
      let (results, expected) = (try other.run(), try one.run())
      #expect(results.output == expected.output, "\(fault.map { "\($0.kind)" } ?? "no fault")")
      #expect(results.results.tally == expected.results.tally)
    }
  }

  @Test func `a version without IN_ORDER does not take it`() throws {
    let text = try Small.changed("summary: a few packets", "version: 1.0\nin-order: true")
    #expect {
      try Small.scenario(text)
    } throws: {
      "\($0)" == "small.yaml:2: in-order: version 1.0 has no F_IN_ORDER; allowed is false"
    }
  }
}
