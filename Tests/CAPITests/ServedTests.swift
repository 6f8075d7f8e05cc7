import Foundation
import TestSupport
import Testing

/// The examples once more, with their accelerators behind the sockets of another process.
@Suite struct ServedTests {
  let installation = try! Installation.shared.get()

  /// Ring formats, as the environment asks for them.
  static let formats = ["off", "on"]
  static let examples = [
    "round_trip", "many_in_flight", "sharing", "threads", "broken", "misuse", "control", "order", "resets", "hostile",
    "loading", "keys", "gateways", "groups", "lists", "forks",
  ]

  @Test(arguments: examples, formats)
  func `an example runs unchanged with served devices`(_ example: String, _ packed: String) throws {
    let served = try ServedDevices(count: 2)
    defer { served.end() }
    let outcome = try served.run([installation.compile(example, "gcc")], packed: packed, with: installation)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(served.log)")
    #expect(outcome.errors == "")
    #expect(served.trace.contains("SET_VRING_KICK"), "nothing was served")
  }

  @Test func `the threads of served devices have names`() throws {
    let served = try ServedDevices(count: 2)
    defer { served.end() }
    let outcome = try served.run([installation.compile("names", "gcc")], packed: "on", with: installation)
    let names = outcome.output.split(separator: "\n").sorted()
    #expect(names == ["g_ipsec_la", "g_ipsec_la/0", "g_ipsec_la/1"], "\(outcome.errors)")
  }

  @Test(arguments: ["0.4", "1.0"], ["many_in_flight", "resets", "hostile"])
  func `older versions are served, too`(_ version: String, _ example: String) throws {
    let served = try ServedDevices(count: 1, ["--spec-version", version])
    defer { served.end() }
    let outcome = try served.run([installation.compile(example, "gcc"), version], packed: "off", with: installation)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(served.log)")
    #expect(served.trace.contains("SET_VRING_KICK"), "nothing was served")
  }

  @Test(arguments: ["control", "gateways"])
  func `several queue pairs and a device that polls make no difference`(_ example: String) throws {
    let served = try ServedDevices(count: 2, ["--queues", "4", "--busy-poll"])
    defer { served.end() }
    let outcome = try served.run([installation.compile(example, "gcc")], packed: "on", with: installation)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(served.log)")
  }

