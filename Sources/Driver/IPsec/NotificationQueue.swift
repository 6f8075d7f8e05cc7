import Virtio

/// The notification queue: buffers that wait for events, and are posted again.
final class NotificationQueue {
  private let queue: Virtqueue
  private unowned let owner: IPsecInstance
  private let memory: UInt64
  private let count: Int

  init(_ queue: Virtqueue, _ owner: IPsecInstance) throws(DriverError) {
    self.queue = queue
    self.owner = owner
    count = min(owner.parameters.notificationBuffers, queue.size)
    memory = try owner.kernel.dma.allocateCoherent(count * owner.format.notificationByteCount, for: owner.device)
    do throws(DriverError) {
      for index in 0..<count { try post(index) }
    } catch {
      release()
      throw error
    }
  }

  private func address(_ index: Int) -> UInt64 { memory + UInt64(index * owner.format.notificationByteCount) }

  private func post(_ index: Int) throws(DriverError) {
    let buffer = Buffer(address: address(index), byteCount: UInt32(owner.format.notificationByteCount))
    try queue.add(CollectionOfOne(buffer).span, readableCount: 0, token: UInt64(index))
  }

  func kick() { queue.kick() }

  /// Takes events, and posts their buffers again.
  func reap() {
    repeat {
      var isRefilled = false
      while let completion = queue.reap() {
        let index = Int(completion.token)
        let bytes = owner.kernel.load(address(index), byteCount: Int(completion.byteCount))
        if let notification = owner.format.notification(bytes) { owner.deliver(notification) }
        isRefilled = (try? post(index)) != nil || isRefilled
      }
      if isRefilled { queue.kick() }
    } while queue.enableInterrupts() && !queue.isBroken
  }

  func release() { owner.kernel.dma.freeCoherent(memory, of: owner.device) }
}
