import Virtio

/// What was done for a chain, apart from the chain: for a checkpoint in the midst of it.
public struct SavedWork: Sendable {
  fileprivate var outcome: Work
  fileprivate var results: [Result<SavedPacket, Rejection>] = []
  /// A command's answer.
  fileprivate var answer: [UInt8] = []

  fileprivate struct SavedPacket: Sendable {
    var bytes: [UInt8]
    var sequence: UInt64
  }
}

extension Accelerator {
  /// The results of `work`.
  public func save(_ ticket: Ticket) -> SavedWork {
    var saved = SavedWork(outcome: ticket.outcome)
    if ticket.isCommand {
      saved.answer = ticket.job.writtenBytes
    } else {
      let job = ticket.job
      for index in job.results.indices {
        saved.results.append(
          job.results[index].map { SavedWork.SavedPacket(bytes: job.bytes($0, of: index), sequence: $0.sequence) })
      }
    }
    return saved
  }

  /// Takes over results instead of working: sequence numbers, windows and lifetimes have counted them already.
  public func restore(_ saved: SavedWork, to ticket: Ticket) {
    let job = ticket.job
    ticket.outcome = saved.outcome
    if ticket.isCommand {
      _ = saved.answer.withUnsafeBytes { job.chain.write(at: 0, $0) }
    } else {
      job.results.removeAll()
      for result in saved.results {
        job.results.append(
          result.map { PacketResult(packet: job.keep($0.bytes), sequence: $0.sequence) })
      }
    }
  }
}

extension DataJob {
  /// A result, wherever it stands.
  fileprivate func bytes(_ result: PacketResult, of index: Int) -> [UInt8] {
    guard requests[index].isStored else { return Array(UnsafeRawBufferPointer(rebasing: workspace[result.packet])) }
    let start = requests[index].output.lowerBound
    var bytes: [UInt8] = []
    chain.forEachWritten(in: start..<start + result.length) { piece in piece.withUnsafeBytes { bytes += Array($0) } }
    return bytes
  }

  /// Puts bytes into the workspace.
  fileprivate func keep(_ bytes: [UInt8]) -> Range<Int> {
    let range = reserve(bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: workspace[range]).copyBytes(from: bytes)
    return range
  }

  /// What was written into the chain without a gap.
  fileprivate var writtenBytes: [UInt8] {
    var bytes: [UInt8] = []
    chain.forEachWritten { piece in piece.withUnsafeBytes { bytes += Array($0) } }
    return bytes
  }
}
