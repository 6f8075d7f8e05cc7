import Synchronization

/// A guest memory without reference counting: for hot paths of what keeps the memory alive by itself.
@usableFromInline
struct MemoryHandle {
  /// A region's facts, flat.
  struct Mapping {
    let start: UInt64
    let byteCount: UInt64
    let base: UnsafeMutableRawPointer

    init(_ region: MemoryRegion) { self.init(region.address, UInt64(region.byteCount), region.base) }

    private init(_ start: UInt64, _ byteCount: UInt64, _ base: UnsafeMutableRawPointer) {
      (self.start, self.byteCount, self.base) = (start, byteCount, base)
    }

    /// Room for a region: no address is in it.
    static var none: Mapping { Mapping(0, 0, UnsafeMutableRawPointer(bitPattern: 1)!) }
  }

  /// How this side's accesses go, at present.
  @usableFromInline
  struct Access {
    @usableFromInline var isWatched = false
    @usableFromInline var isAllowed = true
  }

  private let mappings: UnsafeMutablePointer<Mapping>
  private let end: UnsafeMutablePointer<Mapping>
  @usableFromInline let access: UnsafeMutablePointer<Access>
  @usableFromInline let memory: Unmanaged<GuestMemory>

  /// - Parameter mappings: at least one.
  init(
    mappings: UnsafeMutableBufferPointer<Mapping>, access: UnsafeMutablePointer<Access>, memory: Unmanaged<GuestMemory>
  ) {
    (self.mappings, end) = (mappings.baseAddress!, mappings.baseAddress! + mappings.count)
    (self.access, self.memory) = (access, memory)
  }

  /// The mapping that holds `address`.
  @inline(__always)
  func mapping(of address: UInt64) -> Mapping? {
    var mapping = mappings
    repeat {
      if address &- mapping.pointee.start < mapping.pointee.byteCount { return mapping.pointee }
      mapping += 1
    } while mapping < end
    return nil
  }

  /// Where a range of at least one byte is, if it is in one mapping.
  @inline(__always)
  func base(of address: UInt64, byteCount: Int) -> UnsafeMutableRawPointer? {
    guard let mapping = mapping(of: address), case let offset = address - mapping.start,
      byteCount > 0, UInt64(byteCount) <= mapping.byteCount - offset
    else { return nil }
    return mapping.base + Int(offset)
  }

  /// Whether somebody watches. Most often nobody does: what tells him stands apart from what every packet runs through.
  @inlinable @inline(__always)
  var isWatched: Bool { _slowPath(access.pointee.isWatched) }

  @inlinable @inline(__always)
  func willRead(_ address: UInt64, _ byteCount: Int) {
    if isWatched { Self.report(.read(address: address, byteCount: byteCount), to: memory) }
  }

  /// The same for two reads of so many bytes each, one behind the other.
  @inline(__always)
  func willRead(_ address: UInt64, halves byteCount: Int) {
    if isWatched {
      Self.report(.read(address: address, byteCount: byteCount), to: memory)
      Self.report(.read(address: address + UInt64(byteCount), byteCount: byteCount), to: memory)
    }
  }

  @inlinable @inline(__always)
  func didWrite(_ address: UInt64, _ byteCount: Int) {
    if isWatched { Self.report(.write(address: address, byteCount: byteCount), to: memory) }
  }

  /// A full memory barrier.
  @inline(__always)
  func fence(_ barrier: Barrier) {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if isWatched { Self.report(.fence(barrier), to: memory) }
  }

  /// A barrier between earlier accesses and later stores.
  @inline(__always)
  func orderStores(_ barrier: Barrier) {
    atomicMemoryFence(ordering: .releasing)
    if isWatched { Self.report(.fence(barrier), to: memory) }
  }

  /// Static, so that nothing but the memory is at hand for a call that hardly ever comes.
  @usableFromInline @inline(never)
  static func report(_ event: MemoryEvent, to memory: Unmanaged<GuestMemory>) {
    memory.takeUnretainedValue().report(event)
  }
}
