import Virtio
import Wire

/// Guest memory as the front end described it: where it is in the guest, in the front end, and here.
struct MemoryTable {
  /// Most regions.
  static let limit = 64

  private struct Slot {
    let guestAddress: UInt64
    let userAddress: UInt64
    let byteCount: UInt64
    let region: MemoryRegion
  }

  private var slots: [Slot] = []

  var regions: [MemoryRegion] { slots.map(\.region) }

  /// Maps one more region.
  ///
  /// - Parameter base: where its description stands in the payload.
  mutating func add(
    _ payload: Payload, at base: Int, _ file: consuming FileDescriptor
  ) throws(Refusal.Reason) {
    guard slots.count < Self.limit else { throw .value("more than \(Self.limit) regions") }
    let user = payload[\MemoryRegionDescription.userAddress, at: base]
    let guest = payload[\MemoryRegionDescription.guestAddress, at: base]
    guard let count = Int(exactly: payload[\MemoryRegionDescription.size, at: base]),
      let offset = Int(exactly: payload[\MemoryRegionDescription.fileOffset, at: base]),
      !user.addingReportingOverflow(UInt64(count)).overflow
    else { throw .value("a region that ends beyond the address space") }
    // Looked at before it is mapped: guest memory would refuse the one, and nobody the other.
    guard !slots.contains(where: { overlap($0.guestAddress, $0.byteCount, guest, UInt64(count)) }) else {
      throw .memory(.overlappingRegions(address: guest))
    }
    guard !slots.contains(where: { overlap($0.userAddress, $0.byteCount, user, UInt64(count)) }) else {
      throw .value("regions that overlap in the front end")
    }
    do throws(VirtioError) {
      let region = try MemoryRegion(at: guest, byteCount: count, fileDescriptor: file.number, offset: offset)
      slots.append(Slot(guestAddress: guest, userAddress: user, byteCount: UInt64(count), region: region))
    } catch { throw .memory(error) }
  }

  /// Forgets the region that is described; where it stands in its file does not matter.
  mutating func remove(_ payload: Payload, at base: Int) throws(Refusal.Reason) {
    guard let index = slots.firstIndex(where: {
      $0.guestAddress == payload[\MemoryRegionDescription.guestAddress, at: base]
        && $0.userAddress == payload[\MemoryRegionDescription.userAddress, at: base]
        && $0.byteCount == payload[\MemoryRegionDescription.size, at: base]
    }) else { throw .value("there is no such region") }
    slots.remove(at: index)
  }

  /// Whether a ring's parts start in regions.
  func contains(_ ring: QueueAddresses) -> Bool {
    [ring.descriptors, ring.driver, ring.device].allSatisfy { part in
      slots.contains { part &- $0.userAddress < $0.byteCount }
    }
  }

  /// Where the guest has what the front end has at `user`.
  func guestAddress(of user: UInt64) throws(Refusal.Reason) -> UInt64 {
    guard let slot = slots.first(where: { user &- $0.userAddress < $0.byteCount }) else {
      throw .value("address 0x\(String(user, radix: 16)) is in no region")
    }
    return slot.guestAddress + (user - slot.userAddress)
  }

  private func overlap(_ start: UInt64, _ count: UInt64, _ other: UInt64, _ otherCount: UInt64) -> Bool {
    start &- other < otherCount || other &- start < count
  }
}
