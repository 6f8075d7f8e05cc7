/// Why something in the kernel did not come about: an errno, where, and what.
public struct DriverError: Error, Hashable, Sendable, CustomStringConvertible {
  public let errno: Errno
  /// The device, bus or driver concerned.
  public let place: String
  public let problem: String

  public init(_ errno: Errno, _ place: String, _ problem: String) {
    self.errno = errno
    self.place = place
    self.problem = problem
  }

  public var description: String { "\(place): \(problem) (-\(errno))" }
}

/// Error numbers as Linux has them (`include/uapi/asm-generic/errno*.h`).
public enum Errno: Int32, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case ENOENT = 2
  case EIO = 5
  case ENXIO = 6
  case EBADF = 9
  case EAGAIN = 11
  case ENOMEM = 12
  case EACCES = 13
  case EBUSY = 16
  case EEXIST = 17
  case ENODEV = 19
  case EINVAL = 22
  case ENOSPC = 28
  case EPROTO = 71
  case EBADMSG = 74
  case EMSGSIZE = 90
  case EOPNOTSUPP = 95
  case ESHUTDOWN = 108
  case ETIMEDOUT = 110
  case EKEYREJECTED = 129
  /// Asks for another probe later; never leaves the kernel (`include/linux/errno.h`), no more than the next.
  case EPROBE_DEFER = 517
  case ENOTSUPP = 524

  public var description: String {
    switch self {
    case .ENOENT: "ENOENT"
    case .EIO: "EIO"
    case .ENXIO: "ENXIO"
    case .EBADF: "EBADF"
    case .EAGAIN: "EAGAIN"
    case .ENOMEM: "ENOMEM"
    case .EACCES: "EACCES"
    case .EBUSY: "EBUSY"
    case .EEXIST: "EEXIST"
    case .ENODEV: "ENODEV"
    case .EINVAL: "EINVAL"
    case .ENOSPC: "ENOSPC"
    case .EPROTO: "EPROTO"
    case .EBADMSG: "EBADMSG"
    case .EMSGSIZE: "EMSGSIZE"
    case .EOPNOTSUPP: "EOPNOTSUPP"
    case .ESHUTDOWN: "ESHUTDOWN"
    case .ETIMEDOUT: "ETIMEDOUT"
    case .EKEYREJECTED: "EKEYREJECTED"
    case .EPROBE_DEFER: "EPROBE_DEFER"
    case .ENOTSUPP: "ENOTSUPP"
    }
  }
}
