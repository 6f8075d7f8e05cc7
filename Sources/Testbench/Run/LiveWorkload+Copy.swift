import Clockwork
import CycleModel
import Device
import Virtio

/// A checkpoint in the midst of everything: another device on other rings, brought to where this one is.
///
/// Its chains stand elsewhere in guest memory, and in other descriptors: nothing that can be seen depends on where.
/// Nobody observes it yet.
extension LiveWorkload {
  func copy() -> any Workload {
    device.workOff()
    do throws(TestbenchError) {
      let copy = try LiveWorkload(bare: plan, try traffic.copy())
      copy.makeEnds()
      do throws(StateError) { try copy.bench.accelerator.restoreState(bench.accelerator.saveState()) } catch {
        throw .malformedAnswer("\(error)")
      }
      copy.bench.notifications = bench.notifications
      // All rings first: what goes around them has an item's number, which a chain may have.
      for queue in ends.indices { copy.agePast(queue) }
      for queue in ends.indices { restore(queue, to: copy) }
      copy.bench.machine.forgetInterrupts()
      return copy
    } catch { preconditionFailure("what was set up once is set up again: \(error)") }
  }

  private func restore(_ queue: Int, to copy: LiveWorkload) {
    let pending = ends[queue].pending
    let taken = pending.filter { device.progress(of: $0.item) != .added }
    for chain in taken { transfer(chain, queue, to: copy) }
    _ = copy.ends[queue].queue.kick()
    for chain in taken { device.restore(chain.item, on: queue, to: copy.device) }
    if taken.contains(where: { device.isUsed($0.item) }) { _ = copy.device.publish(queue) }
    if device.isAsleep[queue] { _ = copy.device.sleep(queue) } else { copy.device.wake(queue) }
    for chain in pending where device.progress(of: chain.item) == .added { transfer(chain, queue, to: copy) }
    _ = copy.ends[queue].queue.kick()
  }

  /// Puts a chain of this driver on the other's ring.
  private func transfer(_ chain: LiveQueue.Pending, _ queue: Int, to copy: LiveWorkload) {
    var prepared = PreparedChain(readable: ends[queue].request(chain), room: chain.form.room)
    (prepared.segments, prepared.standing) = (chain.form.segments, chain.form.standing)
    prepared.packet = ends[queue].packet(in: chain)
    _ = copy.ends[queue].add(chain.item, prepared, number: -1, isCorrupted: chain.isCorrupted)
    copy.device.wasAdded(chain.item)
  }

  /// Sends one chain around a new ring, so that the positions at which to ring and to interrupt lie behind, as on a
  /// ring in use.
  private func agePast(_ queue: Int) {
    guard ends[queue].add(0, PreparedChain(readable: [0], room: 64), number: -1, isCorrupted: false) else { return }
    _ = ends[queue].queue.kick()
    _ = device.take(0, from: queue)
    var request = Request(bytesIn: 0, bytesOut: 0)
    device.start(0)
    device.finish(0, &request)
    device.use(0, hasFailed: false)
    _ = device.publish(queue)
    while let (item, _) = ends[queue].reap() { ends[queue].release(item) }
  }
}
