import Device
import Foundation
import Testing
@testable import Testbench
import TestSupport
@testable import VhostUser
import Virtio

/// `ipsec-la serve` is killed while requests are under way, and another one takes over.
@Suite(.serialized) struct KillTests {
  @Test(arguments: [[], ["--busy-poll"]], ServedDeviceTests.formats)
  func `no request is lost and none is completed twice when the back end is killed under load`(
    mode: [String], format: FeatureSet
  ) throws {
    let folder = try TemporaryFolder()
    var program = try KillableProgram(folder, ["--queues", "2"] + mode)
    let guest = try Guest(
      try program.connect(), features: ServedDeviceTests.all.union(format), pairs: 2, memory: 64 << 20)
    var load = try Load(guest)
    for round in 0..<4 {
      try load.begin()
      let chosen = guest.registers
      // Anywhere between the first answers and many.
      try load.run(for: Int.random(in: 1...400))
      program.kill()
      #expect(load.outstanding > 0, "round \(round)")
      program = try KillableProgram(folder, ["--queues", "2"] + mode)
      try guest.frontEnd.reconnect(try program.connect())
      // The back end lacked what the driver wrote to registers: so the driver is told that its SAs are gone.
      #expect(guest.frontEnd.takeInterruptCauses().contains(.configuration))
      #expect(guest.frontEnd.readStatus().contains(.needsReset) && guest.registers == chosen)
      try load.drain()
      #expect(try program.tells(["an earlier back end of this guest left no state: its SAs are gone"]))
      try guest.start()
      #expect(!guest.frontEnd.readStatus().contains(.needsReset))
    }
    #expect(load.completed == load.offered && load.sealed > 0)
    program.kill()
  }

  @Test(arguments: ServedDeviceTests.formats)
  func `registers, SAs and requests outlive a back end that is ended under load`(format: FeatureSet) throws {
    let folder = try TemporaryFolder()
    var program = try KillableProgram(folder, ["--queues", "2"])
    let guest = try Guest(
      try program.connect(), features: ServedDeviceTests.all.union(format), pairs: 2, memory: 64 << 20)
    var load = try Load(guest)
    try load.begin()
    for _ in 0..<4 {
      let chosen = guest.registers
      try load.run(for: Int.random(in: 1...200))
      program.end()
      #expect(try program.log() == [])
      program = try KillableProgram(folder, ["--queues", "2"])
      try guest.frontEnd.reconnect(try program.connect())
      #expect(!guest.frontEnd.readStatus().contains(.needsReset) && guest.registers == chosen)
    }
    try load.drain()
    // Every packet was sealed, with a sequence number of its own, and none was left out.
    #expect(load.completed == load.offered && load.sealed == load.offered)
    #expect(load.peer.highest == UInt64(load.offered))
    program.kill()
  }
}

extension Guest {
  /// The configuration space as the driver reads it.
  fileprivate var registers: [UInt32] {
    stride(from: 0, to: 256, by: 4).map { frontEnd.readConfiguration(at: $0, byteCount: 4) }
  }
}

/// Packets on two queue pairs, as many at a time as there is room for.
private struct Load {
  private let guest: Guest
  private var chain = PreparedChain(readable: [], room: 0)
  private(set) var peer: Peer
  private let packet = Samples.packet(1400)
  /// Where answers will be, by queue, oldest first.
  private var waiting: [Int: [UInt64]] = [:]
  private(set) var offered = 0
  private(set) var completed = 0
  /// Those that were done, and not only answered.
  private(set) var sealed = 0
  private static let queues = [2, 4]

  init(_ guest: Guest) throws {
    self.guest = guest
    peer = try Peer(window: 1024)
  }

  var outstanding: Int { waiting.values.reduce(0) { $0 + $1.count } }

  /// Adds an SA that nobody used before.
  mutating func begin() throws {
    chain = guest.chain(for: packet, on: try guest.addSA(Samples.sa))
    peer = try Peer(window: 1024)
  }

  /// Offers and reaps until so many more were completed; the rings are full then.
  mutating func run(for count: Int) throws {
    let goal = completed + count
    while completed < goal {
      try fill()
      for queue in Self.queues { try reap(queue) }
      sched_yield()
    }
    try fill()
  }

  private mutating func fill() throws {
    for queue in Self.queues {
      while guest.queues[queue].freeCount >= 2 {
        waiting[queue, default: []].append(try guest.offer(chain, on: queue))
        offered += 1
      }
    }
  }

  /// Waits for all that was offered, and for nothing more.
  mutating func drain() throws {
    let end = Date.now + 20
    while outstanding > 0, Date.now < end {
      for queue in Self.queues { try reap(queue) }
      usleep(100)
    }
    #expect(outstanding == 0)
    usleep(10_000)
    for queue in Self.queues { #expect(try guest.queues[queue].reap() == nil) }
  }

  /// Takes answers, each of which is the oldest request's.
  private mutating func reap(_ queue: Int) throws {
    while let completion = try guest.queues[queue].reap() {
      let expected = try #require(waiting[queue]?.first)
      #expect(completion.token == expected)
      waiting[queue]!.removeFirst()
      completed += 1
      let answer = try guest.memory.guest.bytes(address: completion.token, byteCount: chain.room)
      let sealed: [UInt8]
      do { sealed = try guest.result(answer) } catch is TestbenchError { continue }
      #expect(try peer.open(sealed) == packet)
      self.sealed += 1
    }
  }
}
