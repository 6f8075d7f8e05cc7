import Clockwork

/// From the driver's ring to the parsed request.
extension Pipeline {
  // MARK: Ring

  mutating func askForNext(_ queue: Int, _ kernel: inout Kernel) {
    guard let (gap, request) = workload.next(on: queue) else { return }
    rings[queue].held = request
    kernel.schedule(Step.arrival.rawValue, UInt32(queue), at: kernel.now + gap)
  }

  /// The driver puts its request on the ring, or waits until there is a place.
  mutating func arrive(_ queue: Int, _ kernel: inout Kernel) {
    if rings[queue].isFull {
      rings[queue].isStopped = true
      return
    }
    guard let request = rings[queue].held else { return }
    rings[queue].held = nil
    let now = kernel.now
    let item = Item(request: request, serial: accepted, queue: UInt16(queue), arrived: now, entered: now)
    accepted += 1
    let index = store(item)
    rings[queue][rings[queue].added] = index
    rings[queue].added += 1
    rings[queue].occupancy.enter(at: now)
    record(.entered, .ring, index, &kernel)
    if !rings[queue].isPolled && !rings[queue].isRung {
      rings[queue].isRung = true
      rings[queue].doorbells += 1
      kernel.schedule(Step.doorbell.rawValue, UInt32(queue), at: now + profile.doorbellLatency * 1_000)
    } else if rings[queue].isPolled {
      runFetch(&kernel)
    }
    askForNext(queue, &kernel)
  }

  private mutating func store(_ item: Item) -> UInt32 {
    guard let free = freeItems.popLast() else {
      items.append(item)
      return UInt32(items.count - 1)
    }
    items[Int(free)] = item
    return free
  }

  mutating func ring(_ queue: Int, _ kernel: inout Kernel) {
    rings[queue].isRung = false
    rings[queue].isPolled = true
    mark(.ring, queue: queue, count: rings[queue].added, &kernel)
    runFetch(&kernel)
  }

  // MARK: Descriptor fetch

  /// Reads descriptors, a batch a queue in turn, while there are places for them and lanes to wait on.
  mutating func runFetch(_ kernel: inout Kernel) {
    while let queue = nextToFetch() {
      guard stages[Int(Unit.fetch.rawValue)].server.hasFreeLane else { return }
      let waiting = rings[queue].added - rings[queue].fetched
      let count = min(waiting, profile.fetchPrefetch, UInt64(stages[Int(Unit.header.rawValue)].queue.room))
      if count == 0 { return stages[Int(Unit.fetch.rawValue)].hold(.blocked, at: kernel.now) }
      fetch(count, from: queue, &kernel)
    }
    stages[Int(Unit.fetch.rawValue)].hold(.starved, at: kernel.now)
  }

  private mutating func nextToFetch() -> Int? {
    for _ in rings.indices {
      turn = turn + 1 >= rings.count ? 0 : turn + 1
      if rings[turn].isPolled && rings[turn].fetched < rings[turn].added { return turn }
      rings[turn].isPolled = false
    }
    return nil
  }

  private mutating func fetch(_ count: UInt64, from queue: Int, _ kernel: inout Kernel) {
    let lane = stages[Int(Unit.fetch.rawValue)].server.start(at: kernel.now)
    let first = rings[queue].fetched
    fetches[Int(lane)] = Batch(queue: queue, first: first, count: count)
    rings[queue].fetched += count
    // virtio 1.2, 2.7: an avail ring entry has 2 bytes, a descriptor 16.
    var bytes = count * 2
    for position in first..<first + count {
      bytes += UInt64(items[Int(rings[queue][position])].request.descriptors) * 16
      _ = stages[Int(Unit.header.rawValue)].queue.reserve()
    }
    read(bytes, for: .fetch, .fetched, UInt32(lane), &kernel)
  }

  mutating func finishFetch(_ lane: UInt16, _ kernel: inout Kernel) {
    endRead(&kernel)
    stages[Int(Unit.fetch.rawValue)].server.finish(lane: lane, at: kernel.now)
    let batch = fetches[Int(lane)]
    for position in batch.first..<batch.first + batch.count {
      let item = rings[batch.queue][position]
      record(.left, .ring, item, &kernel)
      enter(.header, item, &kernel)
    }
    runHeader(&kernel)
    runFetch(&kernel)
  }

  // MARK: Header read

  mutating func runHeader(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.header, at: kernel.now), reserve(.parse, for: .header, at: kernel.now) {
      hasStarted = true
      let item = start(.header, &kernel)
      read(UInt64(items[Int(item)].request.headerBytes), for: .header, .headerRead, item, &kernel)
    }
    if hasStarted { runFetch(&kernel) }
  }

  mutating func finishHeader(_ item: UInt32, _ kernel: inout Kernel) {
    endRead(&kernel)
    finish(.header, item, &kernel)
    enter(.parse, item, &kernel)
    runParse(&kernel)
    runHeader(&kernel)
  }

  // MARK: Parse

  mutating func runParse(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.parse, at: kernel.now), reserve(nextAfterParse(), for: .parse, at: kernel.now) {
      hasStarted = true
      schedule(.parsed, start(.parse, &kernel), after: profile.parseCycles, &kernel)
    }
    if hasStarted { runHeader(&kernel) }
  }

  mutating func finishParse(_ item: UInt32, _ kernel: inout Kernel) {
    finish(.parse, item, &kernel)
    let next = afterParse(item)
    enter(next, item, &kernel)
    if next == .cache { runLookUp(&kernel) } else { runControl(&kernel) }
    runParse(&kernel)
  }

  private mutating func nextAfterParse() -> Unit {
    let item = first(.parse)
    return afterParse(item)
  }

  private mutating func afterParse(_ item: UInt32) -> Unit { items[Int(item)].request.kind == .data ? .cache : .control }
}
