import Synchronization
import Wire

/// A part of a virtqueue: contiguous, aligned, resolved once, accessed in naturally aligned units, each access atomic.
///
/// Atomic accesses are what makes "read once" a promise: a compiler neither repeats nor splits them. Whoever has an
/// area keeps its memory alive.
struct RingArea {
  let address: UInt64
  let byteCount: Int
  private let base: UnsafeMutableRawPointer
  private let memory: MemoryHandle

  /// - Throws: `VirtioError.misalignedRing`, `VirtioError.outsideMemory`: also when the area crosses a region's border.
  init(in memory: GuestMemory, at address: UInt64, byteCount: Int, alignment: Int) throws(VirtioError) {
    guard address % UInt64(alignment) == 0 else { throw .misalignedRing(address: address, alignment: alignment) }
    guard let base = memory.handle.base(of: address, byteCount: byteCount) else {
      throw .outsideMemory(address: address, byteCount: byteCount)
    }
    guard Int(bitPattern: base) % alignment == 0 else { throw .misalignedRing(address: address, alignment: alignment) }
    self.address = address
    self.byteCount = byteCount
    self.base = base
    self.memory = memory.handle
  }

  /// Whether the two share a byte.
  func overlaps(_ other: RingArea) -> Bool {
    address < other.address + UInt64(other.byteCount) && other.address < address + UInt64(byteCount)
  }

  @inline(__always)
  private func cell<T: AtomicRepresentable>(_ offset: Int, _ type: T.Type) -> UnsafeMutablePointer<Atomic<T>> {
    precondition(offset >= 0 && offset <= byteCount &- MemoryLayout<T>.size)
    return (base + offset).assumingMemoryBound(to: Atomic<T>.self)
  }

  /// Where a cell is in guest memory, as the whole area is: there is no overflow.
  @inline(__always)
  private func address(of offset: Int) -> UInt64 { address &+ UInt64(truncatingIfNeeded: offset) }

  /// Loads before everything loaded after.
  @inline(__always)
  func load16(_ offset: Int) -> UInt16 {
    let cell = cell(offset, UInt16.self)
    memory.willRead(address(of: offset), 2)
    return UInt16(littleEndian: cell.pointee.load(ordering: .acquiring))
  }

  @inline(__always)
  func load32(_ offset: Int) -> UInt32 {
    let cell = cell(offset, UInt32.self)
    memory.willRead(address(of: offset), 4)
    return UInt32(littleEndian: cell.pointee.load(ordering: .relaxed))
  }

  /// Loads before everything loaded after: half of a packed descriptor says whether the other half is there.
  @inline(__always)
  func load64(_ offset: Int) -> UInt64 {
    let cell = cell(offset, UInt64.self)
    memory.willRead(address(of: offset), 8)
    return UInt64(littleEndian: cell.pointee.load(ordering: .acquiring))
  }

  /// Loads two words after each other, each once, the first before everything loaded after.
  @inline(__always)
  func loadWords(_ offset: Int) -> InlineArray<2, UInt64> {
    precondition(offset >= 0 && offset <= byteCount &- 16)
    let words = (base + offset).assumingMemoryBound(to: Atomic<UInt64>.self)
    memory.willRead(address(of: offset), halves: 8)
    return [words[0].load(ordering: .acquiring), words[1].load(ordering: .acquiring)]
  }

  /// Stores after everything stored before.
  @inline(__always)
  func store16(_ value: UInt16, _ offset: Int) {
    cell(offset, UInt16.self).pointee.store(value.littleEndian, ordering: .releasing)
    memory.didWrite(address(of: offset), 2)
  }

  @inline(__always)
  func store32(_ value: UInt32, _ offset: Int) {
    cell(offset, UInt32.self).pointee.store(value.littleEndian, ordering: .relaxed)
    memory.didWrite(address(of: offset), 4)
  }

  @inline(__always)
  func store64(_ value: UInt64, _ offset: Int) {
    cell(offset, UInt64.self).pointee.store(value.littleEndian, ordering: .relaxed)
    memory.didWrite(address(of: offset), 8)
  }

  /// A full memory barrier.
  @inline(__always)
  func fence(_ barrier: Barrier) { memory.fence(barrier) }

  /// A barrier between earlier accesses and later stores.
  @inline(__always)
  func orderStores(_ barrier: Barrier) { memory.orderStores(barrier) }
}

/// A field of a structure that starts at `base`.
extension RingArea {
  @inline(__always)
  func load(_ field: Field<UInt16>, at base: Int = 0) -> UInt16 { load16(base + field.offset) }
  @inline(__always)
  func load(_ field: Field<UInt32>, at base: Int = 0) -> UInt32 { load32(base + field.offset) }
  @inline(__always)
  func load(_ field: Field<UInt64>, at base: Int = 0) -> UInt64 { load64(base + field.offset) }

  @inline(__always)
  func store(_ value: UInt16, _ field: Field<UInt16>, at base: Int = 0) { store16(value, base + field.offset) }
  @inline(__always)
  func store(_ value: UInt32, _ field: Field<UInt32>, at base: Int = 0) { store32(value, base + field.offset) }
  @inline(__always)
  func store(_ value: UInt64, _ field: Field<UInt64>, at base: Int = 0) { store64(value, base + field.offset) }
}
