import Synchronization
import Wire

extension OutboundAssociation {
  /// Protects packets, each as `encapsulate(inPlace:packet:)` would, or `encapsulate(_:packet:into:)` where it has an
  /// output, handing many to the transform at once.
  ///
  /// - Precondition: `worksApart` if a packet has an output.
  public func encapsulate(_ burst: inout MutableSpan<BurstPacket>) {
    if framing.protocol == .ah {
      burst.forEachPacket { buffer, packet throws(Refusal) in try encapsulate(inPlace: &buffer, packet: packet) }
      return
    }
    BurstPacket.forEachChunk(of: burst.count) { range in
      progress.withLock { progress in encapsulate(&burst, range, &progress) }
    }
  }

  private func encapsulate(_ burst: inout MutableSpan<BurstPacket>, _ range: Range<Int>, _ progress: inout Progress) {
    withUnsafeTemporaryAllocation(of: EncapsulationPlan.self, capacity: BurstPacket.chunk) { plans in
      withUnsafeTemporaryAllocation(of: CryptoJob.self, capacity: BurstPacket.chunk) { jobs in
        var count = 0
        for index in range {
          var buffer = burst[index].buffer.mutableBytes
          do throws(Refusal) {
            var plan = EncapsulationPlan(burst[index].packet)
            try locate(buffer.bytes, &plan)
            if let output = burst[index].output { try check(plan, fits: output) }
            let outcome = try prepare(&buffer, plan, &progress)
            let start = burst[index].buffer.baseAddress.unsafelyUnwrapped
            jobs.initializeElement(at: count, to: jobESP(start, plan, outcome.sequence))
            if let output = burst[index].output?.baseAddress { jobs[count].write(to: output, plan) }
            plans.initializeElement(at: count, to: plan)
            burst[index].verdict = .success(outcome)
            count += 1
          } catch {
            burst[index].verdict = .failure(error)
            progress.statistics.count(error)
          }
        }
        progress.transform.seal(UnsafeMutableBufferPointer(rebasing: jobs[..<count]))
        var next = 0
        for index in range {
          guard case .success = burst[index].verdict else { continue }
          // The headers have the IV only now.
          if let output = burst[index].output?.baseAddress { jobs[next].copyFront(to: output, plans[next]) }
          if jobs[next].result == .succeeded {
            var buffer = burst[index].buffer.mutableBytes
            finish(&buffer, plans[next], &progress)
          } else {
            burst[index].verdict = .failure(.cryptographyFailed)
            progress.statistics.count(.cryptographyFailed)
          }
          next += 1
        }
      }
    }
  }
}
