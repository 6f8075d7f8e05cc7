import Virtio

/// What was done for a chain, apart from the chain: for a checkpoint in the midst of it.
public struct SavedWork: Sendable {
  fileprivate var outcome: Work
  fileprivate var results: [Result<SavedPacket, Rejection>?] = []
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
    var saved = SavedWork(outcome: ticket.done)
    if ticket.isCommand {
      saved.answer = ticket.job.writtenBytes
    } else {
      let job = ticket.job
      for index in job.requests.indices {
        let result = job.requests[index].result?.map {
          SavedWork.SavedPacket(bytes: job.bytes($0, of: index), sequence: $0.sequence)
        }
        saved.results.append(result)
      }
    }
    return saved
  }

  /// Takes over results instead of working: sequence numbers, windows and lifetimes have counted them already.
  public func restore(_ saved: SavedWork, to ticket: Ticket) {
    let job = ticket.job
    ticket.done = saved.outcome
    if ticket.isCommand {
      _ = saved.answer.withUnsafeBytes { job.chain.write(at: 0, $0) }
    } else {
      for (index, result) in saved.results.enumerated() where index < job.requests.count {
        job.requests[index].result = result?.map { packet in
          packet.bytes.withUnsafeBytes { _ = job.chain.write(at: job.requests[index].output.lowerBound, $0) }
          return PacketResult(length: packet.bytes.count, sequence: packet.sequence)
        }
      }
    }
  }
}

extension DataJob {
  /// A result where it stands.
  fileprivate func bytes(_ result: PacketResult, of index: Int) -> [UInt8] {
    let start = requests[index].output.lowerBound
    var bytes: [UInt8] = []
    chain.forEachWritten(in: start..<start + result.length) { piece in piece.withUnsafeBytes { bytes += Array($0) } }
    return bytes
  }

  /// What was written into the chain without a gap.
  fileprivate var writtenBytes: [UInt8] {
    var bytes: [UInt8] = []
    chain.forEachWritten { piece in piece.withUnsafeBytes { bytes += Array($0) } }
    return bytes
  }
}
