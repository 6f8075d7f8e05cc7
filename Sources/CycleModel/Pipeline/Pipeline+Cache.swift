import Clockwork

/// The SA cache: hits go on, misses wait for their line while others go on.
extension Pipeline {
  mutating func runLookUp(_ kernel: inout Kernel) {
    let (unit, input) = (Unit.cache.index, Unit.input.index)
    var hasStarted = false
    while isReady(unit, at: kernel.now), reserve(input, for: unit, at: kernel.now) {
      let outcome = lookUpFirst()
      if case .full = outcome {
        stages[input].queue.cancel()
        stages[unit].hold(.held, at: kernel.now)
        break
      }
      hasStarted = true
      let item = start(.cache, &kernel)
      switch outcome {
      case .miss(let line):
        let lane = stages[Unit.fill.index].server.start(at: kernel.now)
        record(.began, .fill, lane: lane, &kernel)
        cache.lines[Int(line)].lane = lane
        items[item].line = line
      case .pending(let line): items[item].line = line
      case .hit, .full: break
      }
      if case .hit = outcome {
        count(.cacheHits, cache.hits, &kernel)
      } else {
        count(.cacheMisses, cache.misses, &kernel)
      }
      schedule(.lookedUp, item, after: profile.cacheHitCycles, &kernel)
    }
    if hasStarted && isBlocked(Unit.parse.index) { runParse(&kernel) }
  }

  /// `full` if the request cannot be looked up now: a miss, and no further line can be read.
  private mutating func lookUpFirst() -> SACache.Outcome {
    let association = items[first(Unit.cache.index)].request.association
    return cache.look(up: association, mayMiss: stages[Unit.fill.index].server.hasFreeLane)
  }

  /// Joins those that wait for the line; the first of them reads it.
  private mutating func wait(_ item: UInt32, on line: UInt32, _ kernel: inout Kernel) {
    let last = cache.lines[Int(line)].lastWaiter
    cache.lines[Int(line)].lastWaiter = item
    if last != .max { return items[last].next = item }
    cache.lines[Int(line)].firstWaiter = item
    read(profile.associationBytes, for: .fill, .associationRead, line, &kernel)
  }

  mutating func finishLookUp(_ item: UInt32, _ kernel: inout Kernel) {
    stages[Unit.cache.index].server.finish(lane: items[item].lane, at: kernel.now)
    record(.freed, .cache, item, &kernel)
    let line = items[item].line
    items[item].line = .max
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
    let lane = cache.lines[Int(line)].lane
    stages[Unit.fill.index].server.finish(lane: lane, at: kernel.now)
    record(.ended, .fill, lane: lane, &kernel)
    var waiter = cache.lines[Int(line)].firstWaiter
    cache.lines[Int(line)].isPending = false
    cache.lines[Int(line)].firstWaiter = .max
    cache.lines[Int(line)].lastWaiter = .max
    while waiter != .max {
      let next = items[waiter].next
      items[waiter].next = .max
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
