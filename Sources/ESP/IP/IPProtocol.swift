/// The numbers of the protocols and extension headers that IPsec has to know (IANA "Protocol Numbers").
public enum IPProtocol {
  public static let hopByHop: UInt8 = 0
  public static let icmp: UInt8 = 1
  public static let ipv4: UInt8 = 4
  public static let tcp: UInt8 = 6
  public static let udp: UInt8 = 17
  public static let ipv6: UInt8 = 41
  public static let routing: UInt8 = 43
  public static let fragment: UInt8 = 44
  public static let esp: UInt8 = 50
  public static let ah: UInt8 = 51
  public static let icmpv6: UInt8 = 58
  /// Nothing follows: the next header of dummy packets (RFC 4303 section 2.6).
  public static let none: UInt8 = 59
  public static let destinationOptions: UInt8 = 60
  public static let mobility: UInt8 = 135
  public static let wesp: UInt8 = 141
}
