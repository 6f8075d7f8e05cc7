import Wire

/// The header that a tunnel puts in front, prepared once: what changes per packet is passed to `write`.
struct OuterHeader: Sendable {
  let version: IPVersion
  private let source: IPAddress
  private let destination: IPAddress
  private let hopLimit: UInt8
  private let next: UInt8
  /// The checksum's share of what never changes.
  private let sum: UInt64

  init(source: IPAddress, destination: IPAddress, hopLimit: UInt8, next: UInt8) {
    self.version = source.version
    self.source = source
    self.destination = destination
    self.hopLimit = hopLimit
    self.next = next
    self.sum = 0x4500 + UInt64(hopLimit) << 8 + UInt64(next) + source.sum + destination.sum
  }

  var length: Int { version.headerLength }

  /// Writes the header at `offset`.
  @inline(__always)
  func write(
    _ buffer: inout MutableRawSpan, at offset: Int, totalLength: Int, trafficClass: UInt8, dontFragment: Bool,
    identification: UInt16, flowLabel: UInt32
  ) {
    switch (source, destination) {
    case (.v4(let source), .v4(let destination)):
      let flags: UInt16 = dontFragment ? 0x4000 : 0
      let checksum = Checksum.fold(
        sum + UInt64(trafficClass) + UInt64(totalLength) + UInt64(identification) + UInt64(flags))
      buffer.store(0x4500_0000 | UInt32(trafficClass) << 16 | UInt32(totalLength), at: offset, .big)
      buffer.store(UInt32(identification) << 16 | UInt32(flags), at: offset + 4, .big)
      buffer.store(UInt32(hopLimit) << 24 | UInt32(next) << 16 | UInt32(checksum), at: offset + 8, .big)
      buffer.store(source, at: offset + 12, .big)
      buffer.store(destination, at: offset + 16, .big)
    case (.v6(let source, let sourceLow), .v6(let destination, let destinationLow)):
      buffer.store(0x6000_0000 | UInt32(trafficClass) << 20 | flowLabel & 0xf_ffff, at: offset, .big)
      buffer.store(UInt32(totalLength - 40) << 16 | UInt32(next) << 8 | UInt32(hopLimit), at: offset + 4, .big)
      buffer.store(source, at: offset + 8, .big)
      buffer.store(sourceLow, at: offset + 16, .big)
      buffer.store(destination, at: offset + 24, .big)
      buffer.store(destinationLow, at: offset + 32, .big)
    default: preconditionFailure("parameters admit no mixed tunnels")
    }
  }
}
