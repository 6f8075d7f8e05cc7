public import Wire

extension V2_0 {
  public enum Status: UInt32, Enumeration {
    case ok = 0, malformed, unknownCommand, unsupportedAlgorithm, unsupportedFeature, unknownAttribute, noSuchSA,
      noSuchGroup, noResources, keyRejected, noSpace, groupInUse, invalidState, invalidValue, internalError
    case tooShort = 0x100, badPadding, badICV, replayed, late, wrongProtocol, wrongMode, hardLifetime,
      sequenceExhausted,
      unsupportedOption, noTailRoom, tooBig, dummy, ecnViolation, cryptoFailed

    public static let name: StaticString = "status"
    public static let summary: StaticString =
      """
      How a command or the processing of a packet ended; numbers from 0x100 concern packets, and detail is \
      ctrl_status's alone.
      """

    public var entry: Entry {
      switch self {
      case .ok: Entry("S_OK", "Done.")
      case .malformed:
        Entry("S_MALFORMED", "The message contradicts itself; detail is the offset of the first such byte.")
      case .unknownCommand: Entry("S_UNKNOWN_COMMAND", "No such class or command.")
      case .unsupportedAlgorithm:
        Entry(
          "S_UNSUPPORTED_ALGORITHM", "The algorithm is not in the capabilities, or not turned on; detail is its number."
        )
      case .unsupportedFeature:
        Entry("S_UNSUPPORTED_FEATURE", "The request needs a feature that was not negotiated; detail is its bit.")
      case .unknownAttribute:
        Entry("S_UNKNOWN_ATTRIBUTE", "An attribute that may not be ignored is unknown; detail is its type.")
      case .noSuchSA: Entry("S_NO_SUCH_SA", "The handle names no SA.")
      case .noSuchGroup: Entry("S_NO_SUCH_GROUP", "The handle names no group.")
      case .noResources: Entry("S_NO_RESOURCES", "A limit of the capabilities is reached.")
      case .keyRejected:
        Entry("S_KEY_REJECTED", "A key or salt is weak or of the wrong length; detail is the attribute's type.")
      case .noSpace: Entry("S_NO_SPACE", "The room for the answer is too small; detail is the number of bytes needed.")
      case .groupInUse: Entry("S_GROUP_IN_USE", "The group still has SAs.")
      case .invalidState: Entry("S_INVALID_STATE", "The command is not allowed now.")
      case .invalidValue:
        Entry("S_INVALID_VALUE", "A field has a value that its meaning does not allow; detail is its offset.")
      case .internalError: Entry("S_INTERNAL", "The device failed.")
      case .tooShort: Entry("S_TOO_SHORT", "The packet ends before its headers do.")
      case .badPadding: Entry("S_BAD_PADDING", "The padding is not what RFC 4303, section 2.4 says.")
      case .badICV: Entry("S_BAD_ICV", "The integrity check value is wrong.")
      case .replayed: Entry("S_REPLAYED", "The packet was received before.")
      case .late: Entry("S_LATE", "The packet is older than the replay window.")
      case .wrongProtocol: Entry("S_WRONG_PROTOCOL", "The packet's protocol or SPI is not the SA's.")
      case .wrongMode: Entry("S_WRONG_MODE", "The packet's mode is not the SA's.")
      case .hardLifetime: Entry("S_HARD_LIFETIME", "A hard lifetime is reached.")
      case .sequenceExhausted: Entry("S_SEQUENCE_EXHAUSTED", "The sequence numbers are used up.")
      case .unsupportedOption: Entry("S_UNSUPPORTED_OPTION", "An IP option or extension header cannot be handled.")
      case .noTailRoom: Entry("S_NO_TAIL_ROOM", "The output does not fit.")
      case .tooBig:
        Entry("S_TOO_BIG", "The result would exceed the path MTU or 65,535 bytes, and must not be fragmented.")
      case .dummy: Entry("S_DUMMY", "A dummy packet, discarded.")
      case .ecnViolation:
        Entry("S_ECN_VIOLATION", "Congestion was marked on a packet that is not ECN-capable (RFC 6040).")
      case .cryptoFailed: Entry("S_CRYPTO_FAILED", "A cryptographic operation failed.")
      }
    }
  }

