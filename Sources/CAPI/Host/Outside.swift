import Driver
import Glibc

/// The time of this machine, and the devices that are in other processes.
final class Outside: World {
  private let slots: [ServedSlot]
  private var waited: [pollfd] = []

  init(_ slots: [ServedSlot]) { self.slots = slots }

  var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  func sleep(until time: UInt64) {
    waited.removeAll(keepingCapacity: true)
    for slot in slots {
      for number in slot.descriptors { waited.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0)) }
    }
    let now = now
    // Never shorter than asked for, which would be asked for again.
    let milliseconds = time > now ? Int32(clamping: (time - now + 999_999) / 1_000_000) : 0
    let count = nfds_t(waited.count)
    poll(&waited, count, milliseconds)
    for slot in slots { slot.takeEvents() }
  }
}
