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
  /// The SA of the last packet: most packets have the same as the one before.
  @exclusivity(unchecked) var recent: StoredSA?
  /// The SA of the packet at hand, once it is found.
  @inline(__always) var sa: StoredSA { recent! }
  @exclusivity(unchecked) var requests = ReusedArray<PacketRequest>()
  @exclusivity(unchecked) var results = ReusedArray<Result<PacketResult, Rejection>>()
  /// Why nothing of the chain can be done.
  @exclusivity(unchecked) var rejection: Rejection?
  @exclusivity(unchecked) private(set) var workspace: UnsafeMutableRawBufferPointer
  /// Bytes of the workspace in use.
  @exclusivity(unchecked) private(set) var used = 0
  /// Copies of the headers, which the guest may change meanwhile.
  @exclusivity(unchecked) private(set) var headers: UnsafeMutableRawBufferPointer

  init(_ queue: DeviceQueue, in memory: GuestMemory) {
    self.queue = queue
    chain = Chain(in: memory)
    workspace = Self.makeWorkspace()
    headers = .allocate(byteCount: 256, alignment: 8)
  }

  deinit {
    workspace.deallocate()
    headers.deallocate()
  }

  @inline(__always)
  func begin(_ life: UInt64) {
    if self.life != life { recent = nil }
    self.life = life
    requests.removeAll()
    results.removeAll()
    rejection = nil
    used = 0
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

  /// A stretch of the workspace for the engine.
  @inline(__always)
  func reserve(_ count: Int) -> Range<Int> {
    let range = used..<used + count
    used = range.upperBound
    if used > workspace.count { growWorkspace(keeping: range.lowerBound) }
    return range
  }

  @inline(never)
  private func growWorkspace(keeping count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(used, 2 * workspace.count), alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: workspace[..<count]))
    workspace.deallocate()
    workspace = larger
  }

  static func makeWorkspace() -> UnsafeMutableRawBufferPointer { .allocate(byteCount: 4096, alignment: 64) }

  /// Gives the workspace away for another.
  @inline(__always)
  func exchangeWorkspace(_ other: inout UnsafeMutableRawBufferPointer) { swap(&workspace, &other) }

  /// What the engine may use of the workspace for a request.
  @inline(__always)
  func room(of request: Request) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: workspace[request.pointee.workspace])
  }

  // MARK: Packets

  /// Copies a packet to its place in the workspace.
  @inline(__always)
  func load(_ request: Request) {
    let room = UnsafeMutableRawBufferPointer(rebasing: workspace[request.pointee.packet])
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

  /// Notes that the engine has put a result of so many bytes into its room.
  @inline(__always)
  func didStore(_ count: Int, _ request: Request) {
    let start = request.pointee.output.lowerBound
    chain.didWrite(start..<start + count)
    request.pointee.isStored = true
  }

  /// Copies a result to its room.
  func store(_ packet: Range<Int>, at offset: Int) {
    chain.write(at: offset, UnsafeRawBufferPointer(rebasing: workspace[packet]))
  }
}
