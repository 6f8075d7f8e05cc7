import Wire

/// Parameters and errors that many functions have in common.
extension GAPI {
  static let handle = Variable("const struct handle *", "handle", "The accelerator, and maybe a group.")
  static let flags = Variable("uint32_t", "flags", "Of enum control_flags.")
  static let resp = Variable(
    "const struct resp_args *", "resp", "Where the answer goes; read with CTRL_FLAG_ASYNC only.")
  static let saHandle = Variable("const struct sa_handle *", "sa_handle", "The SA.")

  static func inargs(_ function: String, _ summary: String) -> Variable {
    Variable("const struct \(function)_inargs *", "in", summary)
  }

  static func outargs(_ type: String) -> Variable {
    Variable("struct \(type) *", "out", direction: .out, "The answer; kept until it has come.")
  }

  static let badHandle = Failure("EBADF", "The handle is not valid, or was closed.")
  static let noSuchGroup = Failure("ENOENT", "The handle's group is none of this application's.")
  static let gone = Failure("ENODEV", "The accelerator has gone.")
  static let noSuchSA = Failure("ENOENT", "There is no such group, or no such SA in it, of this direction.")
  static let control: [Failure] = [
    badHandle, gone, Failure("ETIMEDOUT", "The accelerator did not answer."),
    Failure("EIO", "The accelerator was reset meanwhile, or failed."),
    Failure("ENOMEM", "There is no memory for the call, or no room in the accelerator."),
    Failure("ENOSPC", "Too many calls have no answer.", only: .library), asleep, nonsense,
  ]
  static let asleep = Failure(
    "EAGAIN", "The system sleeps, or the accelerator is still being reset; the call may be made again.", only: .kernel)
  static let nonsense = Failure("EPROTO", "The accelerator's answer makes no sense.")
  static let noPlatform = Failure(
    "ENOMEM", "There is no memory, descriptor or thread for the platform.", only: .library)

  static let forked = Failure("ENODEV", "The process is a child that fork has made.", only: .library)

  /// Of a function that may be the first to need accelerators.
  static func invalid(_ problem: String) -> [Failure] {
    [
      Failure("EINVAL", "\(problem).", only: .kernel),
      Failure("EINVAL", "\(problem), or G_IPSEC_LA_DEVICES says what it may not.", only: .library),
    ]
  }
}
