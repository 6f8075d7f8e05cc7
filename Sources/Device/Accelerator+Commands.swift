import Spec
import Virtio
import Wire

extension Accelerator {
  /// Carries out a command, whichever part of the device it concerns.
  func perform(_ command: ControlCommand) throws(Rejection) -> ControlReply {
    switch command {
    case .setGuestOrder(let order):
      dialect.guest = order
      return .done
    default: return try control.perform(command, features)
    }
  }

  /// What neither side sends but both know: the version of the tunnel header that the SA of an update was created with.
  func context(_ bytes: Arena, _ entry: Grammar.Entry) -> UInt64 { 0 }
}
