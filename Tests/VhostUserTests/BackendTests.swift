import Device
import Spec
import Testing
@testable import VhostUser
import Virtio
import Wire

/// What requests do, without sockets.
@Suite struct BackendTests {
  @Test func `a ring runs once everything is there for it, in whatever order it comes`() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let rig = try RingRig()
      let steps = RingRig.Step.allCases.filter { $0 != .call }.shuffled(using: &generator)
      for step in steps {
        #expect(!rig.isRunning, "\(steps)")
        rig.take(step)
      }
      #expect(rig.isRunning, "\(steps)")
      #expect(rig.test.refusals.isEmpty, "\(steps): \(rig.test.refusals)")
    }
  }

  @Test func `a ring that is disabled and enabled goes on where it was`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    #expect(rig.test.ask(.setRingEnable, .ring(0, 0)) == .silence && !rig.isRunning)
    #expect(rig.test.ask(.setRingEnable, .ring(0, 1)) == .silence && rig.isRunning)
    #expect(rig.test.ask(.getRingBase, .ring(0, 0)) == .reply(.ring(0, 7)))
    // Stopped: enabling it is not enough any more.
    #expect(rig.test.ask(.setRingEnable, .ring(0, 1)) == .silence && !rig.isRunning)
  }

  @Test func `registers of a ring that runs are refused but the same addresses are not`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    _ = rig.test.ask(.setRingSize, .ring(0, 8))
    _ = rig.test.ask(.setRingBase, .ring(0, 8))
    _ = rig.test.ask(.setFeatures, Payload(number: 1 << 32 | 1 << 28))
    rig.take(.addresses)
    #expect(
      rig.test.refusals == [
        "SET_VRING_NUM: ring 0 is running", "SET_VRING_BASE: ring 0 is running", "SET_FEATURES: ring 0 is running",
      ])
    #expect(rig.isRunning)
  }

  @Test func `a ring stops when its memory goes and runs again when it comes back`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    _ = rig.test.ask(.removeMemoryRegion, .single(rig.region))
    #expect(!rig.isRunning)
    rig.take(.memory)
    #expect(rig.isRunning && rig.test.refusals.isEmpty)
    // A table at once replaces all regions, and the ring stays where it is in the guest.
    let other = Payload.region(guest: 1 << 30, size: 4096, user: 1 << 50)
    var files = PassedDescriptors(try .memory("guest", byteCount: 1 << 16))
    files.append(try .memory("guest", byteCount: 4096))
    #expect(rig.test.ask(.setMemoryTable, .table([rig.region, other]), files) == .silence)
    #expect(rig.isRunning && rig.test.backend.device.memory.regions.count == 2)
  }

  @Test func `a region goes without the ring that was in it, and another one comes without it`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    func addAnother(_ number: UInt64) throws {
      let region = Payload.region(guest: number << 30, size: 4096, user: number << 50)
      let file = PassedDescriptors(try .memory("guest", byteCount: 4096))
      #expect(rig.test.ask(.addMemoryRegion, .single(region), file) == .silence)
    }
    try addAnother(1)
    #expect(rig.test.ask(.removeMemoryRegion, .single(rig.region)) == .silence && !rig.isRunning)
    try addAnother(2)
    #expect(rig.test.refusals.isEmpty && rig.test.backend.device.memory.regions.count == 2)
    rig.take(.memory)
    #expect(rig.isRunning && rig.test.refusals.isEmpty)
  }

  @Test func `a reset keeps memory, protocol and interrupts and forgets rings and features`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    #expect(rig.test.ask(.resetDevice) == .silence)
    let backend = rig.test.backend
    #expect(!rig.isRunning && backend.device.status.isEmpty && backend.device.memory.regions.count == 1)
    #expect(backend.negotiated == .all && backend.rings[0].call != nil)
    for step in RingRig.Step.allCases where step != .memory && step != .call { rig.take(step) }
    #expect(rig.isRunning && rig.test.refusals.isEmpty)
  }

  @Test func `rings need not be enabled where the protocol has no features`() throws {
    let rig = try RingRig(features: [])
    for step in RingRig.Step.allCases where step != .enable { rig.take(step) }
    #expect(rig.isRunning)
  }

  @Test func `status says what was written, without what is not true and with what only the device knows`() throws {
    let test = try TestBackend()
    _ = test.ask(.setStatus, Payload(number: 0xb))
    #expect(test.number(.getStatus) == 0x3)
    _ = test.ask(.setFeatures, Payload(number: 1 << 32))
    #expect(test.number(.getStatus) == 0xb)
    test.backend.device.needReset()
    #expect(test.number(.getStatus) == 0x4b)
    _ = test.ask(.resetDevice)
    #expect(test.number(.getStatus) == 0)
  }

  @Test func `configuration is read with zeros behind it and written register by register`() throws {
    var profile = AcceleratorProfile()
    (profile.pairs, profile.scaling) = (4, 2)
    let test = try TestBackend(profile)
    func window() throws -> [UInt8] {
      let whole = Payload.configuration(0, [UInt8](repeating: 0, count: 256))
      guard case .reply(let answer, _) = test.ask(.getConfiguration, whole) else { return [] }
      return Array(answer.bytes.dropFirst(ConfigurationHeader.byteCount))
    }
    let before = try window()
    let size = test.backend.device.configuration.bytes.count
    #expect(before.prefix(size) == test.backend.device.configuration.bytes[...])
    #expect(before.count == 256 && before.dropFirst(size).allSatisfy { $0 == 0 })
    // The whole window at once, as some front ends write it; what is read-only stays.
    var wanted = [UInt8](repeating: 0xff, count: 256)
    let writable = try #require(test.backend.device.profile.writableConfiguration.last)
    var selection = Packed<GuestQueueSelection>()
    selection[\.guestScaling] = 2
    let chosen = withUnsafeBytes(of: selection.rawValue.littleEndian) { Array($0) }
    wanted.replaceSubrange(writable, with: chosen)
    let version = test.backend.device.profile.writableConfiguration[0]
    wanted.replaceSubrange(version, with: before[version])
    _ = test.ask(.setConfiguration, .configuration(0, wanted))
    var expected = before
    expected.replaceSubrange(writable, with: chosen)
    #expect(try window() == expected)
  }

  /// One back end may have used what another one tells of.
  @Test(arguments: [false, true])
  func `a call is signalled when it is given, whether the ring runs yet or not`(runs: Bool) throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases where runs || step != .enable { rig.take(step) }
    #expect(rig.isRunning == runs)
    let call = try FileDescriptor.event()
    var named = Payload(RingDescriptor.self)
    named[\RingDescriptor.ring] = Packed(rawValue: 0)
    _ = rig.test.ask(.setRingCall, named, PassedDescriptors(try call.duplicate()))
    #expect(call.takeSignals() == 1)
  }
}

