import ESP

/// The engine, one packet a call.
final class OneByOne: Tunnel {
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation

  init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  func encapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      var bytes = buffer.mutableBytes
      return try outbound.encapsulate(inPlace: &bytes, packet: range).packet
    }
  }

  func decapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      var bytes = buffer.mutableBytes
      return try inbound.decapsulate(inPlace: &bytes, packet: range).packet
    }
  }
}

/// The engine, all packets of a batch in one call.
final class Bursts: Tunnel {
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation

  init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  func encapsulate(_ batch: Batch) throws { try batch.withBurst { outbound.encapsulate(&$0) } }

  func decapsulate(_ batch: Batch) throws { try batch.withBurst { inbound.decapsulate(&$0) } }
}

/// The engine, one packet a call, which comes in two pieces and leaves in two.
final class Pieces: Tunnel {
  /// What a result may need in front of and behind its packet, in bytes.
  private static let room = 64
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation
  private let workspace = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 64)
  private let input = UnsafeMutableBufferPointer<UnsafeRawBufferPointer>.allocate(capacity: 2)
  private let output = UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>.allocate(capacity: 2)

  init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  deinit {
    workspace.deallocate()
    input.deallocate()
    output.deallocate()
  }

  func encapsulate(_ batch: Batch) throws {
    try forEachPacket(batch, movedBy: -Self.room) { workspace throws(Refusal) in
      try outbound.encapsulate(input.span, into: output.span, through: &workspace)
    }
  }

  func decapsulate(_ batch: Batch) throws {
    try forEachPacket(batch, movedBy: Self.room) { workspace throws(Refusal) in
      try inbound.decapsulate(input.span, into: output.span, through: &workspace)
    }
  }

  /// Cuts each packet, and the place for its result, in two.
  private func forEachPacket(
    _ batch: Batch, movedBy offset: Int, _ body: (inout MutableRawSpan) throws(Refusal) -> Outcome
  ) throws {
    try batch.forEachPacket { buffer, range in
      let start = range.lowerBound + offset
      let (cut, end) = (range.lowerBound + 13, range.upperBound + Self.room)
      input[0] = UnsafeRawBufferPointer(rebasing: buffer[range.lowerBound..<cut])
      input[1] = UnsafeRawBufferPointer(rebasing: buffer[cut..<range.upperBound])
      output[0] = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<start + 13])
      output[1] = UnsafeMutableRawBufferPointer(rebasing: buffer[start + 13..<end])
      var bytes = workspace.mutableBytes
      let count = try body(&bytes).packet.count
      return start..<start + count
    }
  }
}
