import Device
import Foundation
import Spec
import VhostUser
import Virtio

/// A server, and front ends that connect to it, some at a time.
///
/// One thread does both sides by turns, so that a seed plays a run again.
struct ServerFuzzer {
  /// What was done.
  struct Tally: CustomStringConvertible {
    var (connections, answers, endings, cuts, kicks, running, lines) = (0, 0, 0, 0, 0, 0, 0)

    static func += (sum: inout Tally, other: Tally) {
      sum.connections += other.connections
      sum.answers += other.answers
      sum.endings += other.endings
      sum.cuts += other.cuts
      sum.kicks += other.kicks
      sum.running += other.running
      sum.lines += other.lines
    }

    /// Whether there was something of each kind, and one kick in 20 came while a ring ran.
    var isComplete: Bool {
      [connections, answers, endings, cuts, kicks, running, lines].allSatisfy { $0 > 0 } && 20 * running >= kicks
    }

    var description: String {
      """
      \(connections) connections, \(answers) answers, \(endings) ended by the server, \(cuts) cut within a frame, \
      \(kicks) kicks, \(running) while a ring ran, \(lines) lines of log
      """
    }
  }

  private final class Lines { var count = 0 }

  private(set) var tally = Tally()
  private var input: FuzzInput
  private let path = FileManager.default.temporaryDirectory.path + "/ipsec-la-fuzz.\(getpid())"
  /// The first is served, or about to be; the others wait.
  private var frontEnds: [HostileFrontEnd] = []
  /// What the server gave out last, whoever has it.
  private let region = KeptRegion()
  /// How many may wait, with the one that is served.
  private static let limit = 3

  init(_ input: FuzzInput) { self.input = input }

  mutating func run(steps: Int) throws {
    let before = OpenDescriptors.count
    try serve(steps)
    precondition(OpenDescriptors.count <= before, "descriptors are left open")
  }

  private mutating func serve(_ steps: Int) throws {
    let lines = Lines()
    let server = try Server(
      .random(&input), at: try Listener(path: path), mode: input.oneIn(2) ? .event : .busyPoll,
      report: { _ in lines.count += 1 }, trace: input.oneIn(2) ? { _ = $0.description } : nil)
    let idle = OpenDescriptors.count
    for _ in 0..<steps {
      try step(server)
      try server.turn(patience: 0)
      if !input.oneIn(4) { for frontEnd in frontEnds { tally.answers += frontEnd.listen() } }
      let count = frontEnds.count
      frontEnds.removeAll(where: \.isOver)
      tally.endings += count - frontEnds.count
    }
    frontEnds = []
    region.file = nil
    // Those who waited and have gone are still to be looked at.
    for _ in 0..<100 { try server.turn(patience: 0) }
    precondition(OpenDescriptors.count <= idle, "a server without a front end keeps descriptors")
    try checkIsOfUse(server)
    tally.lines += lines.count
    precondition(lines.count <= 65 * (tally.connections + 1), "\(lines.count) lines of log")
  }

  private mutating func step(_ server: Server) throws {
    guard let first = frontEnds.first else { return try connect(server) }
    switch input.below(32) {
    case 0, 1: try connect(server)
    case 2:
      let leaving = frontEnds.remove(at: input.below(frontEnds.count))
      if leaving.isWithin { tally.cuts += 1 }
    case 3: try input.pick(frontEnds).speak(&input)
    case 4...11:
      tally.kicks += 1
      if server.backend.device.queues.contains(where: \.isLive) { tally.running += 1 }
      first.kick(&input)
    case 12 where input.oneIn(8):
      first.flood()
      for _ in 0..<50 { try server.turn(patience: 0) }
    default: try first.speak(&input)
    }
  }

  /// One more front end; none where as many wait as can.
  private mutating func connect(_ server: Server) throws {
    guard frontEnds.count < Self.limit, let socket = try? FileDescriptor.connected(to: path, isAwaited: false) else {
      return
    }
    tally.connections += 1
    frontEnds.append(try HostileFrontEnd(socket, rings: server.backend.device.queues.count, region, &input))
  }

  /// Whoever comes next is answered, and the server ends when it is told to.
  private func checkIsOfUse(_ server: Server) throws {
    var connection = Connection(try .connected(to: path, isAwaited: false))
    try connection.send(VhostUser.Frame(Request.getFeatures.rawValue))
    for _ in 0..<10 { try server.turn(patience: 0) }
    let isAnswered = (try? connection.receive()) != nil
    precondition(isAnswered, "the device does not answer any more")
    let stop = try FileDescriptor.event()
    stop.signal()
    try server.run(until: stop)
  }
}
