import Virtio
import Wire

/// In front of a saved state: what it is, and under what it was saved.
struct StateHeader {
  var version: SpecVersion
  var features: FeatureSet

  private static let magic: UInt32 = 0x4c53_5056
  /// Counts up with every change of what follows.
  private static let format: UInt16 = 2

  init(version: SpecVersion, features: FeatureSet) {
    self.version = version
    self.features = features
  }

  init(_ bytes: [UInt8]) throws(StateError) {
    var reader = StateReader(bytes)
    try self.init(reading: &reader)
  }

  init(reading reader: inout StateReader) throws(StateError) {
    guard try reader.read(UInt32.self, "magic") == Self.magic else { throw .notAState }
    let format = try reader.read(UInt16.self, "format")
    guard format == Self.format else { throw .format(found: format, known: Self.format) }
    version = SpecVersion(register: try reader.read(UInt32.self, "version"))
    let low = try reader.read(UInt64.self, "features"), high = try reader.read(UInt64.self, "features")
    features = FeatureSet(rawValue: UInt128(high) << 64 | UInt128(low))
  }

  func write(to writer: inout StateWriter) {
    writer.write(Self.magic)
    writer.write(Self.format)
    writer.write(version.register)
    writer.write(UInt64(truncatingIfNeeded: features.rawValue))
    writer.write(UInt64(truncatingIfNeeded: features.rawValue >> 64))
  }
}
