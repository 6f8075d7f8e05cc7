import Clockwork

/// The control unit and the notification unit, beside the data path.
extension Pipeline {
  // MARK: Control unit

  mutating func runControl(_ kernel: inout Kernel) {
    let control = Unit.control.index
    var hasStarted = false
    while isReady(control, at: kernel.now), reserve(Unit.output.index, for: control, at: kernel.now) {
      hasStarted = true
      let item = start(.control, &kernel)
      let queue = Int(items[item].queue)
      workload.start(item, on: queue)
      workload.finish(item, &items[item].request, on: queue)
      schedule(.controlled, item, after: profile.controlCycles, &kernel)
    }
    if hasStarted && isBlocked(Unit.parse.index) { runParse(&kernel) }
  }

  mutating func finishControl(_ item: UInt32, _ kernel: inout Kernel) {
    finish(.control, item, &kernel)
    enter(.output, item, &kernel)
    runOutput(&kernel)
    runControl(&kernel)
  }

  // MARK: Notification unit

  /// An event that finds no place is dropped and counted.
  mutating func notify(_ kernel: inout Kernel) {
    let unit = Unit.notification.index
    guard stages[unit].queue.reserve() else {
      totals.notificationsDropped += 1
      workload.dropEvent()
      return count(.notificationsDropped, totals.notificationsDropped, &kernel)
    }
    stages[unit].queue.push(0, at: kernel.now)
    runNotification(&kernel)
  }

  private mutating func runNotification(_ kernel: inout Kernel) {
    while isReady(Unit.notification.index, at: kernel.now) {
      let lane = stages[Unit.notification.index].start(at: kernel.now).lane
      record(.began, .notification, lane: lane, &kernel)
      write(profile.notificationBytes, for: .notification, .notified, UInt32(lane), &kernel)
    }
  }

  mutating func finishNotification(_ lane: UInt16, _ kernel: inout Kernel) {
    endWrite(&kernel)
    stages[Unit.notification.index].server.finish(lane: lane, at: kernel.now)
    record(.ended, .notification, lane: lane, &kernel)
    totals.notificationsSent += 1
    if let queue = workload.notify() { interrupt(queue, &kernel) }
    runNotification(&kernel)
  }
}
