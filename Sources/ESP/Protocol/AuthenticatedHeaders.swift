import Wire

/// The headers of an AH packet as they enter the ICV: with everything that routers change zeroed or foretold (RFC 4302
/// section 3.3.3.1 and appendix A).
enum AuthenticatedHeaders {
  /// The longest headers, AH included, that are supported. In bytes.
  static let capacity = 512
  /// AH itself with the longest ICV and IV, in bytes.
  private static let longestAH = 56

  /// IPv4 options that routers leave alone (RFC 4302 appendix A1): all others are zeroed.
  private static let immutableOptions: Set<UInt8> = [0, 1, 130, 133, 134, 148, 149]
  private static let sourceRoutes: Set<UInt8> = [131, 137]

  /// Turns the copy of an IP header in `headers[..<length]` into its authenticated form.
  static func mask(_ headers: inout MutableRawSpan, _ version: IPVersion, length: Int) throws(Refusal) {
    switch version {
    case .v4: try maskIPv4(&headers, length: length)
    case .v6: try maskIPv6(&headers, length: length)
    }
  }

  /// Whether the IP header at `range` can be masked: before anything is changed.
  ///
  /// - Throws: what `mask` would throw.
  static func check(_ bytes: RawSpan, _ range: Range<Int>, _ version: IPVersion) throws(Refusal) {
    guard range.count <= capacity - longestAH else { throw tooLong(bytes, range.lowerBound) }
    let result: Result<Void, Refusal> = withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 8) { memory in
      let copy = UnsafeMutableRawBufferPointer(rebasing: memory[..<range.count])
      bytes.withUnsafeBytes { copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
      var headers = copy.mutableBytes
      do throws(Refusal) { return .success(try mask(&headers, version, length: range.count)) } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Headers beyond `capacity`: always IPv6's, whose first extension header is named.
  static func tooLong(_ bytes: RawSpan, _ packet: Int) -> Refusal {
    .unsupportedOption(bytes.load(UInt8.self, at: packet + 6, .big))
  }

  private static func maskIPv4(_ headers: inout MutableRawSpan, length: Int) throws(Refusal) {
    headers.store(UInt8(0), at: 1, .big)
    headers.store(UInt16(0), at: 6, .big)
    headers.store(UInt8(0), at: 8, .big)
    headers.store(UInt16(0), at: 10, .big)
    var offset = 20
    while offset < length {
      let kind = headers.bytes.load(UInt8.self, at: offset, .big)
      if kind == 0 { break }
      if kind == 1 {
        offset += 1
        continue
      }
      guard offset + 2 <= length else { throw .malformedHeader }
      let count = Int(headers.bytes.load(UInt8.self, at: offset + 1, .big))
      guard count >= 2, offset + count <= length else { throw .malformedHeader }
      if sourceRoutes.contains(kind), count >= 7, Int(headers.bytes.load(UInt8.self, at: offset + 2, .big)) <= count {
        headers.store(headers.bytes.load(UInt32.self, at: offset + count - 4, .big), at: 16, .big)
      }
      if !immutableOptions.contains(kind) { headers.zero(offset..<offset + count) }
      offset += count
    }
  }

  private static func maskIPv6(_ headers: inout MutableRawSpan, length: Int) throws(Refusal) {
    var next = headers.bytes.load(UInt8.self, at: 6, .big)
    headers.store(UInt32(0x6000_0000), at: 0, .big)
    headers.store(UInt8(0), at: 7, .big)
    var offset = 40
    while offset < length {
      guard offset + 8 <= length else { throw .malformedHeader }
      let count =
        next == IPProtocol.fragment ? 8 : 8 + 8 * Int(headers.bytes.load(UInt8.self, at: offset + 1, .big))
      guard offset + count <= length else { throw .malformedHeader }
      switch next {
      case IPProtocol.hopByHop, IPProtocol.destinationOptions: try maskOptions(&headers, offset + 2..<offset + count)
      case IPProtocol.routing: try finishRoute(&headers, at: offset, count: count)
      default: break
      }
      next = headers.bytes.load(UInt8.self, at: offset, .big)
      offset += count
    }
  }

  /// Zeroes the data of options whose type says that it may change en route (bit 0x20, RFC 8200 section 4.2).
  private static func maskOptions(_ headers: inout MutableRawSpan, _ range: Range<Int>) throws(Refusal) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let kind = headers.bytes.load(UInt8.self, at: offset, .big)
      if kind == 0 {
        offset += 1
        continue
      }
      guard offset + 2 <= range.upperBound else { throw .malformedHeader }
      let end = offset + 2 + Int(headers.bytes.load(UInt8.self, at: offset + 1, .big))
      guard end <= range.upperBound else { throw .malformedHeader }
      if kind & 0x20 != 0 { headers.zero(offset + 2..<end) }
      offset = end
    }
  }

  /// Moves the packet along its route, as its receiver will see it: addresses swapped, no segments left.
  private static func finishRoute(_ headers: inout MutableRawSpan, at offset: Int, count: Int) throws(Refusal) {
    let type = headers.bytes.load(UInt8.self, at: offset + 2, .big)
    var left = Int(headers.bytes.load(UInt8.self, at: offset + 3, .big))
    guard type == 0 || type == 2 else { throw .unsupportedOption(IPProtocol.routing) }
    let segments = (count - 8) / 16
    guard left <= segments else { throw .malformedHeader }
    while left > 0 {
      let segment = offset + 8 + (segments - left) * 16
      for half in [0, 8] {
        let address = headers.bytes.load(UInt64.self, at: segment + half, .big)
        headers.store(headers.bytes.load(UInt64.self, at: 24 + half, .big), at: segment + half, .big)
        headers.store(address, at: 24 + half, .big)
      }
      left -= 1
    }
    headers.store(UInt8(0), at: offset + 3, .big)
  }
}
