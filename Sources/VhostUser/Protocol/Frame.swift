public import Wire

/// A frame as it came: a request, or an answer, with the file descriptors that came with it.
public struct Frame: ~Copyable {
  /// As on the wire: it may be none of `Request`.
  public var request: UInt32
  public var flags: Packed<FrameFlags>
  public var payload: Payload
  public var descriptors: PassedDescriptors

  /// Most bytes of a payload: larger than any request's.
  public static let payloadLimit = 4096

  public init(
    _ request: UInt32, flags: Packed<FrameFlags> = .request, _ payload: Payload = Payload([]),
    descriptors: consuming PassedDescriptors = PassedDescriptors()
  ) {
    self.request = request
    self.flags = flags
    self.payload = payload
    self.descriptors = descriptors
  }

  /// Header and payload.
  public var bytes: [UInt8] {
    var header = Payload(FrameHeader.self)
    header[\FrameHeader.request] = request
    header[\FrameHeader.flags] = flags
    header[\FrameHeader.size] = UInt32(payload.bytes.count)
    return header.bytes + payload.bytes
  }
}

extension Packed<FrameFlags> {
  /// Version 1 of the protocol.
  private static func version1(_ change: (inout Self) -> Void) -> Self {
    var flags = Self()
    flags[\.version] = 1
    change(&flags)
    return flags
  }

  public static let request = version1 { _ in }
  public static let requestWithResult = version1 { $0[\.needReply] = 1 }
  public static let reply = version1 { $0[\.reply] = 1 }
}
