/// Guest-physical addresses of a virtqueue's three parts.
///
/// Each part lies within one memory region; a buffer may cross from one to the next.
public struct QueueAddresses: Sendable, Hashable, Codable {
  /// Descriptor table, or descriptor ring.
  public var descriptors: UInt64
  /// Available ring, or driver event suppression.
  public var driver: UInt64
  /// Used ring, or device event suppression.
  public var device: UInt64

  public init(descriptors: UInt64 = 0, driver: UInt64 = 0, device: UInt64 = 0) {
    self.descriptors = descriptors
    self.driver = driver
    self.device = device
  }
}

extension QueueAddresses {
  /// A virtqueue's parts one after the other from `base` on, which is a multiple of 16.
  public init(_ format: RingFormat, size: Int, at base: UInt64) {
    switch format {
    case .split:
      let layout = SplitLayout(size: size)
      let used = (layout.descriptorByteCount + layout.availableByteCount + 3) & ~3
      self.init(descriptors: base, driver: base + UInt64(layout.descriptorByteCount), device: base + UInt64(used))
    case .packed:
      let events = base + UInt64(PackedLayout(size: size).descriptorByteCount)
      self.init(descriptors: base, driver: events, device: events + UInt64(PackedEvent.byteCount))
    }
  }

  /// Size in bytes of what the initializer lays out.
  public static func byteCount(_ format: RingFormat, size: Int) -> Int {
    let device = Int(QueueAddresses(format, size: size, at: 0).device)
    return device + (format == .split ? SplitLayout(size: size).usedByteCount : PackedEvent.byteCount)
  }
}
