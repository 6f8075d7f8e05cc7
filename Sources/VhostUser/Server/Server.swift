import CSystem
public import Device
import Glibc
import Virtio
import Wire

/// A device behind a socket: one front end at a time, one thread.
///
/// The thread serves all queue pairs of its device. Sequence numbers, replay windows and lifetimes are an SA's,
/// whichever pair its packets come on, and a driver with a pair for each CPU has packets of every SA on all of them:
/// threads of one device would wait for each other at each packet. Devices share nothing, so what needs more threads
/// is given more devices, and the guest's choice of a device says which SAs go together.
public final class Server {
  /// How the device learns of what the guest has made available.
  public enum Mode: Sendable {
    /// The guest kicks; between kicks the thread sleeps.
    case event
    /// The thread never sleeps, and looks again and again.
    case busyPoll
  }

  public let backend: Backend
  private let listener: Listener
  private let mode: Mode
  private let poller: Poller
  private var connection: Connection?
  private let log: ConnectionLog
  private let trace: ((FrameTrace) -> Void)?
  private var isOver = false
  /// Nobody can be accepted for now.
  private var isPaused = false

  /// Frames of one connection that are served before rings get their turn.
  private static let framesPerTurn = 16
  /// In busy-poll mode, looks at the rings for each at the descriptors.
  private static let looksPerTurn = 32
  /// How long nobody is accepted where there was no descriptor for who came, in milliseconds.
  private static let pause: Int32 = 1000

  /// - Parameters:
  ///   - report: takes lines for whoever runs the device.
  ///   - trace: takes every frame, if it is there.
  /// - Throws: `SystemError`, `VirtioError`.
  public init(
    _ profile: AcceleratorProfile, at listener: consuming Listener, mode: Mode = .event,
    report: @escaping (String) -> Void, trace: ((FrameTrace) -> Void)? = nil
  ) throws {
    self.listener = listener
    self.mode = mode
    let log = ConnectionLog(report)
    self.log = log
    self.trace = trace
    poller = try Poller()
    backend = try Backend(profile, report: log.tell)
    backend.watcher = poller
    backend.isPolled = mode == .busyPoll
    try poller.add(self.listener.socket, .listener)
  }

  /// Serves until `stop` is signalled, which may be shared by any number of servers.
  ///
  /// - Throws: `SystemError` where the system lets nobody wait.
  public func run(until stop: borrowing FileDescriptor) throws(SystemError) {
    try poller.add(stop, .stop)
    defer { poller.remove(stop) }
    isOver = false
    while !isOver { try turn() }
    backend.leave()
    disconnect()
  }

  /// Waits until there is something to do, and does it.
  ///
  /// - Parameter patience: how long to wait at most, in milliseconds; without end for a negative time.
  /// - Throws: `SystemError` where the system lets nobody wait.
  package func turn(patience: Int32 = -1) throws(SystemError) {
    let isPolled = mode == .busyPoll ? backend.hasRunningRings : backend.hasRingsWithoutKick
    let wasPaused = isPaused
    try poller.wait(milliseconds: isPolled || backend.hasWork ? 0 : isPaused ? Self.pause : patience) { handle($0) }
    if wasPaused { listen() }
    if isPolled { for _ in 0..<Self.looksPerTurn { backend.poll() } }
    backend.continueService()
    if system_take_lost_pages() > 0 { loseMemory() }
  }

  /// Prepares the process for front ends that are not to be trusted: one that goes away while it is written to, or
  /// that cuts the files it shares, is its own device's trouble only.
  public static func prepareProcess() {
    signal(SIGPIPE, SIG_IGN)
    system_survive_lost_pages()
  }

  /// Lets the process have as many descriptors as it is allowed to: how many that is.
  public static func raiseDescriptorLimit() -> Int { Int(clamping: system_raise_file_limit()) }

  /// Most descriptors that a device of so many queues has open at a time, those of a frame included.
  public static func descriptorCount(queues: Int) -> Int { 3 * queues + Int(SYSTEM_FD_MAX) + 16 }

  private func handle(_ event: Poller.Event) {
    switch event {
    case .stop: isOver = true
    case .listener: accept()
    case .connection: serve()
    case .watched(.kick(let ring)): backend.takeKick(ring)
    case .watched(.canSave), .watched(.canLoad): backend.advanceTransfer()
    }
  }

  // MARK: Connections

  /// Who comes while there is a front end waits until it has gone, and who comes while there is no descriptor left
  /// until there is one.
  private func accept() {
    do throws(SystemError) {
      guard let socket = try listener.accept() else { return }
      try poller.add(socket, .connection)
      poller.remove(listener.socket)
      connection = Connection(socket)
      log.begin()
      backend.connect()
    } catch {
      log.tell("\(error)")
      poller.remove(listener.socket)
      isPaused = true
    }
  }

  private func listen() {
    isPaused = false
    do throws(SystemError) { try poller.add(listener.socket, .listener) } catch {
      log.tell("\(error)")
      isPaused = true
    }
  }

  private func disconnect() {
    guard let connection = connection.take() else { return }
    poller.remove(connection.socket)
    backend.disconnect()
    listen()
  }

  /// A file ended before the memory that it was said to hold; what is not there reads as zeros.
  private func loseMemory() {
    log.tell("the front end has cut a file that it shares")
    disconnect()
  }

  private func serve() {
    for _ in 0..<Self.framesPerTurn {
      do throws(Connection.Ending) {
        guard let frame = try connection?.receive() else { return }
        try serve(frame)
      } catch {
        if error == .nothing { return }
        if error != .gone { log.tell("\(error)") }
        return disconnect()
      }
    }
  }

  private func serve(_ frame: consuming Frame) throws(Connection.Ending) {
    trace?(FrameTrace(frame, .fromFrontEnd))
    let number = frame.request
    switch backend.perform(frame, refused: { log.tell("\($0)") }) {
    case .silence: break
    case .close: throw .noFrame("a refused request without a way to say so")
    case .reply(let payload, let hasDescriptor):
      var answer = Frame(number, flags: .reply, payload)
      if hasDescriptor, let file = backend.inflightFile() { answer.descriptors.append(file) }
      trace?(FrameTrace(answer, .fromBackEnd))
      try connection?.send(answer)
    }
  }
}
