@testable import Virtio
import Wire

/// One register access of the driver.
struct Access: Hashable, CustomStringConvertible {
  enum Place: String { case space, bar1, bar4, mmio }

  var place: Place
  var offset: Int
  var byteCount: Int
  var isWrite: Bool
  var value: UInt32

  var description: String { "\(isWrite ? "write" : "read") \(place) \(hex(offset)) \(byteCount) \(hex(value))" }
}

/// Every register access of a driver, in order, with a say in what is read.
final class Trace {
  private(set) var accesses: [Access] = []
  /// Called before each access.
  var before: (Access) -> Void = { _ in }
  /// What a read returns instead of the device's answer.
  var forge: (Access) -> UInt32? = { _ in nil }

  func clear() { accesses = [] }

  fileprivate func note(_ access: Access) { accesses.append(access) }

  var writes: [Access] { accesses.filter(\.isWrite) }
  /// What was written to the status register.
  var statusWrites: [UInt8] { writes.filter(\.isStatus).map { UInt8(truncatingIfNeeded: $0.value) } }
}

extension Access {
  var isStatus: Bool {
    isRegister(\MMIORegisters.status) || isRegister(\CommonConfiguration.status)
  }
  /// A write to a queue's notification register.
  var isKick: Bool {
    isWrite
      && (isRegister(\MMIORegisters.queueNotify)
        || place == .bar4 && offset >= PCIFunction.notifyOffset)
  }
  /// An access to the device-specific configuration.
  var isConfiguration: Bool {
    place == .mmio && offset >= MMIORegisters.byteCount
      || place == .bar4 && (PCIFunction.deviceOffset..<PCIFunction.notifyOffset).contains(offset)
  }
  func isRegister<Value>(_ register: KeyPath<MMIORegisters, Field<Value>>) -> Bool {
    place == .mmio && offset == MMIORegisters()[keyPath: register].offset
  }
  func isRegister<Value>(_ register: KeyPath<CommonConfiguration, Field<Value>>) -> Bool {
    place == .bar4 && offset == CommonConfiguration()[keyPath: register].offset
  }
}

/// A window whose accesses are traced.
final class TracedWindow: RegisterWindow {
  private let place: Access.Place
  private let inner: any RegisterWindow
  private let trace: Trace

  init(_ place: Access.Place, _ inner: any RegisterWindow, _ trace: Trace) {
    self.place = place
    self.inner = inner
    self.trace = trace
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    var access = Access(place: place, offset: offset, byteCount: byteCount, isWrite: false, value: 0)
    trace.before(access)
    let value = inner.read(at: offset, byteCount: byteCount)
    access.value = trace.forge(access) ?? value
    trace.note(access)
    return access.value
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    let access = Access(place: place, offset: offset, byteCount: byteCount, isWrite: true, value: value)
    trace.before(access)
    inner.write(at: offset, byteCount: byteCount, value)
    trace.note(access)
  }
}

/// Counts interrupts.
final class InterruptLog: InterruptController {
  private(set) var isAsserted = false
  private(set) var lineCount = 0
  private(set) var messages: [UInt32] = []
  /// Called when the line is asserted.
  var onLine: () -> Void = {}

  func setLine(_ isAsserted: Bool) {
    let isNew = isAsserted && !self.isAsserted
    self.isAsserted = isAsserted
    guard isNew else { return }
    lineCount += 1
    onLine()
  }
  func message(address: UInt64, data: UInt32) { messages.append(data) }
  var count: Int { lineCount + messages.count }
}

/// What one side does to guest memory, in order, with a say before each access.
final class MemoryLog: MemoryObserver {
  private(set) var events: [MemoryEvent] = []
  /// Called with the number of the event, before a read and after a write.
  var onEvent: (Int, MemoryEvent) -> Void = { _, _ in }

  func observe(_ event: MemoryEvent) {
    events.append(event)
    onEvent(events.count - 1, event)
  }
  func clear() { events = [] }

  var writes: [Range<UInt64>] {
    events.compactMap { if case .write(let address, let count) = $0 { address..<address + UInt64(count) } else { nil } }
  }
  var reads: [Range<UInt64>] {
    events.compactMap { if case .read(let address, let count) = $0 { address..<address + UInt64(count) } else { nil } }
  }
}
