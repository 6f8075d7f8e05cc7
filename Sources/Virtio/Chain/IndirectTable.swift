extension ChainStorage {
  /// Appends the buffers of an indirect table; returns what is wrong with it.
  ///
  /// A split ring's table is linked by `next`; a packed ring's is read in order, and only WRITE counts in it: the
  /// device ignores the other flags (VIRTIO 1.4, Packed Virtqueues, Indirect Flag).
  mutating func append(table: Descriptor, after directCount: Int, queueSize: Int, _ format: RingFormat) -> ChainFault? {
    let bytes = Int(table.byteCount)
    guard bytes > 0, bytes % Descriptor.byteCount == 0 else { return .indirectByteCount }
    let tableSize = bytes / Descriptor.byteCount
    guard tableSize + directCount <= queueSize else { return .tooLong }
    guard !table.address.addingReportingOverflow(UInt64(bytes)).overflow else { return .outsideMemory }
    var index = 0
    for _ in 0..<tableSize {
      guard let descriptor = memory.descriptor(at: table.address + UInt64(index * Descriptor.byteCount), format)
      else { return .outsideMemory }
      descriptorCount += 1
      guard format == .packed || !descriptor.flags.contains(.indirect) else { return .indirectNested }
      if let fault = append(descriptor) { return fault }
      if format == .packed {
        index += 1
      } else {
        guard descriptor.flags.contains(.next) else { return nil }
        guard Int(descriptor.link) < tableSize else { return .nextOutOfRange }
        index = Int(descriptor.link)
      }
    }
    return format == .packed ? nil : .tooLong
  }
}

extension MemoryHandle {
  /// Reads a descriptor of a table once, wherever it stands; nil when it is not all in guest memory.
  @inline(__always)
  func descriptor(at address: UInt64, _ format: RingFormat) -> Descriptor? {
    let memory = memory.takeUnretainedValue()
    if let area = try? RingArea(in: memory, at: address, byteCount: Descriptor.byteCount, alignment: 8) {
      return area.loadDescriptor(at: 0, format)
    }
    return descriptor(piecewise: address, format)
  }

  /// The same where it is unaligned, or across a border of regions.
  @inline(never)
  private func descriptor(piecewise address: UInt64, _ format: RingFormat) -> Descriptor? {
    var words: DescriptorWords = [0, 0]
    let isRead = withUnsafeMutableBytes(of: &words) { bytes in
      (try? memory.takeUnretainedValue().read(address: address, into: bytes)) != nil
    }
    return isRead ? Descriptor(format, words) : nil
  }
}

extension GuestMemory {
  /// A driver writes a table of descriptors: the first `readableCount` buffers are device-readable, the rest writable.
  ///
  /// - Throws: `VirtioError.outsideMemory`, `.notAllowed`.
  func writeTable(
    _ buffers: Span<Buffer>, readableCount: Int, at table: UInt64, _ format: RingFormat
  ) throws(VirtioError) {
    for index in buffers.indices {
      var flags: DescriptorFlags = index < readableCount ? [] : .write
      let isLinked = format == .split && index < buffers.count - 1
      if isLinked { flags.insert(.next) }
      let descriptor = Descriptor(
        address: buffers[index].address, byteCount: buffers[index].byteCount, flags: flags,
        link: isLinked ? UInt16(index + 1) : 0)
      let words = descriptor.words(format)
      try withUnsafeBytes(of: words) { bytes throws(VirtioError) in
        try write(address: table + UInt64(index * Descriptor.byteCount), bytes)
      }
    }
  }
}
