import Foundation
import VhostUser

/// Guest memory with a ring in it that nearly obeys the rules, so that a device has something to take before it finds
/// what does not.
struct HostileRing: ~Copyable {
  /// Where the ring's three parts are.
  static let places: [UInt64] = [0x1000, 0x2000, 0x3000]
  /// Entries; a ring that is said to be smaller has those before.
  private static let size = 4
  let file: FileDescriptor
  private let byteCount: Int
  private let isPacked: Bool

  init(byteCount: Int, _ input: inout FuzzInput) throws {
    self.byteCount = byteCount
    isPacked = input.oneIn(3)
    file = try .memory("fuzz", byteCount: byteCount + 4096)
    for entry in 0..<Self.size { writeDescriptor(entry, &input) }
    for place in Self.places[1...] { write((0..<16).map { _ in 0 }, at: Int(place)) }
    for entry in 0..<Self.size { write([UInt8(entry), 0], at: 0x2004 + 2 * entry) }
    // What commands and packets say, mostly little.
    write((0..<0x400).map { _ in input.oneIn(4) ? input.byte() : UInt8(input.below(4)) }, at: 0x4000)
  }

  /// Counts the driver's index up in a split ring, or describes a buffer anew in either; seldom writes anywhere.
  borrowing func makeAvailable(_ input: inout FuzzInput) {
    switch input.below(16) {
    case 0: write([input.byte(), input.byte()], at: input.below(0x4000))
    case 1...4: writeDescriptor(input.below(Self.size), &input)
    default:
      if !isPacked { write([UInt8(truncatingIfNeeded: read(0x2002) &+ 1)], at: 0x2002) }
    }
  }

  /// A descriptor that may be followed by the next one.
  private borrowing func writeDescriptor(_ entry: Int, _ input: inout FuzzInput) {
    let address = 0x4000 + input.below(64) * 64
    let isLast = entry + 1 == Self.size || !input.oneIn(2)
    var flags = (isLast ? 0 : 1) | (input.oneIn(2) ? 2 : 0)
    // Available, the first time around.
    if isPacked { flags |= 0x80 }
    let last = isPacked ? [entry, flags] : [flags, entry + 1]
    let bytes =
      (0..<8).map { address >> (8 * $0) } + [input.below(256), input.below(4), 0, 0] + last.flatMap { [$0, $0 >> 8] }
    write(bytes.map { UInt8(truncatingIfNeeded: $0) }, at: 0x1000 + 16 * entry)
  }

  private borrowing func write(_ bytes: [UInt8], at place: Int) {
    precondition(pwrite(file.number, bytes, bytes.count, place) == bytes.count)
  }

  private borrowing func read(_ place: Int) -> UInt8 {
    var byte: UInt8 = 0
    precondition(pread(file.number, &byte, 1, place) == 1)
    return byte
  }
}
