import Device
import ESP
import Foundation
import Testing
@testable import Testbench
import TestSupport
@testable import VhostUser
import Virtio
import Wire

/// What outlives a connection, and what outlives the back end.
@Suite struct ReconnectTests {
  @Test(arguments: ServedDeviceTests.formats)
  func `a front end that comes back finds its SAs and what it offered meanwhile is served once`(
    format: FeatureSet
  ) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    let peer = try Peer()
    let sa = try guest.addSA(Samples.sa)
    for round in 0..<20 {
      #expect(try peer.open(try guest.process(Samples.packet(seed: UInt8(round)), on: sa)) != [])
      guest.frontEnd.disconnect()
      let offered = try (0..<5).map { try guest.offer(guest.chain(for: Samples.packet(100 + $0), on: sa), on: 2) }
      try guest.frontEnd.reconnect(try served.connect())
      #expect(try answers(guest, offered, peer) == (0..<5).map { Samples.packet(100 + $0) })
    }
    // The last of 20 rounds of 6 packets: no sequence number was left out, and none was used twice.
    #expect(peer.highest == 120)
    #expect(served.log.isEmpty)
  }

  @Test(arguments: ServedDeviceTests.formats)
  func `a device that ends leaves its SAs to the next`(format: FeatureSet) throws {
    var served = try Served()
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    let peer = try Peer()
    let sa = try guest.addSA(Samples.sa)
    for round in 0..<5 {
      _ = try peer.open(try guest.process(Samples.packet(seed: UInt8(round)), on: sa))
      served.end()
      let offered = try (0..<3).map { try guest.offer(guest.chain(for: Samples.packet(100 + $0), on: sa), on: 2) }
      served = try Served()
      try guest.frontEnd.reconnect(try served.connect())
      #expect(try answers(guest, offered, peer) == (0..<3).map { Samples.packet(100 + $0) })
    }
    #expect(peer.highest == 20)
    served.end()
    #expect(served.log.isEmpty)
  }

  @Test func `another front end finds an empty device`() throws {
    let served = try Served()
    defer { served.end() }
    let first = try Guest(try served.connect())
    let sa = try first.addSA(Samples.sa)
    _ = try first.process(Samples.packet(), on: sa)
    first.frontEnd.disconnect()
    let second = try Guest(try served.connect())
    #expect(throws: TestbenchError.self) { try second.process(Samples.packet(), on: sa) }
    // Not even with the handle of the first.
    #expect(try second.addSA(Samples.sa).handle == sa.handle)
  }

  // MARK: What is told of SAs that are gone

  /// How a back end goes that a guest's SAs are in.
  enum Loss: CaseIterable {
    /// Nothing is left of it.
    case killed
    /// What it left needs a key that the next one lacks.
    case sealed
  }

  @Test(arguments: Loss.allCases, ServedDeviceTests.formats)
  func `a guest that wrote nothing to registers is told that its SAs are gone`(
    loss: Loss, format: FeatureSet
  ) throws {
    var served = try Served(.event, Self.profile(1))
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    _ = try guest.addSA(Samples.sa)
    // As where all that it wants is what a register starts with.
    guest.frontEnd.written = [:]
    if loss == .killed { guest.frontEnd.disconnect() }
    served.end()
    served = try Served(.event, Self.profile(2))
    try guest.frontEnd.reconnect(try served.connect())
    #expect(guest.frontEnd.takeConfigurationChange() && guest.frontEnd.readStatus().contains(.needsReset))
    // Once for each line, and no more than this.
    #expect(served.log.count == 1 && served.log.allSatisfy { $0.contains(loss == .killed ? "no state" : "in-flight") })
    try guest.start()
    #expect(!guest.frontEnd.readStatus().contains(.needsReset))
    let sa = try guest.addSA(Samples.sa)
    #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    // The next one has the key.
    served.end()
    served = try Served(.event, Self.profile(2))
    try guest.frontEnd.reconnect(try served.connect())
    #expect(!guest.frontEnd.readStatus().contains(.needsReset) && served.log.isEmpty)
    _ = try guest.process(Samples.packet(), on: sa)
    served.end()
  }

  @Test(arguments: [(true, true), (false, true), (false, false)])
  func `a device that another guest had meanwhile is not taken for the same`(hasMoved: Bool, hasRegion: Bool) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    guest.frontEnd.written = [:]
    guest.frontEnd.disconnect()
    let elsewhere = try Served()
    let other = try Guest(
      try (hasMoved ? elsewhere : served).connect(),
      protocolFeatures: hasRegion ? .all : ProtocolFeatures.all.subtracting(.init([.inflightRegion])))
    #expect(try other.addSA(Samples.sa).handle == sa.handle)
    other.frontEnd.written = [:]
    elsewhere.end()
    if hasMoved { try other.frontEnd.reconnect(try served.connect()) }
    #expect(!other.frontEnd.readStatus().contains(.needsReset))
    other.frontEnd.disconnect()
    try guest.frontEnd.reconnect(try served.connect())
    #expect(guest.frontEnd.readStatus().contains(.needsReset))
    #expect(throws: TestbenchError.self) { try guest.process(Samples.packet(), on: sa) }
  }

  /// With a key to seal states with.
  private static func profile(_ byte: UInt8) -> AcceleratorProfile {
    var profile = AcceleratorProfile()
    profile.sealState(with: Key([UInt8](repeating: byte, count: 32)))
    return profile
  }

  private func answers(_ guest: Guest, _ offered: [UInt64], _ peer: Peer) throws -> [[UInt8]] {
    let room = guest.chain(for: Samples.packet(200), on: TestSA(handle: Handle(1)!, direction: .outbound, group: nil))
    return try offered.map { address in
      let completion = try guest.await(on: 2)
      #expect(completion.token == address)
      return try peer.open(try guest.result(try guest.memory.guest.bytes(address: address, byteCount: room.room)))
    }
  }
}

/// Who receives what the device seals, in order.
final class Peer {
  private let association: InboundAssociation
  private(set) var highest: UInt64 = 0

  init(window: Int = 64) throws {
    var parameters = Samples.parameters
    parameters.replayWindow = window
    association = try InboundAssociation(parameters)
  }

  func open(_ packet: [UInt8]) throws -> [UInt8] {
    var output = [UInt8](repeating: 0, count: packet.count)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try association.decapsulate(packet.span.bytes, into: &span)
    highest = max(highest, outcome.sequence)
    return Array(output[outcome.packet])
  }
}
