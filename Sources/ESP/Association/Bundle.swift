import Wire

/// Associations applied one after the other to each outbound packet: nested ESP and AH (RFC 4301 section 4.1).
public struct OutboundBundle: Sendable {
  /// Inner to outer.
  public let associations: [OutboundAssociation]

  public init(_ associations: [OutboundAssociation]) { self.associations = associations }

  public var headRoom: Int { associations.reduce(0) { $0 + $1.headRoom } }
  public var tailRoom: Int { associations.reduce(0) { $0 + $1.tailRoom + $1.parameters.tfcLength } }

  /// Protects the packet by each association in turn; the events of all.
  ///
  /// - Throws: the first refusal. Inner associations have used a sequence number then. `packetTooBig` tells how
  ///   long the packet given to the bundle may be, whichever association's MTU it exceeds.
  public func encapsulate(inPlace buffer: inout MutableRawSpan, packet: Range<Int>) throws(Refusal) -> Outcome {
    try encapsulate(inPlace: &buffer, Outcome(packet: packet, sequence: 0), associations[...])
  }

  private func encapsulate(
    inPlace buffer: inout MutableRawSpan, _ inner: Outcome, _ rest: ArraySlice<OutboundAssociation>
  ) throws(Refusal) -> Outcome {
    guard let association = rest.first else { return inner }
    let front = try? association.insertion(buffer.bytes, inner.packet)
    var outcome = try association.encapsulate(inPlace: &buffer, packet: inner.packet)
    outcome.events.formUnion(inner.events)
    do throws(Refusal) {
      return try encapsulate(inPlace: &buffer, outcome, rest.dropFirst())
    } catch {
      guard let front, case .packetTooBig(let limit) = error else { throw error }
      throw .packetTooBig(mtu: association.largestPacket(within: limit, front: front.count, kept: front.kept))
    }
  }
}

/// Associations that unwrap a packet one after the other.
public struct InboundBundle: Sendable {
  /// Inner to outer, as outbound: the last one is applied first.
  public let associations: [InboundAssociation]

  public init(_ associations: [InboundAssociation]) { self.associations = associations }

  /// Unwraps the packet by each association in turn; the events of all.
  ///
  /// - Throws: the first refusal. Nothing decrypted is left in the buffer then; what the first association refuses,
  ///   an IKE message among it, is left as it came.
  public func decapsulate(inPlace buffer: inout MutableRawSpan, packet: Range<Int>) throws(Refusal) -> Outcome {
    var outcome = Outcome(packet: packet, sequence: 0)
    var isDecrypted = false
    for association in associations.reversed() {
      let outer = outcome.events
      do throws(Refusal) {
        outcome = try association.decapsulate(inPlace: &buffer, packet: outcome.packet)
      } catch {
        if isDecrypted { buffer.zero(packet) }
        throw error
      }
      isDecrypted = true
      outcome.events.formUnion(outer)
      if outcome.events.contains(.dummy) { break }
    }
    return outcome
  }
}
