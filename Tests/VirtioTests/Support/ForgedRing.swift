@testable import Virtio

/// A driver without manners: writes descriptors of its choice straight into a ring, split or packed.
final class ForgedRing {
  struct Entry {
    var address: UInt64 = RingBench.buffers
    var byteCount: UInt32 = 16
    var flags: DescriptorFlags = []
    /// Split ring, and tables: index of the next descriptor.
    var next: UInt16 = 0
  }

  let bench: RingBench
  private var index: UInt16 = 0
  private var memory: GuestMemory { bench.driverMemory }

  init(_ format: RingFormat, size: Int = 8, features: FeatureSet = .indirectDescriptors) throws {
    bench = try RingBench(format, size: size, features: features)
  }

  /// Writes descriptors from slot 0 on and makes the chain at `head` available.
  func offer(_ entries: [Entry], head: UInt16 = 0, id: UInt16 = 0) throws {
    for (slot, entry) in entries.enumerated() {
      let isPacked = bench.format == .packed
      let flags = isPacked ? entry.flags.union(.available) : entry.flags
      let address = RingBench.addresses.descriptors + UInt64(slot * 16)
      try write(entry, flags, link: isPacked ? id : entry.next, at: address, isPacked)
    }
    if bench.format == .split {
      try memory.write(head, address: RingBench.addresses.driver + 4 + UInt64(Int(index) % bench.size * 2))
      index &+= 1
      try setAvailableIndex(index)
    }
  }

  func setAvailableIndex(_ index: UInt16) throws { try memory.write(index, address: RingBench.addresses.driver + 2) }

  /// Writes an indirect table.
  func writeTable(_ entries: [Entry], at address: UInt64) throws {
    for (slot, entry) in entries.enumerated() {
      try write(entry, entry.flags, link: entry.next, at: address + UInt64(slot * 16), bench.format == .packed)
    }
  }

  private func write(
    _ entry: Entry, _ flags: DescriptorFlags, link: UInt16, at address: UInt64, _ isPacked: Bool
  ) throws {
    try memory.write(entry.address, address: address)
    try memory.write(entry.byteCount, address: address + 8)
    try memory.write(isPacked ? link : flags.rawValue, address: address + 12)
    try memory.write(isPacked ? flags.rawValue : link, address: address + 14)
  }

  /// What the device makes of it: nil where the chain is good, or there is none.
  func fault() -> ChainFault? {
    do throws(ChainError) {
      _ = try bench.pop()
      return nil
    } catch {
      return error.fault
    }
  }
}
