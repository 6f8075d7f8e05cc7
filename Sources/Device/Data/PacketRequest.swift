import ESP
import Spec
import Virtio

/// What a data request asks for.
struct PacketRequest {
  /// Nil for the handle 0, which names nothing.
  var sa: Handle?
  var direction: Direction
  /// The group that the SA is said to be in; nil where the request has no place for one.
  var group: GroupName?
  /// A dummy packet is to be made.
  var isDummy = false
  /// What became of it; nil until that is known.
  var result: Result<PacketResult, Rejection>?
  /// Where the packet stands among the readable bytes, or the writable ones.
  var input: Range<Int>
  var inputIsWritable = false
  /// Room for the result among the writable bytes.
  var output: Range<Int>

  /// What became of it.
  ///
  /// - Precondition: it was processed, as a chain is before it is answered.
  var outcome: Result<PacketResult, Rejection> {
    @inline(__always) get {
      guard let result else { preconditionFailure("a chain is processed before it is answered") }
      return result
    }
  }

  /// Bytes of the packet.
  var inputLength: Int { input.count }
  /// Bytes of room for the result.
  var outputCapacity: Int { output.count }
}

/// A group as a data request names it.
enum GroupName {
  case ungrouped
  case group(Handle)

  /// Whether it is the group that an SA is in.
  func isGroup(of sa: StoredSA) -> Bool {
    switch self {
    case .ungrouped: sa.group == nil
    case .group(let handle): sa.group == handle
    }
  }
}

/// What became of a packet.
struct PacketResult: Sendable {
  /// Bytes of the result.
  var length: Int
  /// Its sequence number, with the high half.
  var sequence: UInt64
}
