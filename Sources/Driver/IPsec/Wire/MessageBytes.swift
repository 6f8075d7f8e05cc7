import Wire

/// Messages one after the other, as they go to the device.
struct MessageBytes {
  var bytes: [UInt8] = []
  var guest = ByteOrder.little

  /// Appends a message, zero but for what `fill` writes.
  mutating func append<M: Message>(_ message: M.Type, _ fill: (inout Writer<M>) -> Void = { _ in }) {
    var content = [UInt8](repeating: 0, count: M.byteCount)
    var elements = content.mutableSpan
    if var writer = try? Writer<M>(elements.mutableBytes, guest: guest) { fill(&writer) }
    bytes += content
  }

  mutating func append(_ other: [UInt8]) { bytes += other }

  /// Zeros up to a multiple of `alignment`.
  mutating func align(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
