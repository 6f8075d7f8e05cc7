/// What can be copied, but only on purpose: a checkpoint.
public protocol Duplicable: ~Copyable {
  /// The same once more, sharing nothing that changes.
  borrowing func copy() -> Self
}

/// A fixed number of places in memory of their own: no access counts references or looks whether a copy is due.
public struct Cells<Element: ~Copyable>: ~Copyable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  public let count: Int

  /// - Parameter element: makes each place's value.
  public init(count: Int, _ element: (Int) -> Element) {
    self.count = count
    base = .allocate(capacity: count)
    for index in 0..<count { (base + index).initialize(to: element(index)) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(isPlace(index), "no such cell")
      yield base[index]
    }
    @inline(__always) _modify {
      precondition(isPlace(index), "no such cell")
      yield &base[index]
    }
  }

  /// One comparison instead of two: a negative number without its sign is larger than any count.
  @inlinable @inline(__always)
  func isPlace(_ index: Int) -> Bool { UInt(bitPattern: index) < UInt(bitPattern: count) }
}

/// The memory is the value's own: it goes where the value goes, and nobody else has the pointer.
extension Cells: @unchecked Sendable where Element: Sendable & ~Copyable {}

extension Cells: Duplicable where Element: Duplicable & ~Copyable {
  public borrowing func copy() -> Self {
    let source = base
    return Cells(count: count) { source[$0].copy() }
  }
}

extension Cells where Element: Copyable {
  public init(repeating value: Element, count: Int) { self.init(count: count) { _ in value } }

  public borrowing func copied() -> Self {
    let source = base
    return Cells(count: count) { source[$0] }
  }
}
