/// What is wrong with memory, a queue's set-up, or a request of the driver's own side.
public enum VirtioError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A region of no bytes, or one that ends beyond the address space.
  case badRegion(address: UInt64, byteCount: Int)
  case overlappingRegions(address: UInt64)
  case mapFailed(errno: Int32)
  /// A file to map that ends before the bytes that are wanted of it.
  case fileTooShort(byteCount: Int)
  case outsideMemory(address: UInt64, byteCount: Int)
  /// The PCI function is no bus master.
  case notAllowed
  case misalignedRing(address: UInt64, alignment: Int)
  /// A queue size that the ring's format does not allow, or that exceeds the device's.
  case badQueueSize(Int)
  /// Two parts of one virtqueue share bytes.
  case overlappingRings
  /// The ring has no room for the whole chain.
  case ringFull
  /// A chain of no buffers, or of more than the device takes.
  case badChainLength(Int)
  /// More than 2³² bytes in a chain.
  case chainTooLarge
  case indirectNotNegotiated
  /// The device used a buffer that was not available, or reports more bytes than the buffer has.
  case badUsedElement(id: UInt16, byteCount: UInt32)
  /// A register access that the device does not answer; the driver cannot go on.
  case badDevice(String)
  /// The device refused the features, or offers too few.
  case featuresRefused
  /// The device did not do what was waited for.
  case timeout(String)

  public var description: String {
    switch self {
    case .badRegion(let address, let count): "memory: no region of \(count) bytes can stand at \(hex(address))"
    case .overlappingRegions(let address): "memory: the region at \(hex(address)) overlaps the one before it"
    case .mapFailed(let errno): "memory: mmap failed with errno \(errno)"
    case .fileTooShort(let count): "memory: the file does not have the \(count) bytes to map"
    case .outsideMemory(let address, let count): "memory: \(count) bytes at \(hex(address)) are not guest memory"
    case .notAllowed: "memory: the function is no bus master"
    case .misalignedRing(let address, let alignment): "queue: \(hex(address)) is not a multiple of \(alignment)"
    case .badQueueSize(let size): "queue: size \(size) is not allowed"
    case .overlappingRings: "queue: its parts overlap"
    case .ringFull: "queue: no room for the chain"
    case .badChainLength(let count): "queue: a chain of \(count) buffers is not allowed"
    case .chainTooLarge: "queue: a chain has at most 2^32 bytes"
    case .indirectNotNegotiated: "queue: VIRTIO_F_INDIRECT_DESC was not negotiated"
    case .badUsedElement(let id, let count): "queue: the device used buffer \(id) with \(count) bytes, which cannot be"
    case .badDevice(let what): "device: \(what)"
    case .featuresRefused: "device: no common set of features"
    case .timeout(let what): "device: gave up waiting for \(what)"
    }
  }
}

/// A number in hexadecimal.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
