import CGAPI
import Driver
import Spec
import Wire

/// What a handle stands for: an accelerator as an application has it open.
final class Application {
  let application: LookAsideApplication
  /// What `open` gave out.
  var handle = g_ipsec_la_handle()
  var hooks: g_ipsec_la_notification_hooks?
  /// Asynchronous calls that have not been answered.
  var pending = 0
  /// Calls that wait for packets.
  var waiting = 0
  /// Nobody is told of anything any more.
  var isClosed = false
  /// Handles of its SAs and groups.
  var saHandles: [ObjectIdentifier: UInt64] = [:]
  var groupHandles: [ObjectIdentifier: UInt64] = [:]

  /// Whether the accelerator takes commands; one that has gone refuses them.
  var isReady: Bool { application.isBroken || application.device.isReady }

  init(_ application: LookAsideApplication) { self.application = application }
}

/// What a group's handle stands for.
struct GroupEntry {
  let application: Application
  let group: LookAsideGroup
}

/// What an SA's handle stands for.
final class SAEntry {
  let application: Application
  let sa: LookAsideSA
  /// As it was added, without keys.
  var parameters: g_ipsec_la_sa
  /// Packets for its calls, that no call has.
  private var idle: [CallPacket] = []

  init(_ application: Application, _ sa: LookAsideSA, _ parameters: g_ipsec_la_sa) {
    self.application = application
    self.sa = sa
    self.parameters = parameters
  }

  func takePacket() -> CallPacket { idle.popLast() ?? CallPacket(self) }

  func giveBack(_ packet: CallPacket) { if idle.count < GAPI.maxPackets.value { idle.append(packet) } }
}
