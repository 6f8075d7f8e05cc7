import Wire

extension V1_0 {
  /// The published driver's habits that contradict the interface: a device has a switch for each, off unless asked for.
  public enum DriverQuirk: String, CaseIterable, Sendable {
    case controlInOneReadableBuffer = "control-in-one-readable-buffer"
    case dataHeaderWriteBack = "data-header-write-back"
    case saLengthFromMessageStart = "sa-len-from-message-start"
    case udpInfoIfBitSet = "udp-info-if-bit-set"
    case gcm16AsCCM16 = "gcm16-as-ccm16"
    case gAPIAuthNumbers = "g-api-auth-numbers"
    case zeroHandleIsNoGroup = "zero-handle-is-no-group"

    public var summary: String {
      switch self {
      case .controlInOneReadableBuffer:
        "A control command and its answer are one device-readable buffer, into which the device writes."
      case .dataHeaderWriteBack: "The device writes result and output length into the readable data header."
      case .saLengthFromMessageStart: "sa_len counts from the start of the message, control header included."
      case .udpInfoIfBitSet: "UDP information follows if the UDP encapsulation flag is 1 instead of 0."
      case .gcm16AsCCM16: "AES-GCM with an ICV of 16 bytes is sent with the number of AES_CCM_ICV16."
      case .gAPIAuthNumbers: "Integrity algorithms are sent in the numbering of the g-API, where 1 is none."
      case .zeroHandleIsNoGroup: "A group handle of zeros means no group, in every message that has one."
      }
    }
  }
}
