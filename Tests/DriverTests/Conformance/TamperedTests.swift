import Testing
import Virtio

/// Recordings that were tampered with: what a replay checks can fail.
@Suite struct TamperedTests {
  struct Tampering: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var session = Session(rig: Rig(transport: .msix), features: [])
    var broken: [String]
    var change: @Sendable ([Event]) -> [Event]
  }

  private static let packed = Session(rig: Rig(transport: .msix, isPacked: true), features: [.ringPacked])
  private static let events = Session(rig: Rig(transport: .msix), features: [.eventIndex])
  private static let mmio = Session(rig: Rig(), features: [])

  /// Changes each register access; nil leaves it out.
  private static func accesses(_ change: @escaping @Sendable (Access) -> [Access]) -> @Sendable ([Event]) -> [Event] {
    { events in
      events.flatMap { event -> [Event] in
        if case .access(let access) = event { change(access).map { Event.access($0) } } else { [event] }
      }
    }
  }

  @Sendable private static func isKick(_ access: Access) -> Bool { access.place == .bar4 && access.offset >= 0x3000 }
  @Sendable private static func isStatus(_ access: Access) -> Bool {
    (access.place, access.offset) == (.bar4, 0x14) || (access.place, access.offset) == (.mmio, 0x70)
  }
  @Sendable private static func withoutFences(_ events: [Event]) -> [Event] {
    events.filter { if case .fence(.driver, _) = $0 { false } else { true } }
  }
  /// Every store of the driver happens twice.
  @Sendable private static func twice(_ events: [Event]) -> [Event] {
    events.flatMap { event -> [Event] in
      if case .wrote(.driver, _, _, _) = event { [event, event] } else { [event] }
    }
  }

  static let all = [
    Tampering(testDescription: "no barriers, split", broken: ["SPLIT-R-07", "SPLIT-R-08"], change: withoutFences),
    Tampering(
      testDescription: "no barriers, packed", session: packed, broken: ["PACK-R-11", "EVT-R-11"],
      change: withoutFences),
    Tampering(
      testDescription: "flags stored again, packed", session: packed, broken: ["PACK-R-02", "PACK-R-03", "CLEAN-R-01"],
      change: twice),
    Tampering(testDescription: "no kicks", broken: ["EVT-R-07"], change: accesses { isKick($0) ? [] : [$0] }),
    Tampering(
      testDescription: "no kicks, event indices", session: events, broken: ["EVT-R-09"],
      change: accesses { isKick($0) ? [] : [$0] }),
    Tampering(
      testDescription: "wide kicks", broken: ["PNOT-R-01"],
      change: accesses { access in
        var access = access
        if isKick(access) { access.byteCount = 4 }
        return [access]
      }),
    Tampering(
      testDescription: "kicks of queue 99", broken: ["PNOT-R-03"],
      change: accesses { access in
        var access = access
        if isKick(access) { access.value = 99 }
        return [access]
      }),
    Tampering(
      testDescription: "no look at the status", broken: ["INIT-R-01", "STATUS-R-01", "PCOM-R-05"],
      change: accesses { isStatus($0) && !$0.isWrite ? [] : [$0] }),
    Tampering(
      testDescription: "DRIVER_OK instead of FEATURES_OK", session: mmio, broken: ["INIT-R-01", "MMIO-R-24"],
      change: accesses { access in
        var access = access
        if isStatus(access), access.isWrite, access.value == 11 { access.value = 7 }
        return [access]
      }),
    Tampering(
      testDescription: "a register that there is not", session: mmio, broken: ["MMIO-R-01", "MMIO-R-03"],
      change: accesses { access in
        var access = access
        if access.offset == 0x0fc { access.offset = 0x0f0 }
        return [access]
      }),
    Tampering(
      testDescription: "bytes for words", session: mmio, broken: ["MMIO-R-04", "MMIO-R-05"],
      change: accesses { access in
        var access = access
        access.byteCount = 1
        return [access]
      }),
    Tampering(
      testDescription: "every queue register written again after the queue is enabled", broken: ["PCOM-R-04"],
      change: accesses { access in
        var again = access
        again.offset = 0x18
        return (access.place, access.offset) == (.bar4, 0x1c) && access.isWrite ? [access, again] : [access]
      }),
  ]

  @Test(arguments: all)
  func `a recording that was tampered with breaks the clause`(tampering: Tampering) throws {
    let events = tampering.change(try tampering.session.live().events)
    let accesses = events.compactMap { if case .access(let access) = $0 { access } else { nil } }
    var decoder = StepDecoder()
    var findings = RegisterReplay(accesses.compactMap { decoder.decode($0) }).findings
    findings.formUnion(AccessReplay(accesses).findings)
    findings.formUnion(RingReplays(events).findings)
    #expect(findings.brokenIDs.isSuperset(of: tampering.broken), "\(findings.brokenIDs.sorted())")
  }
}
