import ESP

/// The inbound associations, found by destination, protocol and SPI.
struct Receivers {
  private let associations: [(destination: IPAddress?, association: InboundAssociation)]
  private let ports: Set<UInt16>

  init(_ associations: [(IPAddress?, InboundAssociation)]) {
    self.associations = associations
    ports = Set(associations.compactMap { $0.1.parameters.udpEncapsulation?.destinationPort })
  }

  /// Unwraps a packet until no association is named by what comes out; empty for a dummy packet.
  func unwrap(_ packet: [UInt8]) -> Result<[UInt8], Refusal> {
    guard !packet.isEmpty else { return .failure(.truncated) }
    var buffer = packet
    var range = 0..<packet.count
    var isWrapped = true
    do throws(Refusal) {
      while isWrapped, !range.isEmpty {
        let association = try find(buffer, range, isFirst: range.count == packet.count)
        guard let association else { break }
        var elements = buffer.mutableSpan
        var span = elements.mutableBytes
        range = try association.decapsulate(inPlace: &span, packet: range).packet
        isWrapped = !range.isEmpty
      }
    } catch {
      return .failure(error)
    }
    return .success(Array(buffer[range]))
  }

  /// The association for a packet; nil for an unwrapped packet that needs none.
  private func find(_ buffer: [UInt8], _ range: Range<Int>, isFirst: Bool) throws(Refusal) -> InboundAssociation? {
    let selector: AssociationSelector
    do throws(Refusal) {
      selector = try AssociationSelector(reading: buffer.span.bytes, range, udpPorts: ports)
    } catch {
      if isFirst { throw error }
      return nil
    }
    let found = associations.first {
      ($0.destination ?? selector.destination) == selector.destination
        && $0.association.parameters.spi == selector.spi && $0.association.parameters.protocol == selector.protocol
    }
    if let found { return found.association }
    if isFirst { throw .unknownSPI(selector.spi) }
    return nil
  }
}
