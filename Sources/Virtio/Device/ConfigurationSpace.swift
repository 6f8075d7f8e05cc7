/// The device-specific configuration: bytes, and a count by which a driver notices that they changed under its hands.
public struct ConfigurationSpace: Sendable, Codable {
  public private(set) var bytes: [UInt8]
  /// Differs whenever something changed since the driver last looked; a transport shows 8 or 32 bits of it.
  public private(set) var generation: UInt32 = 0
  /// Whether the driver looked since the last change; many changes unseen are one.
  private var wasRead = false

  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The driver reads up to 4 bytes; zero beyond the end.
  mutating func read(at offset: Int, byteCount: Int) -> UInt32 {
    wasRead = true
    var value: UInt32 = 0
    for index in 0..<byteCount where bytes.indices.contains(offset + index) {
      value |= UInt32(bytes[offset + index]) << UInt32(8 * index)
    }
    return value
  }

  /// The driver reads the generation.
  mutating func readGeneration() -> UInt32 {
    wasRead = true
    return generation
  }

  /// The driver writes up to 4 bytes; what is beyond the end is lost.
  mutating func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    for index in 0..<byteCount where bytes.indices.contains(offset + index) {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
    }
  }

  /// The device changes its configuration; whether it did.
  mutating func change(at offset: Int, to new: [UInt8]) -> Bool {
    let range = offset..<offset + new.count
    guard !bytes[range].elementsEqual(new) else { return false }
    bytes.replaceSubrange(range, with: new)
    if wasRead { generation &+= 1 }
    wasRead = false
    return true
  }
}
