import Foundation
import Testing
@testable import VhostUser
import Wire

/// Front ends that go away in the midst of a message, or stay there.
@Suite struct DyingFrontEndTests {
  @Test(arguments: messages.indices)
  func `a front end that dies after any byte of a message is told of once, and the next is served`(
    index: Int
  ) throws {
    let served = try Served()
    defer { served.end() }
    for count in 1..<Self.messages[index].byteCount { try Self.die(served, Self.messages[index], after: count) }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    let lines = (1..<Self.messages[index].byteCount).map { "the front end is gone after \($0) bytes of a message" }
    #expect(served.log == lines)
  }

  /// In a process of its own: other tests open files meanwhile.
  @Test func `a front end that dies after any byte of a message leaves no descriptor behind`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served()
      func dieEverywhere() throws {
        for message in DyingFrontEndTests.messages {
          for count in 1..<message.byteCount { try DyingFrontEndTests.die(served, message, after: count) }
        }
        // Who comes next is served when all that came before is over.
        let socket = try served.connect()
        try socket.send(Frame(99).bytes + [0])
      }
      try dieEverywhere()
      for _ in 0..<100 where served.log.last != "the front end is gone after 1 bytes of a message" { usleep(10_000) }
      let before = openDescriptors()
      try dieEverywhere()
      for _ in 0..<100 where openDescriptors() > before { usleep(10_000) }
      #expect(openDescriptors() <= before, "\(openDescriptors()) are open, \(before) before")
      served.end()
    }
  }

  @Test func `another device goes on while front ends die in the midst of messages`() throws {
    let first = try Served(), second = try Served()
    defer {
      first.end()
      second.end()
    }
    let guest = try Guest(try second.connect())
    let sa = try guest.addSA(Samples.sa)
    for message in Self.messages {
      try Self.die(first, message, after: message.byteCount - 1)
      #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    }
    #expect(second.log.isEmpty)
  }

  @Test(arguments: [Server.Mode.event, .busyPoll])
  func `rings go on while half of a message has come`(mode: Server.Mode) throws {
    let served = try Served(mode)
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    let frame = Frame(Request.getQueueCount.rawValue).bytes
    try guest.frontEnd.transmit(part: Array(frame[..<7]))
    for _ in 0..<10 { #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet()) }
    try guest.frontEnd.transmit(part: Array(frame[7...]))
    #expect(try guest.frontEnd.receive(.getQueueCount).payload == Payload(number: 4))
    #expect(served.log.isEmpty)
  }

  // MARK: Messages

  /// A message and the number of descriptors that come with it: with its first byte.
  struct Message: Sendable {
    let request: Request
    let payload: Payload
    let descriptors: Int
    var byteCount: Int { FrameHeader.byteCount + payload.bytes.count }
  }

  /// With nothing but a header, with few bytes and with many; with descriptors, right and wrong, and without.
  static let messages: [Message] = [
    Message(request: .getFeatures, payload: Payload([]), descriptors: 0),
    Message(request: .getFeatures, payload: Payload([]), descriptors: 3),
    Message(request: .setFeatures, payload: Payload(number: 1 << 32), descriptors: 0),
    Message(request: .setRingKick, payload: Payload(number: 0), descriptors: 1),
    Message(request: .setRingAddresses, payload: Payload(RingAddresses.self), descriptors: 0),
    Message(
      request: .setMemoryTable,
      payload: .table([.region(guest: 0, size: 4096, user: 0), .region(guest: 4096, size: 4096, user: 4096)]),
      descriptors: 2),
    Message(request: .setInflightRegion, payload: Payload(InflightDescription.self), descriptors: 1),
    Message(request: .setBackendChannel, payload: Payload([]), descriptors: 64),
  ]

  static func die(_ served: Served, _ message: Message, after count: Int) throws {
    let socket = try served.connect()
    let frame = Frame(message.request.rawValue, message.payload)
    try socket.send(Array(frame.bytes[..<count]), try TestBackend.descriptors(message.descriptors))
  }
}
