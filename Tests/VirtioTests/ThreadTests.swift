import Foundation
import Synchronization
import Testing

@testable import Virtio

/// Driver and device in two threads: what they share is guest memory, and nothing else.
///
/// Meant for ThreadSanitizer, which sees inlined accesses only: swift test -c release -Xswiftc -enable-testing
/// --sanitize=thread --scratch-path .build-thread --filter VirtioTests
@Suite struct ThreadTests {
  private static let requests: UInt64 = 2000
  private static let size = 8

  @Test(.timeLimit(.minutes(5)), arguments: RingFormat.allCases, [FeatureSet([]), .eventIndex])
  func `a driver and a device in two threads agree on every byte`(format: RingFormat, features: FeatureSet) throws {
    let region = try MemoryRegion(at: 0, byteCount: RingBench.byteCount)
    let memory = try GuestMemory(regions: [region])
    let options = RingOptions(features)
    var driver = try AnyDriverRing(format, in: memory, size: Self.size, at: RingBench.addresses, options: options)
    let device = DeviceThread(GuestMemory(sharing: memory), format, size: Self.size, options)
    device.start()
    defer { device.cancel() }
    var (sent, done): (UInt64, UInt64) = (0, 0)
    while done < Self.requests {
      if sent < Self.requests, sent - done < 4 {
        let address = RingBench.buffers + sent % 4 * 16
        region.base.storeBytes(of: sent, toByteOffset: Int(address), as: UInt64.self)
        let buffers = [Buffer(address: address, byteCount: 8), Buffer(address: address + 8, byteCount: 8)]
        try driver.add(buffers.span, readableCount: 1, token: sent)
        if driver.publish() { device.kicks.add(1, ordering: .relaxed) }
        sent += 1
      } else {
        sched_yield()
      }
      while let completion = try driver.reap() {
        #expect(completion == Completion(token: done, byteCount: 8))
        let answer = region.base.load(fromByteOffset: Int(RingBench.buffers + done % 4 * 16 + 8), as: UInt64.self)
        #expect(answer == ~done)
        done += 1
      }
    }
    #expect(device.kicks.load(ordering: .relaxed) > 0)
  }
}

/// A device that answers each number with its complement, until it is cancelled.
///
/// Sendable, because what is not atomic is touched by its own thread alone once that runs.
private final class DeviceThread: @unchecked Sendable {
  /// How many notifications the driver sent.
  let kicks = Atomic(0)
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
        if try ring.pop(into: &chain) {
          chain.write(~(chain.read(UInt64.self, at: 0) ?? 0), at: 0)
          ring.complete(chain)
          _ = ring.publish()
        } else {
          _ = ring.enableNotifications()
          sched_yield()
        }
      }
    } catch {
      Issue.record(error)
    }
  }
}
