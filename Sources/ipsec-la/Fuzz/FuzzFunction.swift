#if !LIBFUZZER
  import Virtio
#endif

/// What the device of `TransportFuzzer` does: it answers chains at once, or keeps them, over resets and all.
final class FuzzFunction: DeviceFunction {
  private var input: FuzzInput
  private var kept: [KeptChain] = []
  /// Chains that were taken.
  private(set) var chains = 0

  init(_ seed: UInt64) { input = FuzzInput(seed: seed) }

  func notified(_ queue: DeviceQueue, of device: VirtioDevice) {
    repeat {
      while let taken = take(from: queue, of: device) {
        chains += 1
        if input.oneIn(4) { kept.append(taken) } else { taken.finish() }
      }
      queue.publish()
    } while queue.enableNotifications()
    if input.oneIn(4) { queue.disableNotifications() }
  }

  /// The next chain that is well formed; the others are given back, or end the device's life.
  private func take(from queue: DeviceQueue, of device: VirtioDevice) -> KeptChain? {
    let taken = KeptChain(queue, device)
    while true {
      do throws(ChainError) { return try queue.pop(into: &taken.chain) ? taken : nil } catch {
        if input.oneIn(16) { device.needReset() } else { queue.giveBack(error) }
      }
    }
  }

  /// Finishes up to so many of the chains that were kept.
  func finish(_ count: Int) {
    for taken in kept.prefix(count) {
      taken.finish()
      taken.queue.publish()
    }
    kept.removeFirst(min(count, kept.count))
  }

  func suspend(_ device: VirtioDevice) -> Bool {
    finish(.max)
    return !input.oneIn(8)
  }

  func resume(_ device: VirtioDevice) -> Bool { !input.oneIn(8) }
}

/// A chain that was taken, with the queue that it goes back to.
private final class KeptChain {
  let queue: DeviceQueue
  var chain: Chain

  init(_ queue: DeviceQueue, _ device: VirtioDevice) {
    self.queue = queue
    chain = Chain(in: device.memory)
  }

  func finish() {
    chain.write(chain.read(UInt16.self, at: 0) ?? 0, at: 0)
    queue.complete(chain)
  }
}
