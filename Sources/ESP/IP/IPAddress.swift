public enum IPVersion: UInt8, Sendable, Hashable, CaseIterable {
  case v4 = 4
  case v6 = 6

  /// The next-header value under which a tunnel carries packets of this version.
  var tunnelProtocol: UInt8 { self == .v4 ? IPProtocol.ipv4 : IPProtocol.ipv6 }

  /// The length of the header without options or extensions, in bytes.
  public var headerLength: Int { self == .v4 ? 20 : 40 }
}

/// An IPv4 or IPv6 address.
public enum IPAddress: Sendable, Hashable {
  case v4(UInt32)
  /// The upper and the lower eight bytes.
  case v6(UInt64, UInt64)

  public var version: IPVersion {
    switch self {
    case .v4: .v4
    case .v6: .v6
    }
  }

  /// The sum of the address's 16-bit words, for checksums.
  var sum: UInt64 {
    switch self {
    case .v4(let address): UInt64(address >> 16) + UInt64(address & 0xffff)
    case .v6(let high, let low): Self.sum(high) + Self.sum(low)
    }
  }

  private static func sum(_ value: UInt64) -> UInt64 {
    value >> 48 + value >> 32 & 0xffff + value >> 16 & 0xffff + value & 0xffff
  }
}

extension IPAddress: LosslessStringConvertible {
  /// The textual form of RFC 4291 section 2.2, or four decimals.
  public init?(_ text: String) {
    if text.contains(":") {
      guard let groups = Self.groups(text) else { return nil }
      let halves = [groups[0..<4], groups[4..<8]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
      self = .v6(halves[0], halves[1])
    } else {
      guard let address = Self.dotted(text) else { return nil }
      self = .v4(address)
    }
  }

  public var description: String {
    switch self {
    case .v4(let address):
      return [24, 16, 8, 0].map { String(address >> $0 & 0xff) }.joined(separator: ".")
    case .v6(let high, let low):
      let groups = [high, low].flatMap { half in
        [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
      }
      return Self.compressed(groups)
    }
  }

  private static func dotted(_ text: String) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt32 = 0
    for part in parts {
      guard part.count <= 3, let byte = UInt8(part) else { return nil }
      address = address << 8 | UInt32(byte)
    }
    return address
  }

  private static func groups(_ text: String) -> [UInt16]? {
    func list(_ text: Substring) -> [UInt16]? {
      if text.isEmpty { return [] }
      var groups: [UInt16] = []
      for part in text.split(separator: ":", omittingEmptySubsequences: false) {
        if part.contains("."), let address = dotted(String(part)) {
          groups += [UInt16(address >> 16), UInt16(address & 0xffff)]
        } else {
          guard part.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
          groups.append(group)
        }
      }
      return groups
    }
    guard let gap = text.firstRange(of: "::") else {
      return list(text[...]).flatMap { $0.count == 8 ? $0 : nil }
    }
    guard let head = list(text[..<gap.lowerBound]), let tail = list(text[gap.upperBound...]),
      head.count + tail.count < 8
    else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  /// Lower-case groups with the longest run of zeros left out (RFC 5952).
  private static func compressed(_ groups: [UInt16]) -> String {
    var best = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(best.count, 1) { best = start..<index }
      start = index + 1
    }
    let text = { (slice: ArraySlice<UInt16>) in slice.map { String($0, radix: 16) }.joined(separator: ":") }
    if best.isEmpty { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}
