import Synchronization
import Wire

extension InboundAssociation {
  /// Checks and unwraps packets in place, each as `decapsulate(inPlace:packet:)` would, handing many to the transform
  /// at once.
  ///
  /// Replays and the lifetime are looked at before any ICV of eight packets is checked, and again afterwards. What
  /// passes is the same; a packet with a bad ICV that would have been refused for one of these, because of another of
  /// the eight, is refused for its ICV.
  public func decapsulate(_ burst: inout MutableSpan<BurstPacket>) {
    if framing.protocol == .ah {
      burst.forEachPacket { buffer, packet throws(Refusal) in try decapsulate(inPlace: &buffer, packet: packet) }
      return
    }
    BurstPacket.forEachChunk(of: burst.count) { range in
      progress.withLock { progress in decapsulate(&burst, range, &progress) }
    }
  }

  private func decapsulate(_ burst: inout MutableSpan<BurstPacket>, _ range: Range<Int>, _ progress: inout Progress) {
    withUnsafeTemporaryAllocation(of: DecapsulationPlan.self, capacity: BurstPacket.chunk) { plans in
      withUnsafeTemporaryAllocation(of: CryptoJob.self, capacity: BurstPacket.chunk) { jobs in
        var count = 0
        for index in range {
          let bytes = burst[index].buffer.bytes
          let packet = burst[index].packet
          do throws(Refusal) {
            var plan = DecapsulationPlan(packet)
            try locate(bytes, &plan, &progress)
            let start = burst[index].buffer.baseAddress.unsafelyUnwrapped
            jobs.initializeElement(at: count, to: jobESP(start, plan))
            plans.initializeElement(at: count, to: plan)
            burst[index].verdict = nil
            count += 1
          } catch {
            burst[index].verdict = .failure(error)
            progress.statistics.count(error)
          }
        }
        progress.transform.open(UnsafeMutableBufferPointer(rebasing: jobs[..<count]))
        var next = 0
        for index in range where burst[index].verdict == nil {
          var buffer = burst[index].buffer.mutableBytes
          do throws(Refusal) {
            let outcome = try settle(&buffer, plans[next], jobs[next].result, &progress)
            burst[index].verdict = .success(outcome)
          } catch {
            burst[index].verdict = .failure(error)
          }
          next += 1
        }
      }
    }
  }
}
