import Wire

/// One packet of a burst: the caller's buffer, the packet within it, and afterwards what became of it.
public struct BurstPacket {
  public var buffer: UnsafeMutableRawBufferPointer
  public var packet: Range<Int>
  /// Takes what `encapsulate(_:packet:into:)` would write there; nil where the result stays in the buffer.
  public var output: UnsafeMutableRawBufferPointer?
  /// Set by the engine.
  public var verdict: Result<Outcome, Refusal>?

  public init(
    buffer: UnsafeMutableRawBufferPointer, packet: Range<Int>, output: UnsafeMutableRawBufferPointer? = nil
  ) {
    self.buffer = buffer
    self.packet = packet
    self.output = output
  }
}

extension BurstPacket {
  /// How many packets go to the transform at once: what is known of more would not be on the stack, which takes 1,024
  /// bytes a piece and sizes known at compile time, but allocated each time.
  static let chunk = 8

  /// Hands out the indices of `count` packets, as many at a time as go to the transform at once.
  static func forEachChunk(of count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: chunk) { body(start..<min(start + chunk, count)) }
  }
}

extension MutableSpan<BurstPacket> {
  /// Gives each packet its own verdict, one after the other.
  @_lifetime(self: copy self)
  mutating func forEachPacket(_ body: (inout MutableRawSpan, Range<Int>) throws(Refusal) -> Outcome) {
    for index in indices {
      var buffer = self[index].buffer.mutableBytes
      do throws(Refusal) {
        self[index].verdict = .success(try body(&buffer, self[index].packet))
      } catch {
        self[index].verdict = .failure(error)
      }
    }
  }
}
