public import Clockwork

/// From the driver's ring to the parsed request.
extension Pipeline {
  // MARK: Ring

  mutating func askForNext(_ queue: Int, _ kernel: inout Kernel) {
    guard let gap = next(on: queue) else { return }
    kernel.schedule(Step.arrival.rawValue, UInt32(queue), at: kernel.now + gap)
  }

  /// The driver puts its next request on the ring, and those that follow at once; when there is no place, it waits.
  public mutating func arrive(_ queue: Int, _ kernel: inout Kernel) {
    while submit(queue, &kernel) {
      guard let gap = next(on: queue) else { return }
      if gap > 0 { return kernel.schedule(Step.arrival.rawValue, UInt32(queue), at: kernel.now + gap) }
    }
  }

  /// How long after the one before it the driver's next request comes.
  private mutating func next(on queue: Int) -> Picoseconds? {
    let gap = workload.next(on: queue)
    if gap == nil { rings[queue].isAtEnd = true }
    return gap
  }

  private mutating func submit(_ queue: Int, _ kernel: inout Kernel) -> Bool {
    let now = kernel.now
    guard !isDown, items.hasRoom else {
      rings[queue].isStopped = true
      return false
    }
    let isCorrupted = faults.isDue(.corruptedDescriptor)
    let submission = workload.submit(items.nextFree, on: queue, isCorrupted: isCorrupted, at: now)
    if case .full = submission {
      rings[queue].isStopped = true
      return false
    }
    if isCorrupted { _ = faults.strike(.corruptedDescriptor) }
    var item = Item.none
    (item.serial, item.queue, item.arrived, item.entered) = (totals.accepted, UInt16(queue), now, now)
    totals.accepted += 1
    let number = items.insert(item)
    rings[queue][rings[queue].added] = number
    rings[queue].added += 1
    if isObserved { rings[queue].occupancy.enter(at: now) }
    record(.entered, .ring, number, &kernel)
    count(.onRings, UInt64(items.count), &kernel)
    if case .rung = submission {
      rings[queue].doorbells += 1
      kernel.schedule(Step.doorbell.rawValue, UInt32(queue), at: now + profile.doorbellLatency * 1_000)
    } else if rings[queue].isPolled {
      runFetch(&kernel)
    }
    strikeByChance(&kernel)
    return true
  }

  mutating func ring(_ queue: Int, _ kernel: inout Kernel) {
    rings[queue].isPolled = true
    workload.wake(queue)
    mark(.ring, queue: queue, count: rings[queue].added - rings[queue].fetched, &kernel)
    runFetch(&kernel)
  }

  // MARK: Descriptor fetch

  /// Reads descriptors, a batch a queue in turn, while there are places for them and lanes to wait on.
  mutating func runFetch(_ kernel: inout Kernel) {
    let (fetch, header) = (Unit.fetch.index, Unit.header.index)
    while stages[fetch].server.hasFreeLane {
      guard let queue = nextToFetch() else { return stages[fetch].hold(.starved, at: kernel.now) }
      let waiting = rings[queue].added - rings[queue].fetched
      let count = min(waiting, profile.fetchPrefetch, UInt64(stages[header].queue.room))
      if count == 0 { return stages[fetch].hold(.blocked, at: kernel.now) }
      self.fetch(count, from: queue, &kernel)
    }
  }

  /// The queue whose turn it is; it remains so until something is fetched from it.
  private mutating func nextToFetch() -> Int? {
    var queue = turn
    for _ in 0..<rings.count {
      queue = queue + 1 >= rings.count ? 0 : queue + 1
      if !rings[queue].isPolled { continue }
      if rings[queue].fetched < rings[queue].added { return queue }
      rings[queue].isPolled = false
      _ = workload.sleep(queue)
    }
    return nil
  }

  private mutating func fetch(_ count: UInt64, from queue: Int, _ kernel: inout Kernel) {
    let lane = stages[Unit.fetch.index].server.start(at: kernel.now)
    record(.began, .fetch, lane: lane, count: count, &kernel)
    turn = queue
    let first = rings[queue].fetched
    fetches[Int(lane)] = Batch(queue: queue, first: first, count: count)
    rings[queue].fetched += count
    // VIRTIO 1.4, The Virtqueue Descriptor Table: a descriptor has 16 bytes, in a packed ring as well.
    var bytes = count * ringKind.availableBytes
    for position in first..<first + count {
      let item = rings[queue][position]
      if let request = workload.take(item, from: queue) {
        items[item].request = request
        bytes += UInt64(request.descriptors) * 16
      } else {
        items[item].fault = .corruptedDescriptor
        bytes += 16
      }
      _ = stages[Unit.header.index].queue.reserve()
    }
    read(bytes, for: .fetch, .fetched, UInt32(lane), &kernel)
  }

  mutating func finishFetch(_ lane: UInt16, _ kernel: inout Kernel) {
    endRead(&kernel)
    stages[Unit.fetch.index].server.finish(lane: lane, at: kernel.now)
    record(.ended, .fetch, lane: lane, &kernel)
    let batch = fetches[Int(lane)]
    for position in batch.first..<batch.first + batch.count {
      let item = rings[batch.queue][position]
      leave(.ring, item, &kernel)
      if isSound(item, reserved: Unit.header.index, &kernel) { enter(.header, item, &kernel) }
    }
    runHeader(&kernel)
    runFetch(&kernel)
  }

  // MARK: Header read

  mutating func runHeader(_ kernel: inout Kernel) {
    let (header, parse) = (Unit.header.index, Unit.parse.index)
    var hasStarted = false
    while isReady(header, at: kernel.now), reserve(parse, for: header, at: kernel.now) {
      hasStarted = true
      let item = start(.header, &kernel)
      read(UInt64(items[item].request.headerBytes), for: .header, .headerRead, item, &kernel)
    }
    if hasStarted && isBlocked(Unit.fetch.index) { runFetch(&kernel) }
  }

  mutating func finishHeader(_ item: UInt32, _ kernel: inout Kernel) {
    endRead(&kernel)
    finish(.header, item, &kernel)
    if isSound(item, reserved: Unit.parse.index, &kernel) { enter(.parse, item, &kernel) }
    runParse(&kernel)
    runHeader(&kernel)
  }

  // MARK: Parse

  mutating func runParse(_ kernel: inout Kernel) {
    let (header, parse) = (Unit.header.index, Unit.parse.index)
    var hasStarted = false
    while isReady(parse, at: kernel.now),
      reserve(unitAfterParse(first(parse)).index, for: parse, at: kernel.now)
    {
      hasStarted = true
      schedule(.parsed, start(.parse, &kernel), after: profile.parseCycles, &kernel)
    }
    if hasStarted && isBlocked(header) { runHeader(&kernel) }
  }

  mutating func finishParse(_ item: UInt32, _ kernel: inout Kernel) {
    finish(.parse, item, &kernel)
    let next = unitAfterParse(item)
    enter(next, item, &kernel)
    if next == .cache { runLookUp(&kernel) } else { runControl(&kernel) }
    runParse(&kernel)
  }

  private mutating func unitAfterParse(_ item: UInt32) -> Unit { items[item].request.kind == .data ? .cache : .control }
}
