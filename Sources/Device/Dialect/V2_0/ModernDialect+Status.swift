import ESP
import Spec
import Wire

/// What version 2.0 calls what went wrong.
extension ModernDialect {
  /// The status and what it refers to.
  static func status(of rejection: Rejection, _ request: Parts?) -> (status: V2_0.Status, detail: Int) {
    switch rejection {
    case .malformed(let offset): (.malformed, offset)
    case .unknownCommand: (.unknownCommand, 0)
    case .unsupportedAlgorithm(let number): (.unsupportedAlgorithm, number)
    case .unsupportedFeature(let feature): (.unsupportedFeature, Int(feature.rawValue))
    case .unknownAttribute(let type): (.unknownAttribute, type)
    case .noSuchSA: (.noSuchSA, 0)
    case .noSuchGroup: (.noSuchGroup, 0)
    case .noResources: (.noResources, 0)
    case .keyRejected(.cipher): (.keyRejected, Int(V2_0.AttributeType.cipher.rawValue))
    case .keyRejected(.authentication): (.keyRejected, Int(V2_0.AttributeType.authentication.rawValue))
    case .noSpace(let needed): (.noSpace, needed)
    case .groupInUse: (.groupInUse, 0)
    case .invalidState: (.invalidState, 0)
    case .invalidValue(let field): (.invalidValue, request.map { offset(of: field, in: $0) } ?? 0)
    case .invalidBytes(let offset): (.invalidValue, offset)
    case .packet(let refusal): (status(of: refusal), 0)
    case .tooBig: (.tooBig, 0)
    case .dummy: (.dummy, 0)
    }
  }

  /// Where the first SA of the request has a field.
  private static func offset(of field: Rejection.SAField, in request: Parts) -> Int {
    guard let sa = request.repetitions("sa").first else { return request.arena.count }
    return switch field {
    case .spi: sa.offset(of: \V2_0.SAEntry.spi)
    case .protocol: sa.offset(of: \V2_0.SAEntry.proto)
    case .mode: sa.offset(of: \V2_0.SAEntry.mode)
    case .count: sa.offset(of: \V2_0.AddSA.saCount)
    case .cipher: attribute(.cipher, \V2_0.CipherAttribute.algorithm, sa)
    case .authentication: attribute(.authentication, \V2_0.AuthenticationAttribute.algorithm, sa)
    case .replayWindow: attribute(.replayWindow, \V2_0.ReplayWindow.size, sa)
    case .sequence: attribute(.sequence, \V2_0.Sequence.last, sa)
    case .udp: attribute(.udpEncapsulation, \V2_0.UDPEncapsulation.sport, sa)
    case .tfc: attribute(.tfc, \V2_0.TrafficFlow.padTo, sa)
    case .lifetime: attribute(.lifetime, \V2_0.Lifetime.softBytes, sa)
    case .tunnel:
      sa.attribute(V2_0.AttributeType.tunnelIPv4) == nil
        ? attribute(.tunnelIPv6, \V2_0.TunnelIPv6.saddr, sa) : attribute(.tunnelIPv4, \V2_0.TunnelIPv4.saddr, sa)
    }
  }

  /// Where an attribute has a field; where attributes are announced, when it is not there.
  private static func attribute<M: Message, Value>(
    _ type: V2_0.AttributeType, _ field: KeyPath<M, Field<Value>>, _ sa: Parts
  ) -> Int {
    sa.attribute(type)?.offset(of: field) ?? sa.offset(of: \V2_0.SAEntry.attributesLength)
  }

  private static func status(of refusal: Refusal) -> V2_0.Status {
    switch refusal {
    case .truncated, .tooShort, .misaligned: .tooShort
    case .malformedHeader, .wrongAHLength, .badInnerPacket, .sequenceZero: .malformed
    case .unsupportedOption, .fragment: .unsupportedOption
    case .jumbogram, .packetTooBig, .tooLong: .tooBig
    case .wrongProtocol, .unknownSPI, .wespMismatch, .keepalive, .ike: .wrongProtocol
    case .late: .late
    case .replayed: .replayed
    case .icvMismatch: .badICV
    case .badPadding: .badPadding
    case .wrongMode: .wrongMode
    case .illegalECN: .ecnViolation
    case .hardLifetime: .hardLifetime
    case .sequenceExhausted: .sequenceExhausted
    case .noHeadRoom, .noTailRoom: .noTailRoom
    case .hopLimitExceeded: .invalidValue
    case .cryptographyFailed: .cryptoFailed
    }
  }
}
