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
    if hasStarted && isBlocked(Unit.cache.index) { runLookUp(&kernel) }
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

  /// The packets of a chain go to the lanes one by one, and meet again before the output. A lane's two engines work
  /// side by side: it is occupied by the slower, and the packet is out after both.
  mutating func runLanes(_ stage: Int, core: Int, _ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(stage, at: kernel.now) {
      if backendLoss.isOn { return stages[stage].hold(.held, at: kernel.now) }
      let item = first(stage)
      if !items[item].isOnLane {
        if !reserve(Unit.output.index, for: stage, at: kernel.now) { break }
        items[item].isOnLane = true
        workload.start(item, on: Int(items[item].queue))
      }
      hasStarted = true
      let bytes = startPacket(of: item, stage: stage, &kernel)
      let (cycles, latency) = time(items[item].request.algorithms, of: bytes)
      schedule(.laneFree, UInt32(core) << 8 | UInt32(items[item].lane), after: cycles, &kernel)
      schedule(.processed, item, after: cycles + latency, &kernel)
    }
    if hasStarted && isBlocked(Unit.input.index) { runInput(&kernel) }
  }

  /// Cycles that a packet occupies a lane, and cycles after that until it is out. Of a bundle, the packet passes the
  /// engines once for each SA, which begins when the one before it has all of its result; neither is counted what SAs
  /// add to the packet on the way, nor that a packet goes no further than to the SA that refuses it.
  @inline(__always)
  private func time(_ algorithms: AlgorithmSequence, of bytes: UInt32) -> (occupied: UInt64, latency: UInt64) {
    var (occupied, latency): (UInt64, UInt64) = (0, 0)
    for index in 0..<algorithms.count {
      let pair = algorithms[index]
      let (cipher, integrity) = (profile.ciphers[pair.cipher], profile.authenticators[pair.integrity])
      occupied += latency + max(cipher.occupancy(of: bytes, packets: 1), integrity.occupancy(of: bytes, packets: 1))
      latency = cipher.latency + integrity.latency
    }
    return (occupied, latency)
  }

  /// Puts the chain's next packet onto a lane, the last of them out of the queue; its bytes. The pipeline knows the
  /// bytes of the whole chain, of which each packet has the same share.
  private mutating func startPacket(of item: UInt32, stage: Int, _ kernel: inout Kernel) -> UInt32 {
    let (packets, begun) = (UInt64(max(1, items[item].request.packets)), UInt64(items[item].begun))
    let bytes = UInt64(items[item].request.bytesIn)
    items[item].begun += 1
    if begun + 1 == packets {
      _ = start(.lanes, stage: stage, &kernel)
    } else {
      items[item].lane = stages[stage].server.start(at: kernel.now)
      record(.started, .lanes, item, &kernel)
    }
    return UInt32(bytes * (begun + 1) / packets - bytes * begun / packets)
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
    items[item].ended += 1
    if items[item].ended < items[item].request.packets { return }
    workload.finish(item, &items[item].request, on: Int(items[item].queue))
    leave(.lanes, item, stage: lanes(of: item), &kernel)
    items[item].isOnLane = false
    for _ in 0..<items[item].request.events { notify(&kernel) }
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
    for core in 0..<Int(profile.scaling) where isBlocked(lanes(ofCore: core)) {
      runLanes(lanes(ofCore: core), core: core, &kernel)
    }
    if isBlocked(Unit.control.index) { runControl(&kernel) }
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
