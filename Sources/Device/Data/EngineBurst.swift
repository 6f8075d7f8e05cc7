import ESP
import Virtio

/// Packets for the engine, from chains that stay where they are meanwhile: consecutive ones of one SA go together.
struct EngineBurst: ~Copyable {
  private var packets = ReusedArray<BurstPacket>()
  private var origins = ReusedArray<Origin>()

  /// Where a packet comes from.
  struct Origin {
    let job: Unmanaged<DataJob>
    let request: DataJob.Request
    /// Nothing is deleted while packets are on their way: the store keeps it.
    let sa: Unmanaged<StoredSA>
    /// A dummy, or of a bundle: nothing that the engine takes together with others.
    let isSingle: Bool

    @inline(__always)
    fileprivate func goes(with other: Origin) -> Bool {
      !isSingle && !other.isSingle && sa.toOpaque() == other.sa.toOpaque()
    }
  }

  @inline(__always)
  mutating func append(_ packet: BurstPacket, _ origin: Origin) {
    packets.append(packet)
    origins.append(origin)
  }

  @inline(__always)
  mutating func removeAll() {
    packets.removeAll()
    origins.removeAll()
  }

  /// Hands out packets that go together, in order.
  @inline(__always)
  func forEachRun(_ body: (UnsafeMutableBufferPointer<BurstPacket>, UnsafeMutableBufferPointer<Origin>) -> Void) {
    var start = 0
    while start < packets.count {
      var end = start + 1
      while end < packets.count, origins[start].goes(with: origins[end]) { end += 1 }
      body(
        UnsafeMutableBufferPointer(start: packets.pointer(to: start), count: end - start),
        UnsafeMutableBufferPointer(start: origins.pointer(to: start), count: end - start))
      start = end
    }
  }
}

extension UncountedAssociation {
  /// Has the engine process packets.
  func process(_ packets: UnsafeMutableBufferPointer<BurstPacket>) {
    var packets = packets.mutableSpan
    switch self {
    case .outbound(let association): association._withUnsafeGuaranteedRef { $0.encapsulate(&packets) }
    case .inbound(let association): association._withUnsafeGuaranteedRef { $0.decapsulate(&packets) }
    }
  }
}
