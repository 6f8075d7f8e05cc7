public import ESP
public import Spec
import Wire

/// Why the device does not do what the guest asks: ends as the status of a command or request, whatever the version
/// calls it.
public enum Rejection: Error, Hashable, Sendable {
  /// The message contradicts itself, at an offset in bytes.
  case malformed(offset: Int)
  case unknownCommand
  /// An algorithm, by its number, that the device has not, or not turned on.
  case unsupportedAlgorithm(Int)
  /// A feature that was not negotiated.
  case unsupportedFeature(Feature)
  /// An attribute, by its type, that may not be ignored.
  case unknownAttribute(Int)
  case noSuchSA
  case noSuchGroup
  case noResources
  case keyRejected(KeyRole)
  /// The room for the answer is too small for so many bytes.
  case noSpace(needed: Int)
  case groupInUse
  case invalidState
  /// A value that its meaning does not allow.
  case invalidValue(SAField)
  /// A value that its meaning does not allow, at an offset in bytes.
  case invalidBytes(offset: Int)
  /// The engine refused the packet.
  case packet(Refusal)
  /// A packet that is longer than the device takes.
  case tooBig
  /// A dummy packet came in.
  case dummy

  /// Which key.
  public enum KeyRole: Sendable, Hashable { case cipher, authentication }
  /// What an SA's description consists of.
  public enum SAField: Sendable, Hashable {
    case spi, `protocol`, mode, tunnel, cipher, authentication, replayWindow, sequence, udp, tfc, count, lifetime
  }
}

extension Rejection: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let offset): "message: contradicts itself at byte \(offset)"
    case .unknownCommand: "command: not known"
    case .unsupportedAlgorithm(let number): "algorithm: \(number) is not supported"
    case .unsupportedFeature(let feature): "feature: \(feature.entry.name) was not negotiated"
    case .unknownAttribute(let type): "attribute: type \(type) is not known"
    case .noSuchSA: "sa: no such handle"
    case .noSuchGroup: "group: no such handle"
    case .noResources: "device: a limit is reached"
    case .keyRejected(let role): "key: the \(role) key or salt has a wrong length"
    case .noSpace(let needed): "answer: needs \(needed) bytes"
    case .groupInUse: "group: still has SAs"
    case .invalidState: "command: not allowed now"
    case .invalidValue(let field): "\(field): value not allowed"
    case .invalidBytes(let offset): "message: value not allowed at byte \(offset)"
    case .packet(let refusal): "packet: \(refusal)"
    case .tooBig: "packet: too long"
    case .dummy: "packet: a dummy"
    }
  }
}
