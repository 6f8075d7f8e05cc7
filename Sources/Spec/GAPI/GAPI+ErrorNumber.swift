public import Wire

extension GAPI {
  /// Errors, by their numbers in Linux (`include/uapi/asm-generic/errno*.h`).
  public enum ErrorNumber: UInt32, Enumeration {
    case ENOENT = 2
    case EIO = 5
    case EBADF = 9
    case EAGAIN = 11
    case ENOMEM = 12
    case EBUSY = 16
    case ENODEV = 19
    case EINVAL = 22
    case ENOSPC = 28
    case EPROTO = 71
    case EBADMSG = 74
    case EMSGSIZE = 90
    case EOPNOTSUPP = 95
    case ETIMEDOUT = 110
    case EKEYREJECTED = 129

    public static let name: StaticString = "errors"
    public static let summary: StaticString = "What functions and answers say: 0, or one of these, negative."

    public var entry: Entry {
      switch self {
      case .ENOENT: Entry("ENOENT", "There is no such SA, group or accelerator, or it is another application's.")
      case .EIO: Entry("EIO", "The accelerator failed, or was reset; the call may be made again.")
      case .EBADF: Entry("EBADF", "The handle is not valid, or was closed.")
      case .EAGAIN: Entry("EAGAIN", "Not now; the call may be made again.")
      case .ENOMEM: Entry("ENOMEM", "No memory, or no room for another SA.")
      case .EBUSY: Entry("EBUSY", "Somebody else has it, or it is still in use.")
      case .ENODEV: Entry("ENODEV", "There is no accelerator, or it has gone.")
      case .EINVAL: Entry("EINVAL", "A pointer is NULL, or a number is not what it can be.")
      case .ENOSPC: Entry("ENOSPC", "Too many packets are in flight.")
      case .EPROTO: Entry("EPROTO", "The accelerator's answer makes no sense.")
      case .EBADMSG: Entry("EBADMSG", "The packet is not what the SA takes: malformed, forged, or a replay.")
      case .EMSGSIZE: Entry("EMSGSIZE", "The packet is too long, or the result does not fit where it is to go.")
      case .EOPNOTSUPP: Entry("EOPNOTSUPP", "The accelerator cannot do this.")
      case .ETIMEDOUT: Entry("ETIMEDOUT", "The accelerator did not answer.")
      case .EKEYREJECTED: Entry("EKEYREJECTED", "The key is refused, or the SA may process no more packets.")
      }
    }
  }
}
