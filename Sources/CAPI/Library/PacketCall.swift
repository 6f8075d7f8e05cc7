import CGAPI
import Driver
import Spec
import Wire

/// A call with packets: what is left of it, and what became of the rest. The library uses it again.
final class PacketCall {
  /// How it ends when every packet has come back.
  enum Ending {
    /// Whoever made it waits.
    case answer
    case callback(Application, g_ipsec_la_resp_args, StaticString)
    case silence(Application)
  }

  var ending = Ending.answer
  private(set) var packets: [CallPacket] = []
  /// The same as the driver takes them.
  private(set) var submitted: [LookAsidePacket] = []
  private var count = 0
  private var remaining = 0
  private var firstFailure: (index: Int, errno: Errno)?
  /// Packets that were processed.
  private(set) var doneCount: UInt32 = 0
  /// Called once, when every packet has come back.
  private let finished: (PacketCall) -> Void

  init(finished: @escaping (PacketCall) -> Void) { self.finished = finished }

  var isFinished: Bool { remaining == 0 }
  /// Why the first packet failed that did.
  var failure: Errno? { firstFailure?.errno }

  /// Adds a packet, whose result goes to the pieces; where nobody wants it, its bytes are copied now.
  func add(
    _ sa: SAEntry, _ input: UnsafeBufferPointer<g_ipsec_la_data>,
    _ output: UnsafeMutableBufferPointer<g_ipsec_la_data>?
  ) {
    defer { count += 1 }
    let byteCount = input.reduce(0) { $0 + Int($1.length) }
    guard byteCount <= GAPI.maxPacketSize.value else {
      if let output { CallPacket.setLengths(output, 0) }
      return fail(count, .EMSGSIZE)
    }
    let packet = sa.takePacket()
    packet.begin(self, sa, count, input, output, byteCount)
    packets.append(packet)
    submitted.append(packet.packet)
    remaining += 1
  }

  /// A packet has come back.
  func note(_ result: Result<Int, DriverError>, _ index: Int) {
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
    for packet in packets { packet.giveBack() }
    forget()
    finished(self)
  }

  /// Nobody waits any more; what is under way is the driver's.
  func abandon() {
    for packet in packets { packet.packet.abandon() }
    forget()
  }

  private func forget() { packets.removeAll(keepingCapacity: true) }

  /// The driver has the packets, or has refused them. Not before: while the driver goes through them, who finishes the
  /// call could not use their place again.
  func didSubmit() { submitted.removeAll(keepingCapacity: true) }

  /// As it was made.
  func reset() {
    forget()
    (ending, count, remaining, firstFailure, doneCount) = (.answer, 0, 0, nil, 0)
  }
}
