/// Bytes that no log, trace or error text may show, and that are erased when nobody needs them any more.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let storage: Storage

  /// Memory that is erased before it is given back.
  ///
  /// Sendable: it is written before anybody else knows it, and never again.
  private final class Storage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
      self.bytes = .allocate(byteCount: bytes.count, alignment: 8)
      self.bytes.copyMemory(from: bytes)
    }

    deinit {
      erase(bytes)
      bytes.deallocate()
    }
  }

  public init(_ bytes: UnsafeRawBufferPointer) { storage = Storage(bytes) }
  public init(_ bytes: [UInt8] = []) { self = bytes.withUnsafeBytes { Secret($0) } }

  /// What stands before an offset, and what stands behind.
  public func split(at offset: Int) -> (Secret, Secret) {
    withBytes { bytes in
      (
        Secret(UnsafeRawBufferPointer(rebasing: bytes[..<offset])),
        Secret(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
      )
    }
  }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    withExtendedLifetime(storage) { body(UnsafeRawBufferPointer(storage.bytes)) }
  }

  public var count: Int { storage.bytes.count }
  public var description: String { "\(count) secret bytes" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }

  public static func == (left: Secret, right: Secret) -> Bool {
    left.withBytes { left in right.withBytes { left.elementsEqual($0) } }
  }
  public func hash(into hasher: inout Hasher) { withBytes { hasher.combine(bytes: $0) } }
}

/// Overwrites memory with zeros; whoever calls it does not see that, so that no compiler leaves it out.
@inline(never)
func erase(_ bytes: UnsafeMutableRawBufferPointer) { bytes.initializeMemory(as: UInt8.self, repeating: 0) }
