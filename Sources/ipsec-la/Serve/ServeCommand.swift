import ArgumentParser
import Device
import ESP
import Foundation
import Spec
import VhostUser
import Virtio
import Wire

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve devices to virtual machines, each behind a vhost-user socket.",
    discussion: """
      Each --socket is a device of its own, with its own thread for all of its queue pairs, for one front end at a \
      time: QEMU, or a program that drives the device from user space. Several devices use several processors. A \
      front end that comes back finds its security associations as it left them; another one finds an empty device. \
      Each socket is named on standard output once front ends can connect to it. \
      SIGINT and SIGTERM end the command and remove the sockets.

      QEMU's guest memory has to be shared: -object memory-backend-memfd,id=mem,size=512M,share=on \
      -machine …,memory-backend=mem

      A program that is linked with libg_ipsec_la uses the device as it is when its environment says \
      G_IPSEC_LA_DEVICES=vhost-user:PATH (see the introduction of g_ipsec_la.h).

      A state that migrates has its keys in the clear unless --state-key names a file of 32 bytes, the same on both \
      sides. So has the state that a device leaves in the in-flight region when a signal ends it: memory that the \
      front end keeps until another back end takes it. With --state-key it is sealed, and for a next back end \
      without the same file the guest's security associations are gone, which the guest is told.

      Standard error tells what front ends and guests do wrong, each device at most 1024 lines in an hour; where \
      nobody reads it, lines are lost, and the devices go on.

      Exit codes: 0 ended by a signal; 2 bad usage, or a socket that cannot be made.

      Examples:
        ipsec-la serve --socket /run/ipsec0
        ipsec-la serve --socket a.sock --socket b.sock --queues 4 --busy-poll
        ipsec-la serve --socket a.sock --spec-version 1.0 --trace
      """)

  @Option(help: ArgumentHelp("Where a front end connects; may be given several times.", valueName: "path"))
  var socket: [String] = []

  @Option(help: "Pairs of queues for packets: 1 to 127.")
  var queues = 1

  @Option(help: "Descriptors in a queue: a power of 2 up to 1024.")
  var queueSize = 256

  @Option(help: ArgumentHelp("Version of the interface: \(KnownVersions.names).", valueName: "version"))
  var specVersion = "\(Spec.all[Spec.all.count - 1].version)"

  @Flag(help: "Look at rings that run all the time instead of waiting for the guest to kick.")
  var busyPoll = false

  @Flag(help: "Print every message of the protocol to standard error.")
  var trace = false

  @Option(help: ArgumentHelp("A key to seal states with that migrate or are left.", valueName: "file"))
  var stateKey: String?

  func validate() throws {
    guard !socket.isEmpty else { throw ValidationError("--socket: there is no device without one.") }
    guard !socket.contains("") else { throw ValidationError("--socket: a path that is empty.") }
    guard Set(socket).count == socket.count else { throw ValidationError("--socket: the same path twice.") }
    guard (1...127).contains(queues) else { throw ValidationError("--queues is 1 to 127.") }
    guard (2...1024).contains(queueSize), queueSize & (queueSize - 1) == 0 else {
      throw ValidationError("--queue-size is a power of 2 up to 1024.")
    }
  }

  func run() throws {
    let profile = try profile()
    Server.prepareProcess()
    try checkDescriptors()
    let log = LogWriter(STDERR_FILENO)
    defer { log.end() }
    let stop = try StopSignal()
    let sources = [SIGINT, SIGTERM].map { Self.source(of: $0) { stop.event.signal() } }
    let devices = socket.map { ServedSocket($0, stop: stop, log: log) }
    var started: [ServedSocket] = []
    for device in devices {
      started.append(device)
      guard device.start(profile, busyPoll ? .busyPoll : .event, isTraced: trace) else {
        stop.event.signal()
        break
      }
      print("listening on \(device.path)")
      fflush(nil)
    }
    let failures = withExtendedLifetime(sources) { started.compactMap { $0.join() } }
    if let failure = failures.first { throw CommandError("serve: \(failure)") }
  }

  /// Calls `body` for a signal instead of ending the program.
  private static func source(of number: Int32, _ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: body)
    source.resume()
    return source
  }

  /// One device's front end cannot take what another device needs.
  private func checkDescriptors() throws(CommandError) {
    let limit = Server.raiseDescriptorLimit()
    let count = socket.count * Server.descriptorCount(queues: 2 * queues + 2) + 32
    guard count <= limit else {
      throw CommandError("serve: \(count) file descriptors may be needed, and only \(limit) may be open (ulimit -n)")
    }
  }

  private func profile() throws(CommandError) -> AcceleratorProfile {
    guard let definition = Spec.all.first(where: { "\($0.version)" == specVersion }) else {
      throw CommandError("--spec-version: there is no version '\(specVersion)'; there are \(KnownVersions.names)")
    }
    var profile = AcceleratorProfile(definition.version)
    (profile.pairs, profile.queueSize) = (queues, queueSize)
    if let stateKey { profile.sealState(with: try Self.key(stateKey)) }
    return profile
  }

  private static func key(_ path: String) throws(CommandError) -> Key {
    let bytes: Data
    do { bytes = try InputFile.contents(at: path) } catch { throw CommandError("--state-key: \(error)") }
    guard bytes.count == 32 else { throw CommandError("--state-key: \(path) has \(bytes.count) bytes, not 32") }
    return Key(bytes)
  }
}
