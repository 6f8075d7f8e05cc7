import Wire

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
