import Model

extension Layout {
  /// Numbers that a header need not define, for they follow from what stands in others: masks and shifts of bits,
  /// offsets of registers, indices of queues. Where a header has them, they are as ours would be.
  var derivedNumbers: [(name: String, value: UInt64)] {
    let bits = bitLayouts.flatMap { layout in
      layout.ranges.filter { !$0.isReserved }.flatMap { range -> [(String, UInt64)] in
        let name = "\(layout.name)_\(range.name)"
        return range.width == 1
          ? [(name, range.mask)] : [("\(name)_shift", UInt64(range.low)), ("\(name)_mask", range.mask)]
      }
    }
    let offsets = registers.filter { $0.counter == nil && $0.count == nil }.map {
      ("cfg_\($0.name)", UInt64($0.offset))
    }
    let leading = queues.kinds.prefix { !$0.isPaired }.enumerated().map { ("vq_\($1.name)", UInt64($0)) }
    let limits = [("vq_max_pairs", queues.maximumPairs), ("vq_max_size", queues.maximumSize)]
    let identities = [
      ("version", Int(identity.versionRegister)), ("pci_vendor_id", identity.pciVendor),
      ("pci_device_id", identity.pciDevice ?? -1),
    ]
    let counts = (limits + identities).filter { $0.1 >= 0 }.map { ($0.0, UInt64($0.1)) }
    return (bits + offsets + leading + counts).map { ("\(prefix)_\($0.0)".uppercased(), $0.1) }
  }

  /// Whether a number says how many bytes a part of chains may have.
  func isLimit(_ name: String, _ value: UInt64) -> Bool {
    name.lowercased().hasPrefix("\(prefix)_max_")
      && partLists.values.contains { $0.limits.contains { $0.limit == Int(clamping: value) } }
  }

  /// The bits that are reserved where a number is a mask by its name: `2 bits of sa_flag, reserved`.
  func reservedBits(_ name: String, _ value: UInt64) -> String? {
    bitLayouts.first { name.lowercased().hasPrefix("\(prefix)_\($0.name)_") && !name.lowercased().hasSuffix("_shift") }
      .flatMap { layout in
        let bits = value & layout.unused
        return bits == 0 ? nil : "\(bits.nonzeroBitCount.counted("bit")) of \(layout.name), reserved"
      }
  }
}
