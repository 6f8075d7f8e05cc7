import Wire

/// Messages one after the other, as they go to the device; erased when nobody needs them, as there may be keys in them.
struct MessageBytes: ~Copyable {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
  private(set) var count = 0
  private var messages: [(start: Int, message: any Message.Type)] = []
  let guest: ByteOrder

  init(guest: ByteOrder = .little) { self.guest = guest }

  deinit { Self.release(memory, count) }

  private static func release(_ memory: UnsafeMutableRawBufferPointer, _ count: Int) {
    erase(UnsafeMutableRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
  }

  /// Hands out what was appended.
  borrowing func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
  }

  /// Room for more at the end, zero.
  private mutating func extend(by byteCount: Int) -> UnsafeMutableRawBufferPointer {
    if count + byteCount > memory.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(2 * memory.count, count + byteCount), alignment: 8)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
      Self.release(memory, count)
      memory = larger
    }
    let room = UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + byteCount])
    room.initializeMemory(as: UInt8.self, repeating: 0)
    count += byteCount
    return room
  }

  /// Appends a message, zero but for what `fill` writes.
  mutating func append<M: Message>(_ message: M.Type, _ fill: (inout Writer<M>) -> Void = { _ in }) {
    messages.append((count, message))
    let room = extend(by: M.byteCount)
    if var writer = try? Writer<M>(room.mutableBytes, guest: guest) { fill(&writer) }
  }

  mutating func append(_ other: UnsafeRawBufferPointer) { extend(by: other.count).copyMemory(from: other) }
  mutating func append(_ other: [UInt8]) { other.withUnsafeBytes { append($0) } }
  mutating func append(_ secret: Secret) { secret.withBytes { append($0) } }
  mutating func append(_ other: borrowing MessageBytes) {
    for (start, message) in other.messages { messages.append((count + start, message)) }
    other.withBytes { append($0) }
  }

  /// The field that has the byte at an offset, as `message.field`; nil where none has it.
  func place(ofByte offset: Int) -> String? {
    let found = messages.first { ($0.start..<$0.start + $0.message.byteCount).contains(offset) }
    return found.map { $0.message.place(ofByte: offset - $0.start) }
  }

  /// Overwrites what was appended.
  mutating func replace(at offset: Int, with bytes: [UInt8]) {
    UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + bytes.count]).copyBytes(from: bytes)
  }

  /// Zeros up to a multiple of `alignment`.
  mutating func align(to alignment: Int) { _ = extend(by: (alignment - count % alignment) % alignment) }
}
