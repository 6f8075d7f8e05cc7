@testable import Virtio

/// Register traffic held against the clauses on status, features, queues and their order.
struct RegisterReplay {
  private(set) var findings = Findings()
  /// The status as the driver left it.
  private var status: UInt8 = 0
  private var isReset = false
  private var offered: FeatureSet = []
  private(set) var accepted: FeatureSet = []
  private var isDone: Set<Stage> = []
  /// What was written of each queue since the last reset.
  private var queues: [Int: Set<Int>] = [:]
  private var sizes: [Int: Int] = [:]
  private var enabled: Set<Int> = []

  private enum Stage { case negotiated, confirmed, setUp }

  init(_ steps: [Step]) {
    for (index, step) in steps.enumerated() { take(step, next: steps.dropFirst(index + 1).first) }
  }

  private mutating func take(_ step: Step, next: Step?) {
    switch step {
    case .status(let value): write(status: value, next: next)
    case .statusRead(let value):
      if status == 0 { isReset = isReset || value == 0 }
      if status & 0x88 == 8, value & 8 != 0 { isDone.insert(.confirmed) }
    case .deviceFeatures(let word, let value):
      findings.check("MMIO-R-10", word != nil, "device features without a selector")
      offered.setWord(UInt32(word ?? 0), value)
    case .driverFeatures(let word, let value):
      findings.check("MMIO-R-11", word != nil, "driver features without a selector")
      findings.check("INIT-R-03", status & 8 == 0, "features after FEATURES_OK")
      accepted.setWord(UInt32(word ?? 0), value)
      isDone.insert(.negotiated)
    case .queueSizeRead(let queue, let value): sizes[queue] = Int(value)
    case .queueSize(let queue, let value): write(queue, 0, size: Int(value))
    case .queueAddress(let queue, let part, let half, let value):
      write(queue, 1 + 2 * part + half)
      if half == 0 { check(alignment: UInt64(value), of: part) }
    case .queueVector(let queue, _): write(queue, 7)
    case .queueEnable(let queue, let value): enable(queue, value)
    case .kick: findings.check("INIT-R-06", status & 4 != 0, "a kick before DRIVER_OK")
    default: break
    }
  }

  private mutating func write(status value: UInt8, next: Step?) {
    findings.check("STATUS-R-02", value == 0 || value & status == status, "status \(status) then \(value)")
    findings.check("SUSP-R-01", value & 0x10 == 0, "SUSPEND")
    if status & 0x80 != 0 { findings.check("STATUS-R-03", value == 0, "status \(value) after FAILED") }
    let added = value & ~status
    switch added {
    case 0 where value == 0:
      findings.check("RESET-R-01", isPolled(next), "no look at the status after a reset")
      findings.check("PCOM-R-05", isPolled(next), "no look at the status after a reset")
      // What was offered stays so: a driver need not look again.
      (isReset, accepted, isDone, queues, sizes, enabled) = (false, [], [], [:], [:], [])
    case 1: checkOrder(isReset && status == 0, "ACKNOWLEDGE")
    case 2: checkOrder(status == 1, "DRIVER")
    case 8: checkOrder(status == 3 && isDone == [.negotiated], "FEATURES_OK")
    case 4: checkOrder(status == 11 && isDone.isSuperset(of: [.confirmed, .setUp]), "DRIVER_OK")
    default: break
    }
    if added == 8 {
      findings.check("FEAT-R-01", accepted.isSubset(of: offered), "\(accepted.subtracting(offered))")
      findings.check("FEAT-R-03", accepted.isSubset(of: offered), "\(accepted.subtracting(offered))")
      findings.check("RSVD-R-01", accepted.contains(.version1) || !offered.contains(.version1))
      findings.check("RSVD-R-02", accepted.contains(.accessPlatform) || !offered.contains(.accessPlatform))
    }
    status = value
  }

  private func isPolled(_ next: Step?) -> Bool { if case .statusRead? = next { true } else { false } }

  private mutating func checkOrder(_ holds: Bool, _ what: String) {
    for id in ["STATUS-R-01", "INIT-R-01", "MMIO-R-24"] { findings.check(id, holds, what) }
  }

  private mutating func write(_ queue: Int, _ register: Int, size: Int? = nil) {
    for id in ["PCOM-R-04", "MMIO-R-13"] { findings.check(id, !enabled.contains(queue), "queue \(queue) is enabled") }
    queues[queue, default: []].insert(register)
    guard let size else { return }
    findings.check("MMIO-R-12", size <= sizes[queue] ?? 0, "queue \(queue): \(size) of \(sizes[queue] ?? 0)")
    if accepted.contains(.ringPacked) {
      findings.check("PCOM-R-02", size > 0, "size 0")
    } else {
      findings.check("PCOM-R-03", size > 0 && size & (size - 1) == 0, "size \(size)")
    }
  }

  private mutating func check(alignment address: UInt64, of part: Int) {
    let (id, alignments) = accepted.contains(.ringPacked) ? ("PACK-R-01", [16, 4, 4]) : ("SPLIT-R-01", [16, 2, 4])
    findings.check(id, address % UInt64(alignments[part]) == 0, "part \(part) at \(address)")
  }

  private mutating func enable(_ queue: Int, _ value: UInt32) {
    findings.check("PCOM-R-06", value == 1, "queue_enable \(value)")
    findings.check("INIT-R-01", isDone.contains(.confirmed) && status & 4 == 0, "queue \(queue) enabled")
    findings.check("PCOM-R-04", queues[queue]?.isSuperset(of: 0...6) ?? false, "queue \(queue) enabled too early")
    enabled.insert(queue)
    isDone.insert(.setUp)
  }
}
