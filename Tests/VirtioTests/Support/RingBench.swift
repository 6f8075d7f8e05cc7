@testable import Virtio

/// Both ends of one virtqueue over one memory, each with its own view.
///
/// Memory is 1 MiB at 0: the ring's parts from 0x1000 on, buffers from 0x80000 on.
final class RingBench {
  static let byteCount = 0x10_0000
  static let buffers: UInt64 = 0x8_0000
  static let addresses = QueueAddresses(descriptors: 0x1000, driver: 0x1_1000, device: 0x2_2000)

  let format: RingFormat
  let size: Int
  let driverMemory: GuestMemory
  let deviceMemory: GuestMemory
  var driver: AnyDriverRing
  var device: AnyDeviceRing
  /// The chain that `pop` takes.
  var chain: Chain

  init(_ format: RingFormat, size: Int = 8, features: FeatureSet = [], poison: UInt8 = 0) throws {
    self.format = format
    self.size = size
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: Self.byteCount)])
    if poison != 0 { try memory.write(address: 0, bytes: [UInt8](repeating: poison, count: Self.byteCount)) }
    driverMemory = memory
    deviceMemory = GuestMemory(sharing: memory)
    chain = Chain(in: deviceMemory)
    let options = RingOptions(features)
    driver = try AnyDriverRing(format, in: driverMemory, size: size, at: Self.addresses, options: options)
    device = try AnyDeviceRing(format, in: deviceMemory, size: size, at: Self.addresses, options: options)
  }

  /// Adds a chain; each number is the size of one buffer, one after the other from `address` on.
  func add(
    readable: [UInt32] = [], writable: [UInt32] = [], token: UInt64 = 0, address: UInt64 = RingBench.buffers,
    table: UInt64? = nil
  ) throws(VirtioError) {
    var buffers: [Buffer] = []
    var next = address
    for count in readable + writable {
      buffers.append(Buffer(address: next, byteCount: count))
      next += UInt64(count)
    }
    try driver.add(buffers.span, readableCount: readable.count, token: token, table: table)
  }

  /// Shows the device what was added; whether it wants a kick.
  func kick() -> Bool { driver.publish() }
  func reap() throws(VirtioError) -> Completion? { try driver.reap() }
  /// Shows the driver what was used; whether it wants an interrupt.
  func interrupt() -> Bool { device.publish() }
  /// Asks the driver for kicks; whether there is work already.
  func wantKicks() -> Bool { device.enableNotifications() }
  /// Asks the device for interrupts; whether there is work already.
  func wantInterrupts() -> Bool { driver.enableInterrupts() }
  func pop(into chain: inout Chain) throws(ChainError) -> Bool { try device.pop(into: &chain) }
  func pop() throws(ChainError) -> Bool { try device.pop(into: &chain) }

  /// Takes one chain, writes `bytes` and uses it; whether there was one.
  @discardableResult
  func serve(_ bytes: [UInt8] = []) throws(ChainError) -> Bool {
    guard try pop() else { return false }
    chain.write(at: 0, bytes: bytes)
    device.complete(chain)
    return true
  }
}

extension GuestMemory {
  func write(address: UInt64, bytes: [UInt8]) throws(VirtioError) {
    try bytes.span.bytes.withUnsafeBytes { raw throws(VirtioError) in try write(address: address, raw) }
  }
}

extension Chain {
  mutating func write(at offset: Int, bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { write(at: offset, $0) }
  }

  /// The readable bytes.
  var readableBytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: readableByteCount)
    let count = bytes.withUnsafeMutableBytes { read(at: 0, into: $0) }
    precondition(count == bytes.count)
    return bytes
  }
}
