/// Which IPsec protocol an association speaks.
public enum SecurityProtocol: String, Sendable, Hashable, CaseIterable {
  case esp, ah, wesp

  /// The number in the IP header.
  public var number: UInt8 {
    switch self {
    case .esp: IPProtocol.esp
    case .ah: IPProtocol.ah
    case .wesp: IPProtocol.wesp
    }
  }
}
