import Synchronization
import Wire

/// One packet of a burst: the caller's buffer, the packet within it, and afterwards what became of it.
public struct BurstPacket {
  public var buffer: UnsafeMutableRawBufferPointer
  public var packet: Range<Int>
  /// Set by the engine.
  public var verdict: Result<Outcome, Refusal>?

  public init(buffer: UnsafeMutableRawBufferPointer, packet: Range<Int>) {
    self.buffer = buffer
    self.packet = packet
  }
}

/// How many packets go to the transform at once.
private let chunk = 32

extension OutboundAssociation {
  /// Protects packets in place, each as `encapsulate(inPlace:packet:)` would, handing many to the transform at once.
  public func encapsulate(_ burst: inout MutableSpan<BurstPacket>) {
    if framing.protocol == .ah {
      for index in burst.indices {
        var buffer = burst[index].buffer.mutableBytes
        let packet = burst[index].packet
        burst[index].verdict = verdict { () throws(Refusal) in try encapsulate(inPlace: &buffer, packet: packet) }
      }
      return
    }
    forEachChunk(burst.count) { range in
      progress.withLock { progress in encapsulate(&burst, range, &progress) }
    }
  }

  private func encapsulate(_ burst: inout MutableSpan<BurstPacket>, _ range: Range<Int>, _ progress: inout Progress) {
    withUnsafeTemporaryAllocation(of: EncapsulationPlan.self, capacity: range.count) { plans in
      withUnsafeTemporaryAllocation(of: CryptoJob.self, capacity: range.count) { jobs in
        var count = 0
        for index in range {
          var buffer = burst[index].buffer.mutableBytes
          do throws(Refusal) {
            var plan = EncapsulationPlan(burst[index].packet)
            try locate(buffer.bytes, &plan)
            let outcome = try prepare(&buffer, plan, &progress)
            let start = burst[index].buffer.baseAddress.unsafelyUnwrapped
            jobs.initializeElement(at: count, to: jobESP(start, plan, outcome.sequence))
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

extension InboundAssociation {
  /// Checks and unwraps packets in place, each as `decapsulate(inPlace:packet:)` would, handing many to the transform
  /// at once.
  public func decapsulate(_ burst: inout MutableSpan<BurstPacket>) {
    if framing.protocol == .ah {
      for index in burst.indices {
        var buffer = burst[index].buffer.mutableBytes
        let packet = burst[index].packet
        burst[index].verdict = verdict { () throws(Refusal) in try decapsulate(inPlace: &buffer, packet: packet) }
      }
      return
    }
    forEachChunk(burst.count) { range in
      progress.withLock { progress in decapsulate(&burst, range, &progress) }
    }
  }

  private func decapsulate(_ burst: inout MutableSpan<BurstPacket>, _ range: Range<Int>, _ progress: inout Progress) {
    withUnsafeTemporaryAllocation(of: DecapsulationPlan.self, capacity: range.count) { plans in
      withUnsafeTemporaryAllocation(of: CryptoJob.self, capacity: range.count) { jobs in
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

private func forEachChunk(_ count: Int, _ body: (Range<Int>) -> Void) {
  var start = 0
  while start < count {
    body(start..<min(start + chunk, count))
    start += chunk
  }
}

private func verdict<Value>(_ body: () throws(Refusal) -> Value) -> Result<Value, Refusal> {
  do throws(Refusal) { return .success(try body()) } catch { return .failure(error) }
}
