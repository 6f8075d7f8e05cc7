import Glibc
import Virtio

/// A chain of a data queue on its way: taken, parsed, worked on, answered.
///
/// Reused from chain to chain, so that a packet costs no allocation.
final class DataJob {
  /// A request where it stands: it is too large to be copied for every packet.
  typealias Request = UnsafeMutablePointer<PacketRequest>

  let queue: DeviceQueue
  // One step at a time has the job, and none calls another: accesses to what follows do not overlap.
  /// The life of the device in which it was taken.
  @exclusivity(unchecked) private(set) var life: UInt64 = 0
  @exclusivity(unchecked) var chain: Chain
  @exclusivity(unchecked) var requests = ReusedArray<PacketRequest>()
  /// Why nothing of the chain can be done.
  @exclusivity(unchecked) var rejection: Rejection?
  /// Copies of the headers, which the guest may change meanwhile.
  @exclusivity(unchecked) private(set) var headers: UnsafeMutableRawBufferPointer

  init(_ queue: DeviceQueue, in memory: GuestMemory) {
    self.queue = queue
    chain = Chain(in: memory)
    headers = .allocate(byteCount: 256, alignment: 8)
  }

  deinit { headers.deallocate() }

  @inline(__always)
  func begin(_ life: UInt64) {
    self.life = life
    requests.removeAll()
    rejection = nil
  }

  /// Copies readable bytes; nil when there are fewer.
  @inline(__always)
  func readHeaders(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= chain.readableByteCount else { return nil }
    if count > headers.count { growHeaders(to: count) }
    let room = UnsafeMutableRawBufferPointer(rebasing: headers[..<count])
    chain.read(at: 0, into: room)
    return UnsafeRawBufferPointer(room)
  }

  @inline(never)
  private func growHeaders(to count: Int) {
    headers.deallocate()
    headers = .allocate(byteCount: count, alignment: 8)
  }

  // MARK: Packets

  /// Copies a packet to its place in a workspace.
  @inline(__always)
  func load(_ request: Request, into room: UnsafeMutableRawBufferPointer) {
    if request.pointee.inputIsWritable {
      loadWritable(request.pointee.input, into: room)
    } else {
      chain.read(at: request.pointee.input.lowerBound, into: room)
    }
  }

  @inline(never)
  private func loadWritable(_ input: Range<Int>, into room: UnsafeMutableRawBufferPointer) {
    var done = 0
    chain.peekWritable(input) { piece in
      let target = room.baseAddress! + done
      piece.withUnsafeBytes { target.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      done += piece.byteCount
    }
  }

  /// The number of pieces that a packet comes in.
  func pieces(of request: Request) -> Int {
    let input = request.pointee.input
    var pieces = 0
    if request.pointee.inputIsWritable {
      chain.peekWritable(input) { _ in pieces += 1 }
    } else {
      chain.forEachReadable(input) { _ in pieces += 1 }
    }
    return pieces
  }
}
