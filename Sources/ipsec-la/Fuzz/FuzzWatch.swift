#if !LIBFUZZER
  import Virtio
#endif

/// Changes memory before one chosen read of the device, and checks each used element that the device writes.
final class FuzzWatch: MemoryObserver {
  private let memory: GuestMemory
  /// Where used elements are, the offset of their ID and of their length, and which of the two is written last.
  private let elements: Range<UInt64>
  private let elementByteCount: UInt64
  private let idOffset: UInt64
  private let lengthOffset: UInt64
  private let idByteCount: Int
  private let lastOffset: UInt64

  private var change: (countdown: Int, address: UInt64, value: UInt64)?
  /// The most bytes that may be said to be written, by ID.
  private var limits: [UInt16: Int] = [:]
  /// Whether used elements may be held back; then what several chains of one ID had written counts.
  var isInOrder = false
  private(set) var elementsChecked = 0
  /// Whether the device is using chains: what it writes then is its own, and not a chain's contents.
  private var isUsing = false

  init(_ memory: GuestMemory, _ format: RingFormat, _ size: Int, _ addresses: QueueAddresses) {
    self.memory = memory
    switch format {
    case .split:
      elements = addresses.device + 4..<addresses.device + 4 + UInt64(8 * size)
      (elementByteCount, idOffset, lengthOffset, idByteCount) = (8, 0, 4, 4)
      lastOffset = lengthOffset
    case .packed:
      elements = addresses.descriptors..<addresses.descriptors + UInt64(16 * size)
      (elementByteCount, idOffset, lengthOffset, idByteCount) = (16, 12, 8, 2)
      lastOffset = idOffset
    }
  }

  /// Has eight bytes changed before a read, after `reads` others.
  func plan(after reads: Int, address: UInt64, value: UInt64) { change = (reads, address, value) }

  /// A chain is about to be used.
  func expect(_ id: UInt16, byteCount: Int) {
    if !isInOrder { limits = [:] }
    limits[id] = max(limits[id] ?? 0, byteCount)
  }

  /// Runs what may write used elements.
  func using<Result>(_ body: () -> Result) -> Result {
    isUsing = true
    defer { isUsing = false }
    return body()
  }

  func observe(_ event: MemoryEvent) {
    switch event {
    case .read: meddle()
    case .write(let address, let byteCount): check(address, byteCount)
    case .fence: break
    }
  }

  private func meddle() {
    guard let (countdown, address, value) = change else { return }
    change = countdown == 0 ? nil : (countdown - 1, address, value)
    if countdown == 0 { try? memory.write(value, address: address) }
  }

  private func check(_ address: UInt64, _ byteCount: Int) {
    guard isUsing, elements.contains(address), (address - elements.lowerBound) % elementByteCount == lastOffset,
      byteCount == (lastOffset == idOffset ? idByteCount : 4)
    else { return }
    let element = address - lastOffset
    guard let id = try? memory.read(UInt16.self, address: element + idOffset),
      let length = try? memory.read(UInt32.self, address: element + lengthOffset)
    else { preconditionFailure("a used element outside memory") }
    guard let limit = limits[id] else { preconditionFailure("buffer \(id) is used, and was not taken") }
    precondition(length <= limit, "used length \(length) above the \(limit) bytes written")
    elementsChecked += 1
  }
}
