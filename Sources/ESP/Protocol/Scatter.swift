import CCrypto
import Wire

/// Packets in pieces. They are gathered into the caller's workspace, processed there, and scattered again:
/// what another party may change in its pieces meanwhile is read once.
public enum Scatter {
  /// Copies `pieces` one after the other to `offset`; their total length.
  ///
  /// - Throws: `noTailRoom` when they do not fit.
  public static func gather(
    _ pieces: Span<UnsafeRawBufferPointer>, into workspace: inout MutableRawSpan, at offset: Int
  ) throws(Refusal) -> Int {
    var end = offset
    for index in pieces.indices {
      let piece = pieces[index]
      guard end + piece.count <= workspace.byteCount else { throw .noTailRoom(needed: end + piece.count) }
      workspace.copy(piece.bytes, to: end)
      end += piece.count
    }
    return end - offset
  }

  /// Copies `bytes[range]` into `pieces` one after the other.
  ///
  /// - Throws: `noTailRoom` when they are too short; nothing has been written then.
  public static func scatter(
    _ bytes: RawSpan, _ range: Range<Int>, into pieces: Span<UnsafeMutableRawBufferPointer>
  ) throws(Refusal) {
    var room = 0
    for index in pieces.indices { room += pieces[index].count }
    guard range.count <= room else { throw .noTailRoom(needed: range.count - room) }
    var start = range.lowerBound
    for index in pieces.indices where start < range.upperBound {
      let count = min(pieces[index].count, range.upperBound - start)
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: pieces[index][..<count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
      }
      start += count
    }
  }
}

extension OutboundAssociation {
  /// Protects a packet in pieces into other pieces.
  ///
  /// - Parameter workspace: as long as the packet, `headRoom` and `tailRoom` together; so much room in `output` is
  ///   always enough.
  /// - Returns: the outcome, whose range counts from the first byte of `output`.
  /// - Throws: what `encapsulate(inPlace:packet:)` throws; `noTailRoom` where the pieces are too short for the result,
  ///   whose sequence number is then used, which counts as passed and as refused, and whose bytes are erased.
  public func encapsulate(
    _ input: Span<UnsafeRawBufferPointer>, into output: Span<UnsafeMutableRawBufferPointer>,
    through workspace: inout MutableRawSpan
  ) throws(Refusal) -> Outcome {
    let start = headRoom
    let length = try counting(count) { () throws(Refusal) in try Scatter.gather(input, into: &workspace, at: start) }
    var outcome = try encapsulate(inPlace: &workspace, packet: start..<start + length)
    try counting(count) { () throws(Refusal) in try workspace.scatterOrErase(outcome.packet, into: output) }
    outcome.packet = 0..<outcome.packet.count
    return outcome
  }
}

extension InboundAssociation {
  /// Checks and unwraps a packet in pieces into other pieces.
  ///
  /// - Parameter workspace: as long as the packet; so much room in `output` is always enough.
  /// - Returns: the outcome, whose range counts from the first byte of `output`.
  /// - Throws: what `decapsulate(inPlace:packet:)` throws; `noTailRoom` where the pieces are too short for the result,
  ///   which then counts as received and as refused, and is erased.
  public func decapsulate(
    _ input: Span<UnsafeRawBufferPointer>, into output: Span<UnsafeMutableRawBufferPointer>,
    through workspace: inout MutableRawSpan
  ) throws(Refusal) -> Outcome {
    let length = try counting(count) { () throws(Refusal) in try Scatter.gather(input, into: &workspace, at: 0) }
    var outcome = try decapsulate(inPlace: &workspace, packet: 0..<length)
    try counting(count) { () throws(Refusal) in try workspace.scatterOrErase(outcome.packet, into: output) }
    outcome.packet = 0..<outcome.packet.count
    return outcome
  }
}

extension MutableRawSpan {
  /// Scatters bytes of the workspace; where they do not fit, nothing of them stays.
  @_lifetime(self: copy self)
  fileprivate mutating func scatterOrErase(
    _ range: Range<Int>, into pieces: Span<UnsafeMutableRawBufferPointer>
  ) throws(Refusal) {
    do throws(Refusal) {
      try Scatter.scatter(bytes, range, into: pieces)
    } catch {
      withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
      throw error
    }
  }
}

/// What `body` returns; what it throws is counted first.
private func counting<Value>(
  _ count: (Refusal) -> Void, _ body: () throws(Refusal) -> Value
) throws(Refusal) -> Value {
  do throws(Refusal) { return try body() } catch {
    count(error)
    throw error
  }
}
