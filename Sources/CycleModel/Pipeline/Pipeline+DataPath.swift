import Clockwork
import Spec

/// From the looked-up request to the written packet.
extension Pipeline {
  // MARK: Input DMA

  mutating func runInput(_ kernel: inout Kernel) {
    let input = Unit.input.index
    var hasStarted = false
    while isReady(input, at: kernel.now), reserve(lanes(of: first(input)), for: input, at: kernel.now) {
      hasStarted = true
      let item = start(.input, &kernel)
      read(UInt64(items[item].request.bytesIn), for: .input, .inputRead, item, &kernel)
    }
    if hasStarted { runLookUp(&kernel) }
  }

  mutating func finishInput(_ item: UInt32, _ kernel: inout Kernel) {
    endRead(&kernel)
    finish(.input, item, &kernel)
    let stage = lanes(of: item)
    if isSound(item, reserved: stage, &kernel) {
      enter(.lanes, item, stage: stage, &kernel)
      runLanes(stage, core: rings[Int(items[item].queue)].core, &kernel)
    }
    runInput(&kernel)
  }

  // MARK: Lanes

  /// A lane's two engines work side by side: it is occupied by the slower, and the packet is out after both.
  mutating func runLanes(_ stage: Int, core: Int, _ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(stage, at: kernel.now) {
      if isBackendLost { return stages[stage].hold(.held, at: kernel.now) }
      if !reserve(Unit.output.index, for: stage, at: kernel.now) { break }
      hasStarted = true
      let item = start(.lanes, stage: stage, &kernel)
      items[item].isOnLane = true
      process(item)
      let request = items[item].request
      let cipher = profile.ciphers[Int(request.cipher.rawValue)]
      let integrity = profile.authenticators[Int(request.integrity.rawValue)]
      let cycles = max(
        cipher.occupancy(of: request.bytesIn, packets: request.packets),
        integrity.occupancy(of: request.bytesIn, packets: request.packets))
      schedule(.laneFree, UInt32(core) << 8 | UInt32(items[item].lane), after: cycles, &kernel)
      schedule(.processed, item, after: cycles + cipher.latency + integrity.latency, &kernel)
    }
    if hasStarted { runInput(&kernel) }
  }

  mutating func process(_ item: UInt32) {
    let queue = Int(items[item].queue)
    workload.process(item, &items[item].request, on: queue)
  }

  mutating func freeLane(_ lane: UInt16, core: Int, _ kernel: inout Kernel) {
    let stage = lanes(ofCore: core)
    stages[stage].server.finish(lane: lane, at: kernel.now)
    if kernel.trace.isOn {
      let (number, instant) = (firstLane(ofCore: core) + lane, kernel.now)
      kernel.trace.record(
        TraceRecord(.freed, unit: Unit.lanes.rawValue, lane: number, serial: TraceRecord.noSerial, at: instant))
    }
    runLanes(stage, core: core, &kernel)
  }

  mutating func finishProcessing(_ item: UInt32, _ kernel: inout Kernel) {
    leave(.lanes, item, stage: lanes(of: item), &kernel)
    items[item].isOnLane = false
    if items[item].request.notifies { notify(&kernel) }
    guard isSound(item, reserved: Unit.output.index, &kernel) else { return runAllLanes(&kernel) }
    enter(.output, item, &kernel)
    runOutput(&kernel)
  }

  mutating func runAllLanes(_ kernel: inout Kernel) {
    for core in 0..<Int(profile.scaling) { runLanes(lanes(ofCore: core), core: core, &kernel) }
  }

  // MARK: Output DMA

  mutating func runOutput(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(Unit.output.index, at: kernel.now) {
      hasStarted = true
      let item = start(.output, &kernel)
      write(UInt64(items[item].request.bytesOut), for: .output, .outputWritten, item, &kernel)
    }
    if !hasStarted { return }
    runAllLanes(&kernel)
    runControl(&kernel)
  }

  mutating func finishOutput(_ item: UInt32, _ kernel: inout Kernel) {
    endWrite(&kernel)
    finish(.output, item, &kernel)
    if items[item].fault == nil { items[item].entered = kernel.now } else { reportFault(of: item, .output, &kernel) }
    items[item].isDone = true
    retire(Int(items[item].queue), &kernel)
    runOutput(&kernel)
  }
}
