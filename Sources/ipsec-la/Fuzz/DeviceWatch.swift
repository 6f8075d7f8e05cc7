import Virtio

/// Sees each access of a device to guest memory, and ends the program at one that is not the device's to make.
final class DeviceWatch: MemoryObserver {
  /// Rings, and what was posted with them.
  var rings: Range<UInt64> = 0..<0
  /// Whether a quirk lets the device write where it may only read.
  private let mayOverwrite: Bool
  private var readable: [Range<UInt64>] = []
  private var writable: [Range<UInt64>] = []
  /// Which of the writable bytes were written, in the chain's order.
  private var written: [Bool] = []
  private var isOpen = false

  init(mayOverwrite: Bool) { self.mayOverwrite = mayOverwrite }

  /// A chain is about to be sent.
  func begin(readable: some Sequence<Buffer>, writable: some Sequence<Buffer>) {
    isOpen = false
    self.readable = readable.map(\.range)
    self.writable = writable.map(\.range)
    written = [Bool](repeating: false, count: self.writable.reduce(0) { $0 + $1.count })
  }

  /// Somebody else's chains come, of which nothing is known.
  func allowEverything() { isOpen = true }

  /// No chain is with the device.
  func releaseAll() { begin(readable: [], writable: []) }

  /// Bytes written without a gap from the first writable one on.
  var writtenPrefix: Int { written.firstIndex(of: false) ?? written.count }

  func observe(_ event: MemoryEvent) {
    guard !isOpen else { return }
    switch event {
    case .read(let address, let byteCount):
      let range = address..<address + UInt64(byteCount)
      precondition(([rings] + readable + writable).contains { $0.contains(range) }, "read at \(range)")
    case .write(let address, let byteCount):
      let range = address..<address + UInt64(byteCount)
      let places = [rings] + writable + (mayOverwrite ? readable : [])
      precondition(places.contains { $0.contains(range) }, "write at \(range)")
      note(range)
    case .fence: break
    }
  }

  private func note(_ range: Range<UInt64>) {
    var start = 0
    for buffer in writable {
      let part = range.clamped(to: buffer)
      for address in part { written[start + Int(address - buffer.lowerBound)] = true }
      start += buffer.count
    }
  }
}

extension Buffer {
  fileprivate var range: Range<UInt64> { address..<address + UInt64(byteCount) }
}
