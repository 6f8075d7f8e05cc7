public import Virtio

/// Guest memory that a driver takes from the front; what it no longer needs it gives back all at once.
public final class GuestHeap {
  public let memory: GuestMemory
  private var next: UInt64
  private let start: UInt64
  private let end: UInt64

  init(_ memory: GuestMemory, from start: UInt64, to end: UInt64) {
    self.memory = memory
    next = start
    self.start = start
    self.end = end
  }

  /// Room for so many bytes, aligned to 64.
  package func allocate(_ count: Int) -> UInt64 {
    let address = next
    next += UInt64((count + 63) & ~63)
    precondition(next <= end, "the testbench's guest memory is used up")
    return address
  }

  /// Where the heap stands, to go back to.
  package var mark: UInt64 { next }
  package func release(to mark: UInt64) { next = mark }
  func releaseAll() { next = start }

  package func place(_ bytes: [UInt8]) throws(VirtioError) -> UInt64 {
    let address = allocate(bytes.count)
    try bytes.span.bytes.withUnsafeBytes { (bytes) throws(VirtioError) in try memory.write(address: address, bytes) }
    return address
  }
}
