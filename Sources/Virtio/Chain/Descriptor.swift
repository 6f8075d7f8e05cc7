import Wire

/// Flags of a descriptor, split and packed (VIRTQ_DESC_F_*).
struct DescriptorFlags: OptionSet {
  let rawValue: UInt16
  static let next = Self(rawValue: 1)
  static let write = Self(rawValue: 2)
  static let indirect = Self(rawValue: 4)
  /// Packed ring only.
  static let available = Self(rawValue: 0x0080)
  /// Packed ring only.
  static let used = Self(rawValue: 0x8000)
}

/// A descriptor of a ring or a table.
struct Descriptor {
  /// Size in bytes, in either format.
  static let byteCount = SplitDescriptor.byteCount

  var address: UInt64
  var byteCount: UInt32
  var flags: DescriptorFlags
  /// Index of the next descriptor in a split ring, buffer ID in a packed one.
  var link: UInt16
}

/// The bytes of a descriptor, as two words that are read and written once each.
typealias DescriptorWords = InlineArray<2, UInt64>

extension Descriptor {
  @inline(__always)
  init(_ format: RingFormat, _ words: DescriptorWords) {
    let (split, packed) = (SplitDescriptor(), PackedDescriptor())
    let isPacked = format == .packed
    @inline(__always) func load<Value: WireInteger>(_ field: Field<Value>) -> Value {
      .load(from: words.span.bytes, at: field.offset, .little)
    }
    self.init(
      address: load(isPacked ? packed.address : split.address),
      byteCount: load(isPacked ? packed.length : split.length),
      flags: DescriptorFlags(rawValue: load(isPacked ? packed.flags : split.flags)),
      link: load(isPacked ? packed.id : split.next))
  }

  @inline(__always)
  func words(_ format: RingFormat) -> DescriptorWords {
    let (split, packed) = (SplitDescriptor(), PackedDescriptor())
    let isPacked = format == .packed
    var words: DescriptorWords = [0, 0]
    // What it changes is handed over: a captured variable would be checked for overlapping accesses at run time.
    @inline(__always) func store<Value: WireInteger>(
      _ value: Value, _ field: Field<Value>, in words: inout DescriptorWords
    ) {
      var span = words.mutableSpan
      var bytes = span.mutableBytes
      value.store(into: &bytes, at: field.offset, .little)
    }
    store(address, isPacked ? packed.address : split.address, in: &words)
    store(byteCount, isPacked ? packed.length : split.length, in: &words)
    store(flags.rawValue, isPacked ? packed.flags : split.flags, in: &words)
    store(link, isPacked ? packed.id : split.next, in: &words)
    return words
  }
}

extension RingArea {
  /// Reads each half of the descriptor at `offset` once.
  @inline(__always)
  func loadDescriptor(at offset: Int, _ format: RingFormat) -> Descriptor {
    Descriptor(format, loadWords(offset))
  }

  /// Reads what follows the address of the descriptor at `offset`, once, without the address.
  @inline(__always)
  func loadDescriptorTail(at offset: Int, _ format: RingFormat) -> Descriptor {
    Descriptor(format, [0, load64(offset + 8).littleEndian])
  }

  @inline(__always)
  func store(_ descriptor: Descriptor, at offset: Int, _ format: RingFormat) {
    let words = descriptor.words(format)
    store64(UInt64(littleEndian: words[0]), offset)
    store64(UInt64(littleEndian: words[1]), offset + 8)
  }
}
