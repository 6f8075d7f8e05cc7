import CGAPI
import Driver
import Spec

/// A call with packets: what is left of it, and what became of the rest.
final class PacketCall {
  private(set) var packets: [LookAsidePacket] = []
  private var remaining = 0
  private var firstFailure: (index: Int, errno: Errno)?
  private var doneCount: UInt32 = 0
  /// Called once, when every packet has come back.
  private let finished: (g_ipsec_la_packet_outargs) -> Void

  init(finished: @escaping (g_ipsec_la_packet_outargs) -> Void) { self.finished = finished }

  var isFinished: Bool { remaining == 0 }
  var outargs: g_ipsec_la_packet_outargs {
    g_ipsec_la_packet_outargs(result: firstFailure.map { -$0.errno.rawValue } ?? 0, num_done: doneCount)
  }

  /// Adds a packet, whose result goes to the pieces.
  func add(
    _ sa: LookAsideSA, _ input: UnsafeBufferPointer<g_ipsec_la_data>,
    _ output: UnsafeMutableBufferPointer<g_ipsec_la_data>
  ) {
    let index = packets.count
    add(
      LookAsidePacket(
        sa, input: input.map { UnsafeRawBufferPointer(start: $0.buffer, count: Int($0.length)) },
        output: output.map { UnsafeMutableRawBufferPointer(start: $0.buffer, count: Int($0.length)) }
      ) { [self] result in
        setLengths(output, (try? result.get()) ?? 0)
        note(result, index)
      })
  }

  /// Adds a packet whose bytes are copied now, and whose result nobody wants.
  func addCopy(_ sa: LookAsideSA, _ input: UnsafeBufferPointer<g_ipsec_la_data>) {
    let index = packets.count
    let copy = Copy(input)
    add(
      LookAsidePacket(sa, input: [UnsafeRawBufferPointer(copy.bytes)], output: nil) { [self] result in
        withExtendedLifetime(copy) { note(result, index) }
      })
  }

  /// A packet's bytes, for as long as it is on its way.
  private final class Copy {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ pieces: UnsafeBufferPointer<g_ipsec_la_data>) {
      bytes = .allocate(byteCount: pieces.reduce(0) { $0 + Int($1.length) }, alignment: 1)
      var offset = 0
      for piece in pieces {
        let source = UnsafeRawBufferPointer(start: piece.buffer, count: Int(piece.length))
        UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(from: source)
        offset += source.count
      }
    }

    deinit { bytes.deallocate() }
  }

  private func add(_ packet: LookAsidePacket) {
    packets.append(packet)
    remaining += 1
  }

  /// As much of the result as each piece holds.
  private func setLengths(_ pieces: UnsafeMutableBufferPointer<g_ipsec_la_data>, _ byteCount: Int) {
    var rest = UInt32(byteCount)
    for index in pieces.indices {
      pieces[index].length = min(pieces[index].length, rest)
      rest -= pieces[index].length
    }
  }

  private func note(_ result: Result<Int, DriverError>, _ index: Int) {
    switch result {
    case .success: doneCount += 1
    case .failure(let error):
      if index < firstFailure?.index ?? .max { firstFailure = (index, error.errno) }
    }
    remaining -= 1
    guard remaining == 0 else { return }
    packets = []
    finished(outargs)
  }

  /// Nobody waits any more.
  func abandon() {
    for packet in packets { packet.abandon() }
    packets = []
  }
}
