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
