import Driver
import Testbench
import Testing
@testable import Virtio

/// A device that has other things to do, too.
@Suite struct PatienceTests {
  @Test func `what a device left in a queue is served while the kernel waits`() throws {
    let platform = try Platform()
    try platform.boot()
    let device = try #require(platform.devices.first)
    let queue = device.queues[1]
    let driver = Refill(platform.memory, availableIndex: queue.addresses.driver + 2, count: 3 * queue.size)
    device.memory.observer = driver
    print("DBG", device.ringFormat, queue.isLive, queue.size, device.isRunning, device.memory.isAllowed, device.queues.count)
    device.notify(1)
    #expect(device.hasWaitingQueues)
    platform.kernel.scheduler.run()
    #expect(!device.hasWaitingQueues)
    #expect(driver.count == 0)
  }
}

/// Another processor of the guest, which makes one more chain available whenever the device looks for one.
private final class Refill: MemoryObserver {
  private let memory: GuestMemory
  private let index: UInt64
  private(set) var count: Int

  init(_ memory: GuestMemory, availableIndex: UInt64, count: Int) {
    (self.memory, index, self.count) = (memory, availableIndex, count)
  }

  func observe(_ event: MemoryEvent) {
    guard case .read(let address, _) = event, address == index, count > 0 else { return }
    count -= 1
    try! memory.write(memory.read(UInt16.self, address: index) &+ 1, address: index)
  }
}
