import Foundation
import Testing
@testable import VhostUser
import Virtio

/// What a front end hears without asking.
@Suite struct EventTests {
  /// Events until one of them is `last`, or for some seconds.
  private func events(of frontEnd: FrontEnd, until last: FrontEnd.Event) -> [FrontEnd.Event] {
    var events: [FrontEnd.Event] = []
    for _ in 0..<1000 where !events.contains(last) {
      frontEnd.takeEvents { events.append($0) }
      usleep(10_000)
    }
    return events
  }

  @Test func `a ring that was used and a back end that goes are events, each once`() throws {
    let served = try Served()
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    _ = events(of: guest.frontEnd, until: .interrupt(ring: 0))
    _ = try guest.offer(guest.chain(for: Samples.packet(), on: sa), on: 2)
    #expect(events(of: guest.frontEnd, until: .interrupt(ring: 2)) == [.interrupt(ring: 2)])
    served.end()
    #expect(events(of: guest.frontEnd, until: .loss) == [.loss])
    #expect(!guest.frontEnd.isConnected)
    guest.frontEnd.takeEvents { Issue.record("\($0) comes again") }
  }

  @Test func `a device without a back end is reset all the same, and answers nothing`() throws {
    let served = try Served()
    let guest = try Guest(try served.connect())
    served.end()
    guest.frontEnd.needReset()
    #expect(guest.frontEnd.readStatus().contains(.needsReset))
    guest.frontEnd.writeStatus([])
    #expect(guest.frontEnd.readStatus() == [])
    #expect(guest.frontEnd.readConfiguration(at: 0, byteCount: 4) == 0)
    let next = try Served()
    defer { next.end() }
    try guest.frontEnd.move(try next.connect())
    try guest.start()
    #expect(try Samples.open(try guest.process(Samples.packet(), on: guest.addSA(Samples.sa))) == Samples.packet())
  }

  @Test func `a back end that has a front end does not answer another`() throws {
    let served = try Served()
    defer { served.end() }
    let first = try Guest(try served.connect())
    let second = try FileDescriptor.connected(to: served.path, isAwaited: false)
    let isServed = FrontEnd.isServed(second, milliseconds: 100)
    #expect(!isServed)
    first.frontEnd.disconnect()
    // What was asked is answered then, and what is asked now.
    let isServedNow = FrontEnd.isServed(second, milliseconds: 5000)
    #expect(isServedNow)
  }
}
