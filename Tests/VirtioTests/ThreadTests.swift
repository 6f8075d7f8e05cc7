import Foundation
import Synchronization
import Testing

@testable import Virtio

/// Driver and device in two threads: what they share is guest memory and their notifications, and nothing else.
///
/// Meant for ThreadSanitizer, which sees inlined accesses only: swift test -c release -Xswiftc -enable-testing
/// --sanitize=thread --scratch-path .build-thread --filter VirtioTests
@Suite struct ThreadTests {
  private static let requests: UInt64 = 2000
  private static let size = 8
  /// Requests that are out at a time.
  private static let depth: UInt64 = 4
  private static let features: [FeatureSet] = [
    [], .eventIndex, .indirectDescriptors, .inOrder, [.eventIndex, .indirectDescriptors, .inOrder],
  ]

  /// Each side sleeps until the other notifies it, so that a notification which is lost is noticed.
  @Test(.timeLimit(.minutes(30)), arguments: RingFormat.allCases, features)
  func `a driver and a device in two threads agree on every byte`(format: RingFormat, features: FeatureSet) throws {
    let region = try MemoryRegion(at: 0, byteCount: RingBench.byteCount)
    let memory = try GuestMemory(regions: [region])
    let options = RingOptions(features)
    var driver = try AnyDriverRing(format, in: memory, size: Self.size, at: RingBench.addresses, options: options)
    let device = DeviceThread(GuestMemory(sharing: memory), format, size: Self.size, options)
    device.start()
    defer { device.cancel() }
    var (sent, done, isPatient): (UInt64, UInt64, Bool) = (0, 0, true)
    while done < Self.requests && isPatient {
      while sent < Self.requests, sent - done < Self.depth {
        let address = RingBench.buffers + sent % Self.depth * 16
        region.base.storeBytes(of: sent, toByteOffset: Int(address), as: UInt64.self)
        let buffers = [Buffer(address: address, byteCount: 8), Buffer(address: address + 8, byteCount: 8)]
        let table: UInt64? = features.contains(.indirectDescriptors) ? 0x7_0000 + sent % Self.depth * 32 : nil
        try driver.add(buffers.span, readableCount: 1, token: sent, table: table)
        if driver.publish() { device.kicks.ring() }
        sent += 1
      }
      let seen = device.interrupts.count
      if !driver.enableInterrupts() { isPatient = device.interrupts.wait(after: seen) }
      driver.disableInterrupts()
      while let completion = try driver.reap() {
        #expect(completion == Completion(token: done, byteCount: 8))
        let place = Int(RingBench.buffers + done % Self.depth * 16 + 8)
        #expect(region.base.load(fromByteOffset: place, as: UInt64.self) == ~done)
        done += 1
      }
    }
    #expect(isPatient, "no interrupt after \(done) of \(sent) requests")
    #expect(device.kicks.count > 0 && device.interrupts.count > 0)
  }
}

/// Notifications from one thread to another.
private final class Doorbell: Sendable {
  /// How long to wait before a notification counts as lost, in seconds: whoever rings may be kept from running by
  /// everything else that the machine does.
  private static let patience = 600.0
  private let rings = Atomic(0)

  var count: Int { rings.load(ordering: .acquiring) }
  func ring() { rings.add(1, ordering: .releasing) }

  /// Waits until the bell has rung more than `seen` times; false when it never does.
  func wait(after seen: Int, unless isOver: () -> Bool = { false }) -> Bool {
    let limit = Date(timeIntervalSinceNow: Self.patience)
    while count == seen && !isOver() {
      if Date() > limit { return false }
      sched_yield()
    }
    return true
  }
}

/// A device that answers each number with its complement, until it is cancelled.
///
/// Sendable, because what is not atomic is touched by its own thread alone once that runs.
private final class DeviceThread: @unchecked Sendable {
  let kicks = Doorbell()
  let interrupts = Doorbell()
  private let isCancelled = Atomic(false)
  private let memory: GuestMemory
  private let format: RingFormat
  private let size: Int
  private let options: RingOptions

  init(_ memory: GuestMemory, _ format: RingFormat, size: Int, _ options: RingOptions) {
    (self.memory, self.format, self.size, self.options) = (memory, format, size, options)
  }

  func start() { Thread.detachNewThread { [self] in run() } }
  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  private func run() {
    do {
      var ring = try AnyDeviceRing(format, in: memory, size: size, at: RingBench.addresses, options: options)
      var chain = Chain(in: memory)
      while !isCancelled.load(ordering: .relaxed) {
        ring.disableNotifications()
        while try ring.pop(into: &chain) {
          chain.write(~(chain.read(UInt64.self, at: 0) ?? 0), at: 0)
          ring.complete(chain)
          if ring.publish() { interrupts.ring() }
        }
        let seen = kicks.count
        if !ring.enableNotifications() {
          _ = kicks.wait(after: seen) { isCancelled.load(ordering: .relaxed) }
        }
      }
    } catch {
      Issue.record(error)
    }
  }
}
