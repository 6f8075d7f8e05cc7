import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct NotificationTests {
  private var noisy: SADescription {
    var description = Samples.gcmTunnel
    description.parameters.replayWindow = 0
    description.notifications.events = Set(NotificationEvent.allCases)
    return description
  }

  @Test func `the soft lifetime is told of once, with the bytes so far`() throws {
    let bench = try Testbench()
    var description = noisy
    description.parameters.lifetime.softBytes = 200
    let sa = try bench.addSA(description)
    for _ in 0..<5 { _ = try bench.encap(Samples.packet(72), on: sa) }
    #expect(bench.notifications == [Device.Notification(event: .softLifetime, group: nil, sa: sa.handle, value: 200)])
  }

  @Test func `the soft lifetime in packets has an event of its own`() throws {
    let bench = try Testbench()
    var description = noisy
    description.parameters.lifetime.softPackets = 3
    let sa = try bench.addSA(description)
    for _ in 0..<5 { _ = try bench.encap(Samples.packet(), on: sa) }
    #expect(bench.notifications.map(\.event) == [.softLifetimePackets])
    #expect(bench.notifications[0].value == 3)
  }

  @Test func `a hard lifetime is told of when a packet is refused, once`() throws {
    let bench = try Testbench()
    var description = noisy
    description.parameters.lifetime.hardPackets = 2
    let sa = try bench.addSA(description)
    for _ in 0..<5 { _ = try? bench.encap(Samples.packet(), on: sa) }
    #expect(bench.notifications.map(\.event) == [.hardLifetime])
  }

  @Test func `overflow is told of before it happens, at the number asked for`() throws {
    let bench = try Testbench()
    var description = noisy
    description.sequence = 0xffff_fff0
    description.notifications.overflowAt = 0xffff_fff3
    let sa = try bench.addSA(description)
    var sent = 0
    while (try? bench.encap(Samples.packet(), on: sa)) != nil { sent += 1 }
    #expect(sent == 15)
    #expect(
      bench.notifications == [
        Device.Notification(event: .sequenceOverflow, group: nil, sa: sa.handle, value: 0xffff_fff3)
      ])
  }

  @Test func `periodic notifications come at multiples of the interval`() throws {
    let bench = try Testbench()
    var description = noisy
    description.notifications.interval = 4
    let group = try bench.addGroup()
    let sa = try bench.addSA(description, group: group)
    for _ in 0..<13 { _ = try bench.encap(Samples.packet(), on: sa) }
    #expect(bench.notifications.map(\.value) == [4, 8, 12])
    #expect(bench.notifications.allSatisfy { $0.group == group })
  }

  @Test func `without a buffer, events are held: one for each SA and event, with a count of the others`() throws {
    let bench = try Testbench(notificationBuffers: 0)
    var description = noisy
    description.notifications.interval = 1
    let sas = try (0..<3).map { _ in try bench.addSA(description) }
    for _ in 0..<10 { for sa in sas { _ = try bench.encap(Samples.packet(), on: sa) } }
    #expect(bench.accelerator.notificationCounters == .init(held: 3, coalesced: 27, delivered: 0, lost: 0))
    try bench.postNotificationBuffers(2)
    try bench.reapNotifications()
    #expect(bench.notifications.map(\.sa) == sas.map(\.handle))
    #expect(bench.notifications.allSatisfy { $0.coalesced == 9 && $0.value == 10 })
  }

  @Test(arguments: [FeatureSet([]), .eventIndex])
  func `the driver rings when it posts a buffer that an event waits for`(index: FeatureSet) throws {
    let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder, .eventIndex]).union(index)
    let bench = try Testbench(features: all, notificationBuffers: 2)
    var description = noisy
    description.notifications.interval = 1
    let sas = try (0..<7).map { _ in try bench.addSA(description) }
    for sa in sas {
      let request = ModernRequest.bytes(Samples.packet(), on: sa, room: 300)
      _ = try bench.machine.exchange(request, room: 300 + V2_0.Completion.byteCount, on: 2)
    }
    #expect(bench.accelerator.notificationCounters.held == 5)
    try bench.reapNotifications()
    #expect(bench.notifications.map(\.sa) == sas.map(\.handle))
    #expect(bench.accelerator.notificationCounters == .init(held: 0, coalesced: 0, delivered: 7, lost: 0))
  }

  @Test func `what finds no place is counted`() throws {
    let bench = try Testbench(notificationBuffers: 0) { $0.limits.heldNotifications = 2 }
    var description = noisy
    description.notifications.interval = 1
    for _ in 0..<5 { _ = try bench.encap(Samples.packet(), on: try bench.addSA(description)) }
    #expect(bench.accelerator.notificationCounters == .init(held: 2, coalesced: 0, delivered: 0, lost: 3))
  }

  @Test func `nobody is told of what was not asked for`() throws {
    let bench = try Testbench()
    var description = noisy
    description.notifications.events = [.sequencePeriodic]
    description.notifications.interval = 100
    description.parameters.lifetime = .init(softBytes: 1, hardPackets: 3)
    let sa = try bench.addSA(description)
    for _ in 0..<5 { _ = try? bench.encap(Samples.packet(), on: sa) }
    #expect(bench.notifications.isEmpty)
  }
}
