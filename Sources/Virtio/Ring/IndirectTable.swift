extension ChainStorage {
  /// Appends the buffers of an indirect table; returns what is wrong with it.
  ///
  /// A split ring's table is linked by `next`; a packed ring's is read in order, and only WRITE counts in it.
  mutating func append(table: Descriptor, after directCount: Int, queueSize: Int, isPacked: Bool) -> ChainFault? {
    let bytes = Int(table.byteCount)
    guard bytes > 0, bytes % Descriptor.byteCount == 0 else { return .indirectByteCount }
    let tableSize = bytes / Descriptor.byteCount
    guard tableSize + directCount <= queueSize else { return .tooLong }
    guard !table.address.addingReportingOverflow(UInt64(bytes)).overflow else { return .outsideMemory }
    var index = 0
    for _ in 0..<tableSize {
      guard var descriptor = memory.descriptor(at: table.address + UInt64(index * Descriptor.byteCount), isPacked: isPacked)
      else { return .outsideMemory }
      if isPacked { descriptor.flags.formIntersection([.write, .indirect]) }
      guard !descriptor.flags.contains(.indirect) else { return .indirectNested }
      if let fault = append(descriptor) { return fault }
      if isPacked {
        index += 1
      } else {
        guard descriptor.flags.contains(.next) else { return nil }
        guard Int(descriptor.link) < tableSize else { return .nextOutOfRange }
        index = Int(descriptor.link)
      }
    }
    return isPacked ? nil : .tooLong
  }
}

extension MemoryHandle {
  /// Reads a descriptor once, wherever it stands; nil when it is not all in guest memory.
  @inline(__always)
  func descriptor(at address: UInt64, isPacked: Bool) -> Descriptor? {
    var words: (UInt64, UInt64) = (0, 0)
    let isRead = withUnsafeMutableBytes(of: &words) { bytes in
      do throws(VirtioError) { try memory.takeUnretainedValue().read(address: address, into: bytes) } catch { return false }
      return true
    }
    guard isRead else { return nil }
    let second = UInt64(littleEndian: words.1)
    let upper = (UInt16(truncatingIfNeeded: second >> 32), UInt16(truncatingIfNeeded: second >> 48))
    return Descriptor(
      address: UInt64(littleEndian: words.0), byteCount: UInt32(truncatingIfNeeded: second),
      flags: DescriptorFlags(rawValue: isPacked ? upper.1 : upper.0), link: isPacked ? upper.0 : upper.1)
  }
}
