import Foundation
import Testing
@testable import VhostUser
import Virtio

/// Guests, and front ends, that break what the device works with.
@Suite struct HostileGuestTests {
  @Test(arguments: ServedDeviceTests.formats, Corruption.allCases)
  func `a guest that corrupts a ring is told of once, and another device goes on`(
    format: FeatureSet, corruption: Corruption
  ) throws {
    let first = try Served(), second = try Served()
    defer {
      first.end()
      second.end()
    }
    let guest = try Guest(try second.connect())
    let sa = try guest.addSA(Samples.sa)
    let hostile = try Guest(try first.connect(), features: ServedDeviceTests.all.union(format))
    for _ in 0..<3 {
      try corruption.write(to: hostile, ring: 2)
      hostile.frontEnd.kick(2)
      #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    }
    #expect(first.tells(corruption.line(format)))
    // After a reset, the device is of use again.
    try hostile.start()
    let own = try hostile.addSA(Samples.sa)
    #expect(try Samples.open(try hostile.process(Samples.packet(), on: own)) == Samples.packet())
    #expect(first.log == [corruption.line(format)])
    #expect(second.log.isEmpty)
  }

  /// In a process of its own: other tests open files meanwhile.
  @Test func `guests that corrupt rings leave no descriptor behind`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served()
      func visit(_ format: FeatureSet, _ corruption: Corruption) throws {
        let hostile = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
        try corruption.write(to: hostile, ring: 2)
        hostile.frontEnd.kick(2)
        if corruption == .torn { try hostile.start() }
      }
      try visit([], .torn)
      let before = openDescriptors()
      for format in ServedDeviceTests.formats {
        for corruption in Corruption.allCases { for _ in 0..<5 { try visit(format, corruption) } }
      }
      for _ in 0..<100 where openDescriptors() > before { usleep(10_000) }
      #expect(openDescriptors() <= before, "\(openDescriptors()) are open, \(before) before")
      served.end()
    }
  }

  @Test(arguments: [false, true])
  func `a front end that cuts guest memory loses its device and nothing else`(isBusy: Bool) throws {
    let first = try Served(isBusy ? .busyPoll : .event), second = try Served()
    defer {
      first.end()
      second.end()
    }
    let guest = try Guest(try second.connect())
    let sa = try guest.addSA(Samples.sa)
    let hostile = try Guest(try first.connect(), pages: .cuttable)
    hostile.memory.cut()
    hostile.frontEnd.kick(0)
    _ = try guest.process(Samples.packet(), on: sa)
    _ = try Guest(try first.connect())
    #expect(first.log == ["the front end has cut a file that it shares"])
  }
}

/// What a guest does to a ring of which nothing was used yet.
enum Corruption: CaseIterable {
  /// A list of descriptors that does not end.
  case endless
  /// A buffer that is not in guest memory.
  case outsideMemory
  /// More is available than there can be; a list is available in part.
  case torn

  /// Bits of a descriptor's flags.
  private static let (next, available): (UInt16, UInt16) = (1, 1 << 7)

  func write(to guest: Guest, ring: Int) throws {
    guard let setup = guest.frontEnd.queues[ring] else { return }
    let (memory, addresses) = (guest.memory.guest, setup.addresses)
    let isPacked = guest.session.features.contains(.ringPacked)
    /// A descriptor: what is behind its length stands the other way round in a packed ring.
    func put(_ address: UInt64, flags: UInt16, link: UInt16, at index: Int) throws {
      let base = addresses.descriptors + UInt64(16 * index)
      try memory.write(address, address: base)
      try memory.write(UInt32(64), address: base + 8)
      try memory.write(isPacked ? link : flags, address: base + 12)
      try memory.write(isPacked ? flags | Self.available : link, address: base + 14)
    }
    switch self {
    case .endless:
      for index in 0..<setup.size { try put(4096, flags: Self.next, link: UInt16((index + 1) % setup.size), at: index) }
    case .outsideMemory: try put(1 << 50, flags: 0, link: 0, at: 0)
    case .torn: if isPacked { try put(4096, flags: Self.next, link: 0, at: 0) }
    }
    if !isPacked {
      let index = try memory.read(UInt16.self, address: addresses.driver + 2)
      try memory.write(self == .torn ? index &+ 1000 : index &+ 1, address: addresses.driver + 2)
    }
  }

  /// What whoever runs the device hears of it: a chain is given back where it is known where it ends.
  func line(_ format: FeatureSet) -> String {
    let isReturned = self == .outsideMemory || self == .endless && !format.contains(.ringPacked)
    return isReturned
      ? "the guest made a chain available that breaks virtio's rules"
      : "the guest broke a ring: the device needs a reset"
  }
}
