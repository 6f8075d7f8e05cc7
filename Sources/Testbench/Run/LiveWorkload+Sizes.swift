import Clockwork
import CycleModel

/// What the requests of a plan need, found out by asking the device once for each packet and SA.
extension LiveWorkload {
  /// Traffic of the plan's sizes.
  func sizes(_ sources: [TrafficSource?]) -> SizesOnly {
    let idle = SizesOnly.Flow(
      Draw(.saturating, count: 0, shapes: 1, seed: 0), [Request(descriptors: 2, bytesIn: 0, bytesOut: 0)])
    let flows = (0..<queues).map { queue -> SizesOnly.Flow in
      guard queue < sources.count, let source = sources[queue] else { return idle }
      return SizesOnly.Flow(plan.draw(source.flow, queue: queue), measure(source, on: queue))
    }
    return SizesOnly(
      flows, ringSize: UInt64(plan.ringSize), plan.ringKind, dataQueues: 1..<1 + 2 * plan.pairs)
  }

  /// By SA, and for each SA by shape.
  private func measure(_ source: TrafficSource, on queue: Int) -> [Request] {
    var requests: [Request] = []
    for association in 0..<source.associations {
      for shape in 0..<source.shapes {
        source.hold(shape, association)
        _ = submit(0, on: queue, isCorrupted: false, at: .start)
        guard var request = take(0, from: queue) else { preconditionFailure("a prepared chain is sound") }
        start(0, on: queue)
        finish(0, &request, on: queue)
        use(0, on: queue, fault: nil)
        _ = publish(queue)
        _ = reap(queue, at: .start)
        // The first packet of an SA, or of a kind, says nothing about the others.
        (request.events, request.refused) = (0, 0)
        requests.append(request)
      }
    }
    return requests
  }
}
