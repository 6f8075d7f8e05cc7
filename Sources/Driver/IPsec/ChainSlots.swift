/// The chains of a queue that may be under way at once, and the packets of each: all of their room is there from the
/// start, and a chain's token is its number.
struct ChainSlots: ~Copyable {
  private struct Slot {
    /// Packets of the chain that is under way; 0 for none.
    var count = 0
    /// The slot that is free after this one; as many as there are for none.
    var nextFree: Int
  }

  /// Most packets of a chain.
  let packetLimit: Int
  private let slots: UnsafeMutableBufferPointer<Slot>
  /// Each is kept, but those that somebody else keeps.
  private let requests: UnsafeMutableBufferPointer<Unmanaged<IPsecRequest>?>
  private var firstFree = 0

  init(count: Int, packetLimit: Int) {
    self.packetLimit = packetLimit
    slots = .allocate(capacity: count)
    for index in slots.indices { slots.initializeElement(at: index, to: Slot(nextFree: index + 1)) }
    requests = .allocate(capacity: count * packetLimit)
    requests.initialize(repeating: nil)
  }

  deinit {
    for request in requests { request?.letGo() }
    requests.deallocate()
    slots.deallocate()
  }

  var indices: Range<Int> { slots.indices }

  /// The slot that the next chain gets; nil when all are taken.
  var next: Int? { firstFree < slots.count ? firstFree : nil }

  /// Packets of the chain in a slot; 0 for a free one.
  func count(in slot: Int) -> Int { slots[slot].count }

  /// Keeps a chain's packets in the next slot.
  ///
  /// - Precondition: there is one, and a chain may have so many.
  mutating func keep(_ packets: Span<IPsecRequest>) {
    precondition(firstFree < slots.count && packets.count <= packetLimit)
    for index in packets.indices { requests[firstFree * packetLimit + index] = packets[index].keep() }
    let slot = firstFree
    slots[slot].count = packets.count
    firstFree = slots[slot].nextFree
  }

  /// The same of one packet.
  mutating func keep(_ packet: IPsecRequest) {
    precondition(firstFree < slots.count)
    let slot = firstFree
    requests[slot * packetLimit] = packet.keep()
    slots[slot].count = 1
    firstFree = slots[slot].nextFree
  }

  /// Takes a packet out, unless it was taken already, and lets go of it after `body`.
  @inline(__always)
  func take(_ index: Int, from slot: Int, _ body: (IPsecRequest) -> Void) {
    let place = slot * packetLimit + index
    guard let request = requests[place] else { return }
    requests[place] = nil
    // What somebody else keeps may be gone afterwards.
    let isKept = request.lend { $0.isKept }
    request.lend(body)
    if !isKept { request.release() }
  }

  /// No packet is left of a chain; one that was given back already stays so.
  mutating func giveBack(_ slot: Int) {
    guard slots[slot].count > 0 else { return }
    slots[slot] = Slot(nextFree: firstFree)
    firstFree = slot
  }
}

extension IPsecRequest {
  /// A reference to be let go of.
  fileprivate func keep() -> Unmanaged<IPsecRequest> { isKept ? .passUnretained(self) : .passRetained(self) }
}

extension Unmanaged<IPsecRequest> {
  fileprivate func letGo() { if !lend({ $0.isKept }) { release() } }
}
