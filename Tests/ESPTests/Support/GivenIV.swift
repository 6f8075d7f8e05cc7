import Synchronization

@testable import ESP

/// Seals with an IV that is given, as published vectors have it; senders derive theirs.
private final class GivenIV: Transform {
  private let iv: [UInt8]
  private let transform: any Transform

  init(_ iv: [UInt8], _ transform: any Transform) {
    self.iv = iv
    self.transform = transform
  }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      iv.withUnsafeBytes { jobs[index].iv.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      jobs[index].ivIsGiven = true
    }
    transform.seal(jobs)
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) { transform.open(jobs) }
}

extension OutboundAssociation {
  /// An association whose every packet has this IV, and whose first one has this sequence number.
  convenience init(_ parameters: Parameters, first sequence: UInt64, iv: [UInt8]) throws {
    try self.init(parameters, state: AssociationState(sequence: sequence - 1))
    try replaceTransform { GivenIV(iv, try parameters.makeTransform(ivs: .system)) }
  }

  /// Puts another transform in the place of the association's own, before its first packet.
  func replaceTransform(_ make: () throws -> any Transform) throws {
    try progress.withLock {
      $0 = Progress(transform: try make(), counter: $0.counter, usage: $0.usage, statistics: $0.statistics)
    }
  }
}
