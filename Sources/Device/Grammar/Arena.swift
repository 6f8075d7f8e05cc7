import Glibc
import Wire

/// Bytes of messages, which may hold keys: zeroed when they move and when the last holder lets go of them.
package final class Arena {
  private var storage: UnsafeMutableRawBufferPointer
  package private(set) var count = 0

  package init(capacity: Int = 256) { storage = .allocate(byteCount: max(capacity, 16), alignment: 16) }

  deinit { Self.release(storage) }

  /// All bytes, for as long as the arena is borrowed.
  var bytes: RawSpan {
    @_lifetime(borrow self) get {
      _overrideLifetime(UnsafeRawBufferPointer(rebasing: storage[..<count]).bytes, borrowing: self)
    }
  }

  package func withMutableBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
    withExtendedLifetime(self) { body(UnsafeMutableRawBufferPointer(rebasing: storage[..<count])) }
  }

  /// Appends zero bytes; where they stand.
  @discardableResult
  package func append(zeros added: Int) -> Range<Int> {
    let range = count..<count + added
    if range.upperBound > storage.count { grow(to: range.upperBound) }
    count = range.upperBound
    memset(storage.baseAddress! + range.lowerBound, 0, added)
    return range
  }

  /// Takes the last bytes away.
  ///
  /// - Precondition: there are so many.
  package func removeLast(_ removed: Int) {
    precondition(removed >= 0 && removed <= count)
    count -= removed
    explicit_bzero(storage.baseAddress! + count, removed)
  }

  /// Appends bytes of another arena; where they stand now.
  @discardableResult
  func append(_ range: Range<Int>, of other: Arena) -> Range<Int> {
    let copy = append(zeros: range.count)
    withExtendedLifetime(other) {
      storage[copy].copyBytes(from: UnsafeRawBufferPointer(rebasing: other.storage[range]))
    }
    return copy
  }

  /// Appends bytes; where they stand now.
  @discardableResult
  package func append(_ bytes: some Collection<UInt8>) -> Range<Int> {
    let copy = append(zeros: bytes.count)
    storage[copy].copyBytes(from: bytes)
    return copy
  }

  /// A copy outside of the arena.
  package var array: [UInt8] { bytes.withUnsafeBytes { Array($0) } }

  private func grow(to needed: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, 2 * storage.count), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    Self.release(storage)
    storage = larger
  }

  private static func release(_ storage: UnsafeMutableRawBufferPointer) {
    explicit_bzero(storage.baseAddress!, storage.count)
    storage.deallocate()
  }
}
