/// The byte order that a definition asks for.
public enum FieldOrder: Sendable {
  /// `le16`, `le32`, `le64`.
  case little
  /// `be16`, `be32`: what travels as it stands in a packet header.
  case big
  /// The guest's own order, known at run time only: what virtio's legacy interface does everywhere.
  case guest

  /// The order of the bytes for a guest whose order is `guest`.
  @inlinable @inline(__always)
  public func resolved(guest: ByteOrder) -> ByteOrder {
    switch self {
    case .little: .little
    case .big: .big
    case .guest: guest
    }
  }
}
