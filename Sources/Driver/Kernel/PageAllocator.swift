public import DeviceTree
public import Virtio

/// Guest memory for the kernel: pieces of powers of two from 64 bytes on, and an account of who has what.
public final class PageAllocator {
  public let memory: GuestMemory
  private var next: UInt64
  private let end: UInt64
  private var free: [[UInt64]] = Array(repeating: [], count: 48)
  private var live: [UInt64: Int] = [:]

  /// Pieces handed out and not given back.
  public var liveCount: Int { live.count }
  /// Bytes of these.
  public var liveByteCount: Int { live.values.reduce(0) { $0 + 1 << $1 } }

  /// - Parameter range: what the kernel may use of memory, in whole pages.
  init(_ memory: GuestMemory, in range: Range<UInt64>) {
    self.memory = memory
    next = range.lowerBound
    end = range.upperBound
  }

  /// The pages of 4096 bytes that a range has all of; empty where there is none.
  public static func pages(in range: AddressRange) -> Range<UInt64> {
    let end = range.end & ~4095
    guard range.address <= end else { return end..<end }
    return (range.address + 4095) & ~4095..<end
  }

  /// Zeroed memory, aligned to its size up to a page; nil when there is none left.
  func allocate(_ byteCount: Int) -> UInt64? {
    let order = max(6, Int.bitWidth - (max(byteCount, 1) - 1).leadingZeroBitCount)
    guard order < free.count, let address = free[order].popLast() ?? carve(order) else { return nil }
    live[address] = order
    clear(address, byteCount: 1 << order)
    return address
  }

  private func carve(_ order: Int) -> UInt64? {
    let alignment = UInt64(1) << UInt64(min(order, 12))
    let address = (next + alignment - 1) & ~(alignment - 1)
    guard address <= end, end - address >= 1 << UInt64(order) else { return nil }
    next = address + 1 << UInt64(order)
    return address
  }

  /// Takes a piece back; false for what was not handed out.
  func deallocate(_ address: UInt64) -> Bool {
    guard let order = live.removeValue(forKey: address) else { return false }
    free[order].append(address)
    return true
  }

  private func clear(_ address: UInt64, byteCount: Int) {
    withUnsafeTemporaryAllocation(byteCount: min(byteCount, 4096), alignment: 8) { zeros in
      _ = zeros.initializeMemory(as: UInt8.self, repeating: 0)
      for offset in stride(from: 0, to: byteCount, by: zeros.count) {
        do { try memory.write(address: address + UInt64(offset), UnsafeRawBufferPointer(zeros)) } catch {
          preconditionFailure("the kernel's own memory: \(error)")
        }
      }
    }
  }
}
