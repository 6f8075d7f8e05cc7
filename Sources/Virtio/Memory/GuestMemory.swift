/// Guest-physical memory as one side, driver or device, sees it.
///
/// Two sides share regions and have a `GuestMemory` each, so that an observer knows whose accesses it sees.
/// Every access is checked against the regions; one that crosses from a region into an adjacent one is served.
public final class GuestMemory {
  public private(set) var regions: [MemoryRegion]
  private let mappings: UnsafeMutableBufferPointer<MemoryHandle.Mapping>
  private let access: UnsafeMutablePointer<MemoryHandle.Access>

  /// Sees every access of this side; nil costs one branch an access.
  public var observer: (any MemoryObserver)? { didSet { updateWatch() } }
  /// Takes note of every page that this side writes.
  public var dirtyLog: DirtyLog? { didSet { updateWatch() } }
  /// Whether this side may access memory at all: a PCI function only while it is a bus master.
  public var isAllowed = true { didSet { access.pointee.isAllowed = isAllowed } }

  /// - Parameter room: for how many regions there is to be room when they are replaced; nil for as many as there are.
  /// - Throws: `VirtioError.overlappingRegions`.
  public init(regions: [MemoryRegion], room: Int? = nil) throws(VirtioError) {
    self.regions = try Self.sorted(regions)
    access = .allocate(capacity: 1)
    access.initialize(to: MemoryHandle.Access())
    mappings = .allocate(capacity: max(regions.count, room ?? 0, 1))
    map()
  }

  private static func sorted(_ regions: [MemoryRegion]) throws(VirtioError) -> [MemoryRegion] {
    let sorted = regions.sorted { $0.address < $1.address }
    for (lower, upper) in zip(sorted, sorted.dropFirst())
    where lower.address + UInt64(lower.byteCount) > upper.address {
      throw .overlappingRegions(address: upper.address)
    }
    return sorted
  }

  private func map() {
    for index in mappings.indices {
      let region = index < regions.count ? regions[index] : nil
      mappings.initializeElement(at: index, to: region.map(MemoryHandle.Mapping.init) ?? .none)
    }
  }

  /// Has other regions from now on; `VirtioDevice.replaceMemory` does so under a device.
  ///
  /// - Precondition: there is room for so many.
  /// - Throws: `VirtioError.overlappingRegions`; nothing has changed then.
  func replace(with regions: [MemoryRegion]) throws(VirtioError) {
    precondition(regions.count <= mappings.count, "no room for \(regions.count) regions")
    self.regions = try Self.sorted(regions)
    map()
  }

  /// The other side's view of the same bytes.
  public convenience init(sharing other: GuestMemory) {
    do { try self.init(regions: other.regions) } catch { preconditionFailure("regions were checked: \(error)") }
  }

  deinit {
    mappings.deallocate()
    access.deallocate()
  }

  /// For those who keep this memory alive.
  var handle: MemoryHandle { MemoryHandle(mappings: mappings, access: access, memory: .passUnretained(self)) }

  private func updateWatch() { access.pointee.isWatched = observer != nil || dirtyLog != nil }

  /// Passes on what happened.
  func report(_ event: MemoryEvent) {
    if case .write(let address, let count) = event { dirtyLog?.mark(address: address, byteCount: count) }
    observer?.observe(event)
  }

  // MARK: Translation

  /// Whether the whole range is guest memory.
  public func contains(address: UInt64, byteCount: Int) -> Bool {
    handle.base(of: address, byteCount: byteCount) != nil || containsPieces(address: address, byteCount: byteCount)
  }

  @inline(never)
  private func containsPieces(address: UInt64, byteCount: Int) -> Bool {
    (try? forEachPiece(address: address, byteCount: byteCount) { _, _, _ in }) != nil
  }