  @Test(.enabled(if: isInstalled("valgrind")), arguments: ["round_trip", "control"])
  func `an example with a served device neither leaks nor touches memory that is not its own`(
    _ example: String
  ) throws {
    let served = try ServedDevices(count: 2)
    defer { served.end() }
    let command = Installation.valgrind + [try installation.compile(example, "gcc")]
    let outcome = try served.run(command, packed: "on", with: installation)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: formats, [("soon", 60), ("late", 1)])
  func `a back end that is killed costs the packets under way, and one that stays away costs the device`(
    _ packed: String, _ way: (name: String, reconnect: Int)
  ) throws {
    let supervisor = try Supervisor()
    defer { supervisor.end() }
    let outcome = try installation.run([
      "env", "G_IPSEC_LA_DEVICES=vhost-user:\(supervisor.socket),packed=\(packed),reconnect=\(way.reconnect)",
      installation.compile("restarts", "gcc"), supervisor.folder.path, way.name,
    ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors == "")
  }

  @Test(arguments: [
    ("", "names 0 devices, not 1 to 16", EINVAL),
    ("vhost:/a", "'vhost:/a' is neither 'simulated' nor 'vhost-user:PATH'", EINVAL),
    ("vhost-user:", "'vhost-user:' is neither 'simulated' nor 'vhost-user:PATH'", EINVAL),
    ("vhost-user:/a,packed=1", "'packed=1' in 'vhost-user:/a,packed=1'", EINVAL),
    ("vhost-user:/a,queue-size=100", "'queue-size=100' in 'vhost-user:/a,queue-size=100'", EINVAL),
    ("vhost-user:/a,spec-version=3.0", "'spec-version=3.0' in 'vhost-user:/a,spec-version=3.0'", EINVAL),
    ("simulated,spec-version=3.0", "'spec-version=3.0' in 'simulated,spec-version=3.0'", EINVAL),
    ("simulated,packed=off", "'packed=off' in 'simulated,packed=off'", EINVAL),
    ("simulated1", "'simulated1' is neither 'simulated' nor 'vhost-user:PATH'", EINVAL),
    ("vhost-user:/none", "vhost-user:/none: connect: No such file or directory", ENODEV),
  ])
  func `a place where no device can be is told of by number, and on standard error`(
    _ places: String, _ line: String, _ number: Int32
  ) throws {
    let outcome = try installation.run(
      ["env", "G_IPSEC_LA_DEVICES=\(places)", installation.compile("round_trip", "gcc")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("g_ipsec_la: ") && outcome.errors.contains(line), "\(outcome.errors)")
    // The program counts accelerators before it opens one.
    let call = number == EINVAL ? "number" : "open"
    #expect(outcome.errors.contains("\(call): \(String(cString: strerror(number)))"), "\(outcome.errors)")
  }

  @Test func `a device that serves somebody else is none, and nobody waits for it for long`() throws {
    let served = try ServedDevices(count: 1)
    defer { served.end() }
    let socket = try served.occupy(0)
    defer { close(socket) }
    let start = ContinuousClock.now
    let outcome = try served.run([installation.compile("round_trip", "gcc")], packed: "on", with: installation)
    #expect(outcome.status == 1 && outcome.errors.contains("it may serve another front end"), "\(outcome.errors)")
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}

/// `ipsec-la serve` in a process of its own.
final class ServedDevices {
  private let process: ChildProcess
  private let folder: TemporaryFolder
  private let paths: [String]

  init(count: Int, _ options: [String] = []) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    paths = (0..<count).map { "\(folder.path)/\($0)" }
    try folder.write("", to: "out")
    process = try ChildProcess(
      [program, "serve", "--trace"] + options + paths.flatMap { ["--socket", $0] },
      output: .file(folder.url("out").path), errors: .file(folder.url("err").path))
    for _ in 0..<2000 where try folder.read("out").split(separator: "\n").count < count { usleep(10_000) }
  }

  /// Runs a program whose accelerators these are.
  func run(_ command: [String], packed: String, with installation: Installation) throws -> Shell.Outcome {
    let places = paths.map { "vhost-user:\($0),packed=\(packed)" }.joined(separator: " ")
    return try installation.run(["env", "G_IPSEC_LA_DEVICES=\(places)"] + command)
  }

  /// Every message of the protocol.
  var trace: String { (try? folder.read("err")) ?? "" }
  /// What else there was to say.
  var log: String {
    trace.split(separator: "\n").filter { !$0.contains(" -> ") && !$0.contains(" <- ") }.joined(separator: "\n")
  }

  /// Takes a device's one connection.
  func occupy(_ index: Int) throws -> Int32 {
    let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(paths[index].utf8)) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    return socket
  }

  func end() {
    process.signal(SIGTERM)
    process.wait()
  }
}

/// Serves a device for as long as a file "serve" is there, again whenever the process is killed; its number is in a
/// file "pid".
final class Supervisor {
  let folder: TemporaryFolder
  private let ended = DispatchSemaphore(value: 0)
  var socket: String { "\(folder.path)/socket" }

  init() throws {
    let folder = try TemporaryFolder(), ended = ended
    self.folder = folder
    for name in ["loop", "serve", "out"] { try folder.write("", to: name) }
    Thread.detachNewThread {
      while Self.has("loop", folder) {
        if Self.has("serve", folder) { try? Self.serve(folder) } else { Thread.sleep(forTimeInterval: 0.05) }
      }
      ended.signal()
    }
  }

  private static func has(_ name: String, _ folder: TemporaryFolder) -> Bool {
    FileManager.default.fileExists(atPath: folder.url(name).path)
  }

  private static func serve(_ folder: TemporaryFolder) throws {
    let log = ChildProcess.Output.file(folder.url("out").path)
    let process = try ChildProcess(
      [program, "serve", "--socket", "\(folder.path)/socket"], output: log, errors: log)
    try folder.write("\(process.identifier)\n", to: "pid")
    process.wait()
  }

  func end() {
    for name in ["loop", "serve"] { try? FileManager.default.removeItem(at: folder.url(name)) }
    while ended.wait(timeout: .now() + 0.1) == .timedOut {
      if let pid = Int32((try? folder.read("pid"))?.split(separator: "\n").first ?? "") { kill(pid, SIGKILL) }
    }
  }
}

/// The program as it was built, beside the tests.
private let program: String = Installation.product("ipsec-la")
