import Synchronization
import Wire

extension InboundAssociation {
  /// Bytes of a packet that `decapsulate(_:packet:textAt:)` wants in the buffer.
  public static let frontLength = 128

  /// Whether all of a packet's headers stand in its first `frontLength` bytes: not where IPv4 options or IPv6
  /// extension headers come first.
  public static func hasShortFront(_ bytes: RawSpan, at start: Int) -> Bool {
    guard start + frontLength <= bytes.byteCount else { return false }
    let next: UInt8
    switch bytes.load(UInt8.self, at: start, .big) {
    case 0x45: next = bytes.load(UInt8.self, at: start + 9, .big)
    case 0x60...0x6f: next = bytes.load(UInt8.self, at: start + 6, .big)
    default: return false
    }
    return next == SecurityProtocol.esp.number || next == SecurityProtocol.wesp.number || next == IPProtocol.udp
  }

  /// Checks and unwraps a packet that stands in memory that somebody else may change meanwhile, such as a guest's, and
  /// of which only the headers are copied before.
  ///
  /// Everything is decided on the buffer, which is the caller's alone: headers are read there, and trailer and inner
  /// packet once they are decrypted. At `foreign`, text and ICV are read: the ICV once, the text once to authenticate
  /// and once to decrypt. Who changes it between the two gets what he has put there, decrypted: whoever can write to
  /// this memory has the key, as he has set up the association. From the network, nobody can.
  ///
  /// - Parameters:
  ///   - buffer: the first `frontLength` bytes of the packet stand in it already; it has room for all others.
  ///   - foreign: the whole packet.
  /// - Precondition: `worksApart`, and `hasShortFront` of the packet.
  /// - Returns: where in the buffer the inner packet lies.
  /// - Throws: what `decapsulate(inPlace:packet:)` throws. Nothing decrypted is left in the buffer then.
  public func decapsulate(
    _ buffer: inout MutableRawSpan, packet: Range<Int>, textAt foreign: UnsafeRawPointer
  ) throws(Refusal) -> Outcome {
    precondition(worksApart && Self.hasShortFront(buffer.bytes, at: packet.lowerBound))
    return try progress.withLock { progress throws(Refusal) in
      var plan = DecapsulationPlan(packet)
      do throws(Refusal) { try locate(buffer.bytes, &plan, &progress) } catch {
        progress.statistics.count(error)
        throw error
      }
      let result = open(&buffer, plan, textAt: foreign - packet.lowerBound, progress.transform)
      return try settle(&buffer, plan, result, &progress)
    }
  }

  /// - Parameter foreign: where the packet stands, less its place in the buffer.
  @inline(__always)
  private func open(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, textAt foreign: UnsafeRawPointer,
    _ transform: any Transform
  ) -> CryptoResult {
    buffer.withUnsafeMutableBytes {
      var job = jobESP($0.baseAddress.unsafelyUnwrapped, plan)
      job.source = foreign + plan.payload
      // No transform writes to it.
      job.icv = UnsafeMutableRawPointer(mutating: foreign + plan.textEnd)
      withUnsafeMutablePointer(to: &job) { transform.open(UnsafeMutableBufferPointer(start: $0, count: 1)) }
      return job.result
    }
  }
}
