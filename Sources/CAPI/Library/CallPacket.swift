import CGAPI
import Driver

/// A packet of a call, and later of another call on the same SA.
final class CallPacket {
  private(set) var packet: LookAsidePacket! = nil
  /// While it is under way.
  private var call: PacketCall?
  private var sa: SAEntry?
  /// Which one of the call.
  private var index = 0
  private var output: UnsafeMutableBufferPointer<g_ipsec_la_data>?
  /// The packet's bytes, where the application may have taken its own back.
  private var copy = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// Bytes of copies that are kept for the next call.
  private static let keptByteCount = 2048

  init(_ sa: SAEntry) {
    packet = LookAsidePacket(sa.sa, input: [], output: []) { [unowned self] in end($0) }
  }

  deinit { copy.deallocate() }

  /// Is about these bytes from now on.
  func begin(
    _ call: PacketCall, _ sa: SAEntry, _ index: Int, _ input: UnsafeBufferPointer<g_ipsec_la_data>,
    _ output: UnsafeMutableBufferPointer<g_ipsec_la_data>?, _ byteCount: Int
  ) {
    (self.call, self.sa, self.index, self.output) = (call, sa, index, output)
    packet.clear(hasOutput: output != nil)
    if let output {
      for piece in input { packet.addInput(UnsafeRawBufferPointer(start: piece.buffer, count: Int(piece.length))) }
      for piece in output {
        packet.addOutput(UnsafeMutableRawBufferPointer(start: piece.buffer, count: Int(piece.length)))
      }
    } else {
      packet.addInput(copied(input, byteCount))
    }
  }

  private func copied(_ pieces: UnsafeBufferPointer<g_ipsec_la_data>, _ byteCount: Int) -> UnsafeRawBufferPointer {
    if copy.count < byteCount {
      copy.deallocate()
      copy = .allocate(byteCount: max(byteCount, 256), alignment: 1)
    }
    var offset = 0
    for piece in pieces {
      let source = UnsafeRawBufferPointer(start: piece.buffer, count: Int(piece.length))
      UnsafeMutableRawBufferPointer(rebasing: copy[offset...]).copyMemory(from: source)
      offset += source.count
    }
    return UnsafeRawBufferPointer(rebasing: copy[..<byteCount])
  }

  private func end(_ result: Result<Int, DriverError>) {
    if let output { Self.setLengths(output, (try? result.get()) ?? 0) }
    call?.note(result, index)
  }

  /// The call is over.
  func giveBack() {
    if copy.count > Self.keptByteCount {
      copy.deallocate()
      copy = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    let sa = sa
    (call, self.sa, output) = (nil, nil, nil)
    sa?.giveBack(self)
  }

  /// As much of a result as each piece holds.
  static func setLengths(_ pieces: UnsafeMutableBufferPointer<g_ipsec_la_data>, _ byteCount: Int) {
    var rest = UInt32(byteCount)
    for index in pieces.indices {
      pieces[index].length = min(pieces[index].length, rest)
      rest -= pieces[index].length
    }
  }
}
