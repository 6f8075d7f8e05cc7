import Device
public import Virtio

extension Testbench {
  private var notificationQueue: DriverQueue? { machine.queues.count > 1 + 2 * pairs ? machine.queues.last : nil }

  /// Posts buffers for events.
  public func postNotificationBuffers(_ count: Int) throws(VirtioError) {
    guard let queue = notificationQueue, count > 0 else { return }
    for _ in 0..<min(count, queue.freeCount) {
      try post(machine.heap.allocate(driver.notificationByteCount), on: queue)
    }
    queue.kick()
  }

  private func post(_ address: UInt64, on queue: DriverQueue) throws(VirtioError) {
    let buffers = [Buffer(address: address, byteCount: UInt32(driver.notificationByteCount))]
    try queue.add(buffers.span, readableCount: 0, token: address)
  }

  /// Takes what came in, and posts the buffers again.
  public func reapNotifications() throws(TestbenchError) {
    guard let queue = notificationQueue else { return }
    do throws(VirtioError) {
      while let completion = try queue.reap() {
        let bytes = try machine.heap.memory.bytes(address: completion.token, byteCount: Int(completion.byteCount))
        if let notification = driver.notification(bytes) { notifications.append(notification) }
        try post(completion.token, on: queue)
        queue.kick()
      }
    } catch { throw .virtio(error) }
  }
}

extension Testbench {
  /// Forgets what came in so far.
  public func forgetNotifications() { notifications = [] }
}