/// A ring that is set up a step at a time.
final class RingRig {
  enum Step: CaseIterable { case features, memory, size, addresses, kick, call, enable }

  let test: TestBackend
  let region = Payload.region(guest: 1 << 20, size: 1 << 16, user: 1 << 40)
  private let features: UInt64

  init(features: ProtocolFeatures = .all) throws {
    test = try TestBackend(features: features)
    self.features = features == [] ? 1 << 32 : 1 << 32 | 1 << 30
    _ = test.ask(.setRingBase, .ring(0, 7))
  }

  var isRunning: Bool { test.backend.device.queues[0].isEnabled }

  func take(_ step: Step) {
    let named = Payload(RingDescriptor.self)
    switch step {
    case .features: _ = test.ask(.setFeatures, Payload(number: features))
    case .memory:
      let files = PassedDescriptors(try! .memory("guest", byteCount: 1 << 16))
      if test.backend.negotiated == [] {
        _ = test.ask(.setMemoryTable, .table([region]), files)
      } else {
        _ = test.ask(.addMemoryRegion, .single(region), files)
      }
    case .size: _ = test.ask(.setRingSize, .ring(0, 16))
    case .addresses:
      var payload = Payload(RingAddresses.self)
      payload[\RingAddresses.descriptors] = 1 << 40
      payload[\RingAddresses.available] = (1 << 40) + 0x1000
      payload[\RingAddresses.used] = (1 << 40) + 0x2000
      _ = test.ask(.setRingAddresses, payload)
    case .kick: _ = test.ask(.setRingKick, named, PassedDescriptors(try! .event()))
    case .call: _ = test.ask(.setRingCall, named, PassedDescriptors(try! .event()))
    case .enable: _ = test.ask(.setRingEnable, .ring(0, 1))
    }
  }
}