  /// Cuts a range at region borders: guest address, host bytes and size of each piece, in order.
  @inline(__always)
  func forEachPiece(
    address: UInt64, byteCount: Int, _ body: (UInt64, UnsafeMutableRawPointer, Int) -> Void
  ) throws(VirtioError) {
    guard !address.addingReportingOverflow(UInt64(byteCount)).overflow else {
      throw .outsideMemory(address: address, byteCount: byteCount)
    }
    var address = address
    var left = UInt64(byteCount)
    while left > 0 {
      guard let mapping = handle.mapping(of: address) else {
        throw .outsideMemory(address: address, byteCount: Int(left))
      }
      let offset = address - mapping.start
      let piece = min(left, mapping.byteCount - offset)
      body(address, mapping.base + Int(offset), Int(piece))
      address += piece
      left -= piece
    }
  }

  // MARK: Access

  /// Copies bytes out of guest memory; nothing is copied when part of the range is outside.
  ///
  /// - Throws: `VirtioError.outsideMemory`, `.notAllowed`.
  public func read(address: UInt64, into bytes: UnsafeMutableRawBufferPointer) throws(VirtioError) {
    guard access.pointee.isAllowed else { throw .notAllowed }
    if let base = handle.base(of: address, byteCount: bytes.count) {
      handle.willRead(address, bytes.count)
      return bytes.copyMemory(from: UnsafeRawBufferPointer(start: base, count: bytes.count))
    }
    try readPieces(address: address, into: bytes)
  }

  @inline(never)
  private func readPieces(address: UInt64, into bytes: UnsafeMutableRawBufferPointer) throws(VirtioError) {
    try forEachPiece(address: address, byteCount: bytes.count) { _, _, _ in }
    var done = 0
    try forEachPiece(address: address, byteCount: bytes.count) { address, base, count in
      handle.willRead(address, count)
      bytes.baseAddress!.advanced(by: done).copyMemory(from: base, byteCount: count)
      done += count
    }
  }

  /// Copies bytes into guest memory; nothing is copied when part of the range is outside.
  ///
  /// - Throws: `VirtioError.outsideMemory`, `.notAllowed`.
  public func write(address: UInt64, _ bytes: UnsafeRawBufferPointer) throws(VirtioError) {
    guard access.pointee.isAllowed else { throw .notAllowed }
    if let base = handle.base(of: address, byteCount: bytes.count) {
      UnsafeMutableRawBufferPointer(start: base, count: bytes.count).copyMemory(from: bytes)
      return handle.didWrite(address, bytes.count)
    }
    try writePieces(address: address, bytes)
  }

  @inline(never)
  private func writePieces(address: UInt64, _ bytes: UnsafeRawBufferPointer) throws(VirtioError) {
    try forEachPiece(address: address, byteCount: bytes.count) { _, _, _ in }
    var done = 0
    try forEachPiece(address: address, byteCount: bytes.count) { address, base, count in
      base.copyMemory(from: bytes.baseAddress! + done, byteCount: count)
      handle.didWrite(address, count)
      done += count
    }
  }

  /// Reads a little-endian integer, aligned or not.
  ///
  /// - Throws: `VirtioError.outsideMemory`.
  public func read<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, address: UInt64) throws(VirtioError) -> T {
    var value: T = 0
    try withUnsafeMutableBytes(of: &value) { bytes throws(VirtioError) in try read(address: address, into: bytes) }
    return T(littleEndian: value)
  }

  /// Writes a little-endian integer, aligned or not.
  ///
  /// - Throws: `VirtioError.outsideMemory`.
  public func write<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, address: UInt64) throws(VirtioError) {
    try withUnsafeBytes(of: value.littleEndian) { bytes throws(VirtioError) in try write(address: address, bytes) }
  }

  /// Copies out `byteCount` bytes; for tests and tools, as it allocates.
  ///
  /// - Throws: `VirtioError.outsideMemory`.
  public func bytes(address: UInt64, byteCount: Int) throws(VirtioError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 1)
    defer { buffer.deallocate() }
    try read(address: address, into: buffer)
    return Array(buffer)
  }
}
