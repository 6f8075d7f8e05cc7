import Foundation
import Testing
@testable import VhostUser
import Virtio
import Wire

/// What tells one side of what the other has done: kicks, calls, errors, the log's descriptor, the back end's channel.
@Suite struct SignalTests {
  @Test(arguments: [Server.Mode.event, .busyPoll], ServedDeviceTests.formats)
  func `rings without descriptors are looked at`(mode: Server.Mode, format: FeatureSet) throws {
    let served = try Served(mode)
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format), hasSignals: false)
    let sa = try guest.addSA(Samples.sa)
    for seed in 0..<20 {
      let packet = Samples.packet(100 + seed)
      #expect(try Samples.open(try guest.process(packet, on: sa)) == packet)
    }
    #expect(guest.frontEnd.kicks.allSatisfy { $0.call.takeSignals() == 0 && $0.error.takeSignals() == 0 })
    #expect(served.trace.contains { $0.hasPrefix("-> SET_VRING_KICK index=2 is_absent=1") })
    #expect(served.log.isEmpty)
  }

  @Test func `a ring without a kick is looked at while it runs and not before`() throws {
    let rig = try RingRig()
    var named = Payload(RingDescriptor.self)
    named[\RingDescriptor.ring][\.isAbsent] = 1
    for step in RingRig.Step.allCases where step != .kick && step != .enable { rig.take(step) }
    #expect(rig.test.ask(.setRingKick, named) == .silence)
    #expect(!rig.test.backend.hasRingsWithoutKick)
    rig.take(.enable)
    #expect(rig.isRunning && rig.test.backend.hasRingsWithoutKick)
    rig.take(.kick)
    #expect(rig.isRunning && !rig.test.backend.hasRingsWithoutKick)
    #expect(rig.test.ask(.setRingKick, named) == .silence)
    _ = rig.test.ask(.getRingBase, .ring(0, 0))
    #expect(!rig.isRunning && !rig.test.backend.hasRingsWithoutKick)
  }

  @Test func `a pipe takes kicks without end`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    let pipe = try FileDescriptor.fullPipe()
    let writer = FileDescriptor(owning: pipe.writer)
    try guest.frontEnd.send(.setRingKick, Payload(number: 2), FileDescriptor(owning: pipe.reader))
    var room = pollfd(fd: pipe.writer, events: Int16(POLLOUT), revents: 0)
    try #require(poll(&room, 1, 5000) == 1)
    for _ in 0..<10_000 { writer.signal() }
    let offered = try guest.offer(guest.chain(for: Samples.packet(), on: sa), on: 2)
    writer.signal()
    #expect(try guest.await(on: 2).token == offered)
  }

  // MARK: The back end's channel

  @Test(arguments: ServedDeviceTests.formats)
  func `a device that needs a reset says so over the channel, in its status and by each ring's error`(
    format: FeatureSet
  ) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    #expect(!guest.frontEnd.takeConfigurationChange())
    #expect(!guest.frontEnd.readStatus().contains(.needsReset))
    try Corruption.torn.write(to: guest, ring: 2)
    guest.frontEnd.kick(2)
    #expect(served.tells("the guest broke a ring: the device needs a reset"))
    // The answer comes when the turn in which the ring was served is over.
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(guest.frontEnd.takeConfigurationChange() && !guest.frontEnd.takeConfigurationChange())
    #expect(guest.frontEnd.readStatus().contains(.needsReset))
    #expect(guest.frontEnd.kicks.allSatisfy { $0.error.takeSignals() == 1 })
    try guest.start()
    #expect(!guest.frontEnd.readStatus().contains(.needsReset))
  }

  @Test func `a front end that comes back to a device that needs a reset is told again`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    try Corruption.torn.write(to: guest, ring: 2)
    guest.frontEnd.kick(2)
    #expect(served.tells("the guest broke a ring: the device needs a reset"))
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(guest.frontEnd.kicks.allSatisfy { $0.error.takeSignals() == 1 })
    guest.frontEnd.disconnect()
    try guest.frontEnd.reconnect(try served.connect())
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(guest.frontEnd.kicks.allSatisfy { $0.error.takeSignals() == 1 })
  }

  @Test func `a change is news while rings run, for a front end that agreed to hear of it`() throws {
    let rig = try RingRig()
    let backend = rig.test.backend
    var pair = try SocketPair()
    var far = Connection(pair.takeFar())
    func isTold() -> Bool {
      backend.continueService()
      return (try? far.receive()) != nil
    }
    _ = rig.test.ask(.setBackendChannel, Payload([]), PassedDescriptors(pair.takeNear()))
    backend.configurationInterrupt()
    #expect(!isTold())
    for step in RingRig.Step.allCases { rig.take(step) }
    #expect(isTold() && !isTold())
    _ = rig.test.ask(.setRingEnable, .ring(0, 0))
    backend.configurationInterrupt()
    #expect(!isTold())
    let fewer = ProtocolFeatures.all.subtracting(.init([.configuration]))
    _ = rig.test.ask(.setProtocolFeatures, Payload(number: fewer.rawValue))
    _ = rig.test.ask(.setRingEnable, .ring(0, 1))
    #expect(rig.isRunning && !isTold())
    _ = rig.test.ask(.setProtocolFeatures, Payload(number: ProtocolFeatures.all.rawValue))
    #expect(isTold() && rig.test.refusals.isEmpty)
  }

  @Test func `a device that is reset has no news of before`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    rig.test.backend.configurationInterrupt()
    _ = rig.test.ask(.resetDevice)
    #expect(!rig.test.backend.hasChangedConfiguration)
  }

  @Test func `news that the channel has no room for come later, once`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    let test = rig.test
    var pair = try SocketPair()
    var far = Connection(pair.takeFar())
    _ = test.ask(.setBackendChannel, Payload([]), PassedDescriptors(pair.takeNear()))
    for _ in 0..<10_000 {
      test.backend.configurationInterrupt()
      test.backend.continueService()
    }
    #expect(test.backend.hasChangedConfiguration)
    while let frame = try? far.receive() {
      #expect(frame.request == BackendRequest.configurationChanged.rawValue && frame.payload.bytes.isEmpty)
      #expect(frame.flags == .request)
    }
    test.backend.continueService()
    test.backend.continueService()
    #expect(!test.backend.hasChangedConfiguration)
    #expect((try? far.receive()) != nil)
    #expect((try? far.receive()) == nil)
  }

  @Test func `a channel that is none, or whose other end is gone, is given up`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    let test = rig.test
    _ = test.ask(.setBackendChannel, Payload([]), try TestBackend.descriptors(1))
    test.backend.configurationInterrupt()
    test.backend.continueService()
    var hasChannel = test.backend.channel != nil
    #expect(!hasChannel)
    var pair = try SocketPair()
    _ = test.ask(.setBackendChannel, Payload([]), PassedDescriptors(pair.takeNear()))
    pair.far = nil
    test.backend.continueService()
    hasChannel = test.backend.channel != nil
    #expect(!hasChannel && test.refusals.isEmpty)
  }

  // MARK: The log

  @Test(arguments: ServedDeviceTests.formats)
  func `the log's descriptor is signalled when the log may have changed, and only then`(format: FeatureSet) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    let sa = try guest.addSA(Samples.sa)
    let call = try FileDescriptor.event()
    try guest.frontEnd.send(.setLogDescriptor, Payload([]), try call.duplicate())
    _ = try guest.process(Samples.packet(), on: sa)
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(call.takeSignals() == 0)
    let log = try guest.frontEnd.startLog(byteCount: 1 << 18)
    // Whether the guest wants to be interrupted does not matter.
    guest.queues[2].disableInterrupts()
    _ = try guest.offer(guest.chain(for: Samples.packet(), on: sa), on: 2)
    for _ in 0..<500 { if try guest.queues[2].reap() != nil { break } else { usleep(1000) } }
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(call.takeSignals() > 0 && !log.take().isEmpty)
    try guest.frontEnd.stopLog()
    _ = try guest.process(Samples.packet(), on: sa)
    _ = try guest.frontEnd.number(.getQueueCount)
    #expect(call.takeSignals() == 0 && log.take().isEmpty)
    #expect(served.log.isEmpty)
  }

  @Test(arguments: [Request.setLogDescriptor, .setRingCall, .setRingError])
  func `a descriptor that takes nothing keeps nobody waiting`(request: Request) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let pipe = try FileDescriptor.fullPipe()
    let reader = FileDescriptor(owning: pipe.reader)
    let writer = FileDescriptor(owning: pipe.writer)
    let payload = request == .setLogDescriptor ? Payload([]) : Payload(number: 2)
    try guest.frontEnd.send(request, payload, writer)
    _ = try guest.frontEnd.startLog(byteCount: 1 << 18)
    let sa = try guest.addSA(Samples.sa)
    #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    try Corruption.torn.write(to: guest, ring: 2)
    guest.frontEnd.kick(2)
    #expect(served.tells("the guest broke a ring: the device needs a reset"))
    #expect(try guest.frontEnd.number(.getQueueCount) == 4)
    _ = consume reader
  }
}
