/// Why parameters make no association.
public enum ParameterError: Error, Sendable, Hashable {
  case reservedSPI(UInt32)
  case keyLength(algorithm: String, bytes: Int, expected: [Int])
  case saltLength(algorithm: String, bytes: Int, expected: Int)
  case legacy(algorithm: String)
  /// Nothing protects packets, or only encryption, which `allowsUnauthenticated` must admit.
  case noProtection
  case encryptionInAH
  case udpEncapsulationOfAH
  case mixedTunnel
  case dscp(UInt8)
  case flowLabel(UInt32)
  case hopLimit
  case replayWindow(Int)
  case tfcLength(Int)
  case provider(algorithm: String)
  /// A saved state that does not fit the parameters, or would use a sequence number (and so an IV) again.
  case state(String)
}

extension ParameterError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .reservedSPI(let spi): "spi: \(spi) is reserved (RFC 4303 section 2.1)"
    case .keyLength(let name, let bytes, let expected):
      "key: \(name) takes \(expected.map(String.init).joined(separator: ", ")) bytes, not \(bytes)"
    case .saltLength(let name, let bytes, let expected): "salt: \(name) takes \(expected) bytes, not \(bytes)"
    case .legacy(let name): "algorithm: \(name) is legacy and must be allowed explicitly"
    case .noProtection: "authentication: none; encryption alone must be allowed explicitly (RFC 8221 section 4)"
    case .encryptionInAH: "algorithm: AH authenticates only"
    case .udpEncapsulationOfAH: "udp-encapsulation: RFC 3948 has none for AH"
    case .mixedTunnel: "source, destination: of different IP versions"
    case .dscp(let value): "dscp: \(value) is not within 0 … 63"
    case .flowLabel(let value): "flow-label: \(value) is not within 0 … 1048575"
    case .hopLimit: "hop-limit: 0 goes nowhere"
    case .replayWindow(let size): "replay-window: \(size) is not within 0 … 1048576"
    case .tfcLength(let length): "tfc: \(length) is not within 0 … 65535"
    case .provider(let name): "algorithm: libcrypto does not provide \(name)"
    case .state(let what): "state: \(what)"
    }
  }
}
