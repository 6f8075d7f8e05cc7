import CGAPI
import Driver
import Spec
import Wire

/// A call with packets: what is left of it, and what became of the rest.
final class PacketCall {
  private(set) var packets: [LookAsidePacket] = []
  private var count = 0
  private var remaining = 0
  private var firstFailure: (index: Int, errno: Errno)?
  /// Packets that were processed.
  private(set) var doneCount: UInt32 = 0
  /// Called once, when every packet has come back.
  private var finished: ((PacketCall) -> Void)?

  init(finished: @escaping (PacketCall) -> Void) { self.finished = finished }

  var isFinished: Bool { remaining == 0 }
  /// Why the first packet failed that did.
  var failure: Errno? { firstFailure?.errno }

  /// Adds a packet, whose result goes to the pieces.
  func add(
    _ sa: LookAsideSA, _ input: UnsafeBufferPointer<g_ipsec_la_data>,
    _ output: UnsafeMutableBufferPointer<g_ipsec_la_data>
  ) {
    guard let index = place(of: input) else { return setLengths(output, 0) }
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
    guard let index = place(of: input) else { return }
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

  /// Where a packet is among those of the call; nil for one that is too long, which has failed thereby.
  private func place(of input: UnsafeBufferPointer<g_ipsec_la_data>) -> Int? {
    defer { count += 1 }
    if input.reduce(0, { $0 + Int($1.length) }) <= GAPI.maxPacketSize.value { return count }
    fail(count, .EMSGSIZE)
    return nil
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
    case .failure(let error): fail(index, error.errno)
    }
    remaining -= 1
    if remaining == 0 { finish() }
  }

  private func fail(_ index: Int, _ errno: Errno) {
    if index < firstFailure?.index ?? .max { firstFailure = (index, errno) }
  }

  /// Nothing is left of it.
  func finish() {
    packets = []
    let finished = finished
    self.finished = nil
    finished?(self)
  }

  /// Nobody waits any more.
  func abandon() {
    for packet in packets { packet.abandon() }
    packets = []
  }
}
