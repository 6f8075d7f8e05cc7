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
      guard let descriptor = memory.descriptor(at: table.address + UInt64(index * Descriptor.byteCount), isPacked: isPacked)
      else { return .outsideMemory }
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
  /// Reads a descriptor of a table once, wherever it stands; nil when it is not all in guest memory.
  @inline(__always)
  func descriptor(at address: UInt64, isPacked: Bool) -> Descriptor? {
    guard let (first, second) = descriptorWords(at: address) else { return nil }
    let upper = (UInt16(truncatingIfNeeded: second >> 32), UInt16(truncatingIfNeeded: second >> 48))
    return Descriptor(
      address: first, byteCount: UInt32(truncatingIfNeeded: second),
      flags: DescriptorFlags(rawValue: isPacked ? upper.1 : upper.0), link: isPacked ? upper.0 : upper.1)
  }

  private func descriptorWords(at address: UInt64) -> (UInt64, UInt64)? {
    if let area = try? RingArea(in: memory.takeUnretainedValue(), at: address, byteCount: 16, alignment: 8) {
      return (area.load64(0), area.load64(8))
    }
    // Unaligned, or across a border of regions.
    var words: (UInt64, UInt64) = (0, 0)
    let isRead = withUnsafeMutableBytes(of: &words) { bytes in
      (try? memory.takeUnretainedValue().read(address: address, into: bytes)) != nil
    }
    return isRead ? (UInt64(littleEndian: words.0), UInt64(littleEndian: words.1)) : nil
  }
}