  public enum Operation: UInt16, Enumeration {
    case encapsulate = 1, decapsulate

    public static let name: StaticString = "operation"
    public static let summary: StaticString = "What to do with a packet."

    public var entry: Entry {
      switch self {
      case .encapsulate: Entry("OP_ENCAP", "Apply the SA; on encap queues.")
      case .decapsulate: Entry("OP_DECAP", "Check and remove the SA's protection; on decap queues.")
      }
    }
  }

  public enum Mode: UInt8, Enumeration {
    case tunnel, transport

    public static let name: StaticString = "mode"
    public static let summary: StaticString = "What an SA protects."

    public var entry: Entry {
      switch self {
      case .tunnel: Entry("MODE_TUNNEL", "The whole packet, within another.")
      case .transport: Entry("MODE_TRANSPORT", "The packet's payload.")
      }
    }
  }

  public enum IPVersion: UInt8, Enumeration {
    case v4, v6

    public static let name: StaticString = "ip_version"
    public static let summary: StaticString = "Versions of IP."

    public var entry: Entry {
      switch self {
      case .v4: Entry("IP_V4", "IPv4 (RFC 791).")
      case .v6: Entry("IP_V6", "IPv6 (RFC 8200).")
      }
    }
  }

  public enum AdvancedCommand: UInt16, Enumeration {
    case saveState = 1, restoreState, dhGenerate, dhCompute, dhDelete

    public static let name: StaticString = "advanced_command"
    public static let summary: StaticString = "Commands of the class ADVANCED."

    public var entry: Entry {
      switch self {
      case .saveState: Entry("CTRL_SAVE_STATE", "Read the device's state, for migration.")
      case .restoreState: Entry("CTRL_RESTORE_STATE", "Load a state that another device saved.")
      case .dhGenerate: Entry("CTRL_DH_GENERATE", "Make a Diffie-Hellman key pair.")
      case .dhCompute: Entry("CTRL_DH_COMPUTE", "Compute a Diffie-Hellman shared secret.")
      case .dhDelete: Entry("CTRL_DH_DELETE", "Forget a Diffie-Hellman key pair.")
      }
    }
  }

  public enum AttributeType: UInt16, Enumeration {
    case tunnelIPv4 = 1, tunnelIPv6, cipher, authentication, udpEncapsulation, originalAddress, replayWindow, sequence,
      lifetime, tfc, notify
    case statistics = 0x8001

    public static let name: StaticString = "attribute_type"
    public static let summary: StaticString =
      "What an attribute of an SA is; with bit 15 set, a receiver that does not know it ignores it."

    public var entry: Entry {
      switch self {
      case .tunnelIPv4: Entry("ATTR_TUNNEL_IPV4", "Outer header of an IPv4 tunnel.")
      case .tunnelIPv6: Entry("ATTR_TUNNEL_IPV6", "Outer header of an IPv6 tunnel.")
      case .cipher: Entry("ATTR_CIPHER", "Cipher or combined algorithm with its key and salt.")
      case .authentication: Entry("ATTR_AUTH", "Integrity algorithm with its key.")
      case .udpEncapsulation: Entry("ATTR_UDP_ENCAPSULATION", "UDP ports.")
      case .originalAddress: Entry("ATTR_ORIGINAL_ADDRESS", "The peer's address before translation.")
      case .replayWindow: Entry("ATTR_REPLAY_WINDOW", "Size and state of the replay window.")
      case .sequence: Entry("ATTR_SEQUENCE", "Sequence number.")
      case .lifetime: Entry("ATTR_LIFETIME", "Soft and hard limits.")
      case .tfc: Entry("ATTR_TFC", "Traffic flow confidentiality.")
      case .notify: Entry("ATTR_NOTIFY", "Events to notify of.")
      case .statistics: Entry("ATTR_STATISTICS", "What the SA has done; in answers only.")
      }
    }
  }
}
