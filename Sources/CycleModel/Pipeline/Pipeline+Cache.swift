import Clockwork

/// The SA cache: hits go on, misses wait for their line while others go on.
extension Pipeline {
  mutating func runLookUp(_ kernel: inout Kernel) {
    var hasStarted = false
    while isReady(.cache, at: kernel.now), reserve(.input, for: .cache, at: kernel.now) {
      guard let outcome = lookUpFirst() else {
        stages[Int(Unit.input.rawValue)].queue.cancel()
        stages[Int(Unit.cache.rawValue)].hold(.held, at: kernel.now)
        break
      }
      hasStarted = true
      let item = start(.cache, &kernel)
      switch outcome {
      case .miss(let line):
        cache.lines[Int(line)].lane = stages[Int(Unit.fill.rawValue)].server.start(at: kernel.now)
        items[Int(item)].line = line
      case .pending(let line): items[Int(item)].line = line
      case .hit, .full: break
      }
      schedule(.lookedUp, item, after: profile.cacheHitCycles, &kernel)
    }
    if hasStarted { runParse(&kernel) }
  }

  /// Nil if the request cannot be looked up now: a miss, and no further line can be read.
  private mutating func lookUpFirst() -> SACache.Outcome? {
    let item = first(.cache)
    let mayMiss = stages[Int(Unit.fill.rawValue)].server.hasFreeLane
    let outcome = cache.look(up: items[Int(item)].request.association, mayMiss: mayMiss)
    if case .full = outcome { return nil }
    return outcome
  }

  /// Joins those that wait for the line; the first of them reads it.
  private mutating func wait(_ item: UInt32, on line: UInt32, _ kernel: inout Kernel) {
    let last = cache.lines[Int(line)].lastWaiter
    cache.lines[Int(line)].lastWaiter = item
    if last != .max { return items[Int(last)].next = item }
    cache.lines[Int(line)].firstWaiter = item
    read(profile.associationBytes, for: .fill, .associationRead, line, &kernel)
  }

  mutating func finishLookUp(_ item: UInt32, _ kernel: inout Kernel) {
    stages[Int(Unit.cache.rawValue)].server.finish(lane: items[Int(item)].lane, at: kernel.now)
    record(.freed, .cache, item, &kernel)
    let line = items[Int(item)].line
    items[Int(item)].line = .max
    // The line may have come while the look-up went on.
    if line != .max && cache.lines[Int(line)].isPending {
      wait(item, on: line, &kernel)
    } else {
      passToInput(item, &kernel)
      runInput(&kernel)
    }
    runLookUp(&kernel)
  }

  mutating func unpackAssociation(line: UInt32, _ kernel: inout Kernel) {
    endRead(&kernel)
    schedule(.filled, line, after: profile.cacheMissCycles, &kernel)
  }

  mutating func finishFill(line: UInt32, _ kernel: inout Kernel) {
    stages[Int(Unit.fill.rawValue)].server.finish(lane: cache.lines[Int(line)].lane, at: kernel.now)
    var waiter = cache.lines[Int(line)].firstWaiter
    cache.lines[Int(line)].isPending = false
    cache.lines[Int(line)].firstWaiter = .max
    cache.lines[Int(line)].lastWaiter = .max
    while waiter != .max {
      let next = items[Int(waiter)].next
      items[Int(waiter)].next = .max
      passToInput(waiter, &kernel)
      waiter = next
    }
    runInput(&kernel)
    runLookUp(&kernel)
  }

  private mutating func passToInput(_ item: UInt32, _ kernel: inout Kernel) {
    leave(.cache, item, &kernel)
    enter(.input, item, &kernel)
  }
}
