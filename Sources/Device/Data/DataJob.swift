import Glibc
public import Virtio

/// A chain of a data queue on its way: taken, parsed, loaded, executed, stored.
///
/// Reused from chain to chain, so that a packet costs no allocation.
public final class DataJob {
  public let queue: DeviceQueue
  // One step at a time has the job, and none calls another: accesses to what follows do not overlap.
  /// The life of the device in which it was taken.
  @exclusivity(unchecked) private(set) var life: UInt64 = 0
  @exclusivity(unchecked) var chain: Chain
  /// The SA of the last packet: most packets have the same as the one before.
  @exclusivity(unchecked) var recent: StoredSA?
  /// The SA of the packet at hand, once it is found.
  @inline(__always) var sa: StoredSA { recent! }
  @exclusivity(unchecked) public internal(set) var requests = ReusedArray<PacketRequest>()
  @exclusivity(unchecked) public internal(set) var results = ReusedArray<Result<PacketResult, Rejection>>()
  /// Why nothing of the chain can be done.
  @exclusivity(unchecked) public internal(set) var rejection: Rejection?
  @exclusivity(unchecked) private(set) var workspace: UnsafeMutableRawBufferPointer
  /// Bytes of the workspace in use.
  @exclusivity(unchecked) private(set) var used = 0
  /// Copies of the headers, which the guest may change meanwhile.
  @exclusivity(unchecked) private(set) var headers: UnsafeMutableRawBufferPointer

  init(_ queue: DeviceQueue, in memory: GuestMemory) {
    self.queue = queue
    chain = Chain(in: memory)
    workspace = .allocate(byteCount: 4096, alignment: 64)
    headers = .allocate(byteCount: 256, alignment: 8)
  }

  deinit {
    workspace.deallocate()
    headers.deallocate()
  }

  func begin(_ life: UInt64) {
    if self.life != life { recent = nil }
    self.life = life
    requests.removeAll()
    results.removeAll()
    rejection = nil
    used = 0
  }

  /// Copies readable bytes; nil when there are fewer.
  func readHeaders(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= chain.readableByteCount else { return nil }
    if count > headers.count {
      headers.deallocate()
      headers = .allocate(byteCount: count, alignment: 8)
    }
    let room = UnsafeMutableRawBufferPointer(rebasing: headers[..<count])
    chain.read(at: 0, into: room)
    return UnsafeRawBufferPointer(room)
  }

  /// A stretch of the workspace for the engine.
  func reserve(_ count: Int) -> Range<Int> {
    let range = used..<used + count
    used = range.upperBound
    if used > workspace.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(used, 2 * workspace.count), alignment: 64)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: workspace[..<range.lowerBound]))
      workspace.deallocate()
      workspace = larger
    }
    return range
  }

  /// Copies a packet to its place in the workspace.
  func load(_ index: Int) {
    let room = UnsafeMutableRawBufferPointer(rebasing: workspace[requests[index].packet])
    let input = requests[index].input
    guard requests[index].inputIsWritable else {
      chain.read(at: input.lowerBound, into: room)
      return
    }
    var done = 0
    chain.peekWritable(input) { piece in
      let target = room.baseAddress! + done
      piece.withUnsafeBytes { target.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      done += piece.byteCount
    }
  }

  /// The number of pieces that a packet comes in.
  func pieces(of index: Int) -> Int {
    let input = requests[index].input
    var pieces = 0
    if requests[index].inputIsWritable {
      chain.peekWritable(input) { _ in pieces += 1 }
    } else {
      chain.forEachReadable(input) { _ in pieces += 1 }
    }
    return pieces
  }

  /// Copies a result to its room.
  func store(_ packet: Range<Int>, at offset: Int) {
    chain.write(at: offset, UnsafeRawBufferPointer(rebasing: workspace[packet]))
  }
}
