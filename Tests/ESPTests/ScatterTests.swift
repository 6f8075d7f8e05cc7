import Testing

@testable import ESP

/// Cuts memory into pieces of `size` bytes, the last one shorter.
private func pieces(_ memory: UnsafeMutableRawBufferPointer, _ size: Int) -> [UnsafeMutableRawBufferPointer] {
  stride(from: 0, to: memory.count, by: size).map {
    UnsafeMutableRawBufferPointer(rebasing: memory[$0..<min($0 + size, memory.count)])
  }
}

@Test(arguments: Suite.esp)
func `a packet in pieces of any size gives what it gives in one`(suite: Suite) throws {
  let parameters = Parameters.test(suite)
  let packet = Packets.ip(payload: Packets.udp(Array(0..<100)))
  for size in [1, 2, 3, 7, 8, 13, 16, 64] {
    let (outbound, inbound) = (try OutboundAssociation(parameters), try InboundAssociation(parameters))
    var (plain, sealed) = (packet, [UInt8](repeating: 0, count: 400))
    var (opened, workspace) = ([UInt8](repeating: 0, count: packet.count), [UInt8](repeating: 0, count: 400))
    var elements = workspace.mutableSpan
    var span = elements.mutableBytes
    let count = try plain.withUnsafeMutableBytes { input in
      try sealed.withUnsafeMutableBytes { output in
        let input = pieces(input, size).map { UnsafeRawBufferPointer($0) }
        return try outbound.encapsulate(input.span, into: pieces(output, size).span, through: &span).packet.count
      }
    }
    sealed.removeSubrange(count...)
    #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet, "into pieces of \(size)")
    let range = try sealed.withUnsafeMutableBytes { input in
      try opened.withUnsafeMutableBytes { output in
        let input = pieces(input, size).map { UnsafeRawBufferPointer($0) }
        return try inbound.decapsulate(input.span, into: pieces(output, size).span, through: &span).packet
      }
    }
    #expect(range == packet.indices && opened == packet, "out of pieces of \(size)")
  }
}

@Test func `a result for which the pieces are too short is erased`() throws {
  let parameters = Parameters.test(Suite.esp[0])
  let packet = Packets.ip(payload: Packets.udp(Array(0..<100)))
  let whole = try OutboundAssociation(parameters).encapsulate(packet).bytes
  let inbound = try InboundAssociation(parameters)
  var workspace = [UInt8](repeating: 0xaa, count: 400)
  var result = [UInt8](repeating: 0, count: packet.count - 1)
  let refusal: Refusal? = whole.withUnsafeBytes { bytes in
    result.withUnsafeMutableBytes { output in
      var elements = workspace.mutableSpan
      var span = elements.mutableBytes
      do throws(Refusal) {
        _ = try inbound.decapsulate([bytes].span, into: [output].span, through: &span)
        return nil
      } catch {
        return error
      }
    }
  }
  #expect(refusal == .noTailRoom(needed: 1))
  #expect(workspace.allSatisfy { $0 == 0 } && result.allSatisfy { $0 == 0 })
  #expect(inbound.statistics.noTailRoom == 1 && inbound.state.sequence == 1)
}

@Test func `a workspace that is too short is refused and counted before a sequence number is used`() throws {
  let outbound = try OutboundAssociation(.gcm)
  let packet = Packets.ip()
  let length = outbound.headRoom + packet.count - 1
  var workspace = [UInt8](repeating: 0, count: length)
  var elements = workspace.mutableSpan
  var span = elements.mutableBytes
  _ = packet.withUnsafeBytes { bytes in
    #expect(throws: Refusal.noTailRoom(needed: length + 1)) {
      try outbound.encapsulate([bytes].span, into: [UnsafeMutableRawBufferPointer]().span, through: &span)
    }
  }
  #expect(outbound.statistics.noTailRoom == 1 && outbound.state.sequence == 0)
}
