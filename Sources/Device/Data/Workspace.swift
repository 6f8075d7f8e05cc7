/// Memory that is the device's alone, for packets on their way through the engine.
///
/// Reused from burst to burst, so that a packet costs no allocation, and so that it stays in the processor's cache. It
/// keeps what bursts needed; blocks have few sizes, so that most packets find one that another left. A guest that
/// varies the order of its sizes would have it keep ever more: there are too many at some time, and it begins anew.
package struct Workspace: ~Copyable {
  /// Most blocks that are kept from burst to burst: seven packets and a chain of 64, of the largest size, need fewer.
  package static let blockLimit = 128
  /// The first is always there: even a packet of no bytes stands somewhere.
  private var blocks = [makeBlock(for: 0)]
  /// The block at hand, and what is left of it.
  private var current = 0
  private var free: UnsafeMutableRawBufferPointer

  package init() { free = blocks[0] }

  deinit { for block in blocks { block.deallocate() } }

  /// A stretch of so many bytes, in cache lines of its own; nothing in it is zeroed.
  @inline(__always)
  package mutating func reserve(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let size = (count + 63) & ~63
    if size > free.count { takeBlock(of: size) }
    let room = UnsafeMutableRawBufferPointer(rebasing: free[..<count])
    free = UnsafeMutableRawBufferPointer(rebasing: free[size...])
    return room
  }

  @inline(__always)
  package mutating func removeAll() {
    if blocks.count > Self.blockLimit { shrink() }
    current = 0
    free = blocks[0]
  }

  @inline(never)
  private mutating func shrink() {
    for block in blocks[1...] { block.deallocate() }
    blocks.removeSubrange(1...)
  }

  /// Bytes that it keeps.
  package var byteCount: Int { blocks.reduce(0) { $0 + $1.count } }

  @inline(never)
  private mutating func takeBlock(of size: Int) {
    repeat {
      current += 1
      if current == blocks.count { blocks.append(Self.makeBlock(for: size)) }
    } while blocks[current].count < size
    free = blocks[current]
  }

  /// 16 KiB, or the next power of two.
  private static func makeBlock(for size: Int) -> UnsafeMutableRawBufferPointer {
    let bits = Int.bitWidth - max(size - 1, 16_383).leadingZeroBitCount
    return .allocate(byteCount: 1 << bits, alignment: 64)
  }
}
