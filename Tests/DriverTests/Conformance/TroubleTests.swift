import Device
import Driver
import Spec
import Testbench
import Testing
@testable import Virtio

/// Requests in flight while the device needs a reset, is removed, lies, or cannot take more.
@Suite struct TroubleTests {
  static let formats = Rig.Transport.allCases.flatMap { transport in
    [false, true].map { Session(rig: Rig(transport: transport, isPacked: $0), features: $0 ? .ringPacked : []) }
  }
  static let split = formats.filter { !$0.rig.isPacked }

  private func requests(_ count: Int, _ platform: Platform, _ instance: IPsecInstance) throws -> [IPsecRequest] {
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    return try (0..<count).map { try IPsecRequest(Samples.packet(seed: UInt8($0)), on: sa, platform.kernel) }
  }

  @Test(.conforms("STATUS-R-04"), arguments: formats)
  func `of a device that needs a reset nothing is waited for`(session: Session) throws {
    let (platform, _, instance) = try session.boot()
    let hold = Hold(session.rig.accelerator(platform))
    let requests = try requests(2, platform, instance)
    try instance.submit(requests)
    let start = platform.kernel.scheduler.now
    session.rig.needReset(platform)
    platform.kernel.scheduler.run()
    withExtendedLifetime(hold) {}
    #expect(requests.allSatisfy { $0.outcome == .cancelled(.EIO) })
    #expect(platform.kernel.scheduler.now - start < 10_000_000)
  }

  @Test(.conforms("CLEAN-R-02"), arguments: formats)
  func `buffers are taken back after the device was reset`(session: Session) throws {
    let (platform, recorder, instance) = try session.boot()
    let hold = Hold(session.rig.accelerator(platform))
    let requests = try requests(3, platform, instance)
    try instance.submit(requests)
    let before = recorder.events.count
    try platform.kernel.unload("virtio_ipsec")
    withExtendedLifetime(hold) {}
    var decoder = StepDecoder(), isReset = false, returned: Set<UInt64> = []
    for event in recorder.events[before...] {
      switch event {
      case .access(let access): if decoder.decode(access) == .status(0) { isReset = true }
      case .unmapped(let address):
        #expect(isReset)
        returned.insert(address)
      default: break
      }
    }
    #expect(returned.isSuperset(of: requests.flatMap { $0.input + $0.output }.map(\.address)))
  }

  @Test(.conforms("SPLIT-R-06"), arguments: split)
  func `what the device did not say that it wrote is not looked at`(session: Session) throws {
    let (platform, recorder, instance) = try session.boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let rings = recorder.usedRings
    recorder.patch = { address, bytes in
      let isLength = rings.contains { address > $0 + 4 && address < $0 + 4 + 8 * 64 && (address - $0) % 8 == 0 }
      return isLength && bytes.count == 4 ? [0, 0, 0, 0] : nil
    }
    let error = #expect(throws: DriverError.self) { try instance.random(64) }
    #expect(error?.errno == .EPROTO)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sa) }
    recorder.patch = { _, _ in nil }
    #expect(try instance.random(64).count == 64)
    withExtendedLifetime(platform) {}
  }

  @Test(.conforms("PACK-R-05", "PACK-R-08", "PACK-R-09", "INDIR-R-07", "SPLIT-R-03"), arguments: formats)
  func `a chain that does not fit is refused, not half written`(session: Session) throws {
    let (platform, recorder, instance) = try session.boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let hold = Hold(session.rig.accelerator(platform))
    var pieces = [70, 30, 28, 20, 4, 4, 4]
    var refused: [Errno] = []
    while !pieces.isEmpty {
      let request = try IPsecRequest(Samples.packet(200), on: sa, platform.kernel, pieces: pieces.removeFirst())
      let before = recorder.events.count
      do throws(DriverError) { try instance.submit([request]) } catch {
        refused.append(error.errno)
        let writes = recorder.events[before...].compactMap { event -> UInt64? in
          if case .wrote(.driver, let address, _, _) = event { address } else { nil }
        }
        #expect(!writes.contains { address in recorder.descriptorAreas.contains { $0.contains(address) } })
      }
    }
    #expect(refused.contains(.EMSGSIZE) && refused.contains(.ENOSPC))
    hold.release()
    platform.kernel.scheduler.run()
    #expect(instance.counters.inFlight == 0)
  }

  @Test(.conforms("EVT-R-06", "EVT-R-07"), arguments: split)
  func `a device that wants no kick gets none`(session: Session) throws {
    let (platform, recorder, instance) = try session.boot()
    let requests = try requests(2, platform, instance)
    let memory = GuestMemory(sharing: platform.memory), hold = Hold(session.rig.accelerator(platform))
    func kicks() -> Int { recorder.steps.count { if case .kick(2, _) = $0 { true } else { false } } }
    let before = kicks()
    try memory.write(UInt16(1), address: recorder.usedRings[2])
    try instance.submit([requests[0]])
    #expect(kicks() == before)
    try memory.write(UInt16(0), address: recorder.usedRings[2])
    try instance.submit([requests[1]])
    #expect(kicks() == before + 1)
    hold.release()
    platform.kernel.scheduler.run()
    #expect(requests.allSatisfy { if case .done? = $0.outcome { true } else { false } })
  }
}

extension Recorder {
  /// A part of each queue's ring, in the order of the queues, as the registers say: 0, 1 or 2.
  private func parts(_ wanted: Int) -> [UInt64] {
    var halves: [Int: [UInt64]] = [:]
    for case .queueAddress(let queue, wanted, let half, let value) in steps {
      halves[queue, default: [0, 0]][half] = UInt64(value)
    }
    return halves.sorted { $0.key < $1.key }.map { $0.value[0] | $0.value[1] << 32 }
  }
  var usedRings: [UInt64] { parts(2) }
  var descriptorAreas: [Range<UInt64>] { parts(0).map { $0..<$0 + 64 * 16 } }
}
