import Clockwork
import Spec

/// From the looked-up request to the written packet, and the control and notification units beside it.
extension Pipeline {
  // MARK: Input DMA

  mutating func runInput(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.input, at: kernel.now), reserve(.lanes, for: .input, at: kernel.now) {
      hasStarted = true
      let item = start(.input, &kernel)
      read(UInt64(items[Int(item)].request.bytesIn), for: .input, .inputRead, item, &kernel)
    }
    if hasStarted { runLookUp(&kernel) }
  }

  mutating func finishInput(_ item: UInt32, _ kernel: inout Kernel) {
    endRead(&kernel)
    finish(.input, item, &kernel)
    enter(.lanes, item, &kernel)
    runLanes(&kernel)
    runInput(&kernel)
  }

  // MARK: Lanes

  /// A lane's two engines work side by side: it is occupied by the slower, and the packet is out after both.
  mutating func runLanes(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.lanes, at: kernel.now), reserve(.output, for: .lanes, at: kernel.now) {
      hasStarted = true
      let item = start(.lanes, &kernel)
      process(item)
      let request = items[Int(item)].request
      let cipher = profile.ciphers[Int(request.cipher.rawValue)]
      let integrity = profile.authenticators[Int(request.integrity.rawValue)]
      let cycles = max(cipher.occupancy(of: request.bytesIn), integrity.occupancy(of: request.bytesIn))
      schedule(.laneFree, UInt32(items[Int(item)].lane), after: cycles, &kernel)
      schedule(.processed, item, after: cycles + cipher.latency + integrity.latency, &kernel)
    }
    if hasStarted { runInput(&kernel) }
  }

  private mutating func process(_ item: UInt32) {
    let (serial, queue) = (items[Int(item)].serial, Int(items[Int(item)].queue))
    workload.process(&items[Int(item)].request, serial: serial, on: queue)
  }

  mutating func freeLane(_ lane: UInt16, _ kernel: inout Kernel) {
    stages[Int(Unit.lanes.rawValue)].server.finish(lane: lane, at: kernel.now)
    let instant = kernel.now
    kernel.trace.record(TraceRecord(.freed, unit: Unit.lanes.rawValue, lane: lane, serial: TraceRecord.noSerial, at: instant))
    runLanes(&kernel)
  }

  mutating func finishProcessing(_ item: UInt32, _ kernel: inout Kernel) {
    leave(.lanes, item, &kernel)
    enter(.output, item, &kernel)
    if items[Int(item)].request.notifies { notify(&kernel) }
    runOutput(&kernel)
  }

  // MARK: Control unit

  mutating func runControl(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.control, at: kernel.now), reserve(.output, for: .control, at: kernel.now) {
      hasStarted = true
      let item = start(.control, &kernel)
      process(item)
      schedule(.controlled, item, after: profile.controlCycles, &kernel)
    }
    if hasStarted { runParse(&kernel) }
  }

  mutating func finishControl(_ item: UInt32, _ kernel: inout Kernel) {
    finish(.control, item, &kernel)
    enter(.output, item, &kernel)
    runOutput(&kernel)
    runControl(&kernel)
  }

  // MARK: Output DMA

  mutating func runOutput(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.output, at: kernel.now) {
      hasStarted = true
      let item = start(.output, &kernel)
      write(UInt64(items[Int(item)].request.bytesOut), for: .output, .outputWritten, item, &kernel)
    }
    if !hasStarted { return }
    runLanes(&kernel)
    runControl(&kernel)
  }

  mutating func finishOutput(_ item: UInt32, _ kernel: inout Kernel) {
    endWrite(&kernel)
    finish(.output, item, &kernel)
    items[Int(item)].isDone = true
    items[Int(item)].entered = kernel.now
    retire(Int(items[Int(item)].queue), &kernel)
    runOutput(&kernel)
  }

  // MARK: Notification unit

  /// An event that finds no place is dropped and counted.
  mutating func notify(_ kernel: inout Kernel) {
    let unit = Int(Unit.notification.rawValue)
    guard stages[unit].queue.reserve() else {
      notificationsDropped += 1
      return
    }
    stages[unit].queue.push(0, at: kernel.now)
    runNotification(&kernel)
  }

  private mutating func runNotification(_ kernel: inout Kernel) {
    while isReady(.notification, at: kernel.now) {
      let lane = stages[Int(Unit.notification.rawValue)].start(at: kernel.now).lane
      write(profile.notificationBytes, for: .notification, .notified, UInt32(lane), &kernel)
    }
  }

  mutating func finishNotification(_ lane: UInt16, _ kernel: inout Kernel) {
    endWrite(&kernel)
    stages[Int(Unit.notification.rawValue)].server.finish(lane: lane, at: kernel.now)
    runNotification(&kernel)
  }
}
