public import Wire

/// The same grammar from the driver's end: requests composed, answers parsed.
extension Grammar {
  /// The device-readable bytes of a command. Codes, lengths and counts are filled in.
  ///
  /// - Parameters:
  ///   - name: the command's in the definition, and `service` the service's.
  ///   - context: what neither side sends but both know.
  public func request(_ name: String, of service: String, _ parts: Parts, context: UInt64 = 0) -> [UInt8] {
    let entry = entry(name, of: service)
    var parts = parts
    if case .message(let schema)? = entry.readable.first { parts.include(schema.message) }
    return ChainComposer.compose(entry.readable, from: parts, codes: entry.codes, context: context).array
  }

  /// The device-written bytes of an answer, whose parts may refer to the request.
  ///
  /// - Throws: `Rejection` when the bytes are not such an answer.
  public func answer(
    _ name: String, of service: String, _ bytes: [UInt8], to request: [UInt8], guest: ByteOrder = .little,
    context: UInt64 = 0
  ) throws(Rejection) -> Parts {
    let entry = entry(name, of: service)
    let asked = try ChainParser.parse(
      entry.readable, in: Self.arena(request), guest: guest, context: context)
    let arena = asked.arena
    let start = arena.append(bytes).lowerBound
    return try ChainParser.parse(entry.writable, in: arena, from: start, seeing: asked, guest: guest, context: context)
  }

  /// The field of a request that has the byte at an offset, as `message.field`; nil where none has it.
  public func place(
    ofByte offset: Int, in request: [UInt8], of service: String, guest: ByteOrder = .little
  ) -> String? {
    let arena = Self.arena(request)
    guard let entry = try? entry(of: service, for: arena.bytes, guest: guest),
      let (start, message) = ChainParser.message(ofByte: offset, entry.readable, in: arena, guest: guest)
    else { return nil }
    return message.place(ofByte: offset - start)
  }

  private static func arena(_ bytes: [UInt8]) -> Arena {
    let arena = Arena(capacity: bytes.count)
    arena.append(bytes)
    return arena
  }
}
