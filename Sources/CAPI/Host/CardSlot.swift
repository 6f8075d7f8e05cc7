import Device
import Driver
import Testbench
import Virtio
import Wire

/// A slot of the PCI bus, for a card that is simulated.
final class CardSlot: Slot {
  let definition: Definition
  private let profile: AcceleratorProfile
  private let platform: Platform
  private let number: Int
  /// Queues that were notified of while the card was held.
  private var held: [(DeviceQueue, VirtioDevice)] = []

  init(_ number: Int, of platform: Platform, _ definition: Definition, _ profile: AcceleratorProfile) {
    (self.number, self.platform, self.definition, self.profile) = (number, platform, definition, profile)
  }

  private var accelerator: Accelerator? { platform.accelerator(in: number) }

  var isTaken: Bool { accelerator != nil }
  var isSettled: Bool { true }

  func plug() throws(DriverError) {
    try platform.insert(into: number, profile)
    platform.host?.rescan()
    platform.kernel.scheduler.run()
  }

  func unplug() {
    held = []
    platform.pull(from: number)
    platform.host?.removeAbsent()
    platform.kernel.scheduler.run()
  }

  /// Data queues are not served any more; the control queue is.
  func hold(_ isHeld: Bool) {
    guard let accelerator else { return }
    if isHeld {
      accelerator.onNotify = { [unowned self, unowned accelerator] queue, device in
        guard queue.index == 0 else { return held.append((queue, device)) }
        accelerator.serve(queue, of: device)
      }
    } else {
      accelerator.onNotify = nil
      let waiting = held
      held = []
      for (queue, device) in waiting { accelerator.serve(queue, of: device) }
    }
  }

  func needReset() {
    held = []
    platform.device(in: number)?.needReset()
    platform.kernel.scheduler.run()
  }
}
