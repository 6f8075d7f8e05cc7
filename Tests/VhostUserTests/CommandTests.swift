import Foundation
import TestSupport
import Testing
@testable import VhostUser

/// `ipsec-la serve` and `ipsec-la fuzz vhost-user`.
@Suite struct CommandTests {
  let folder = try! TemporaryFolder()

  private func serve(_ arguments: String...) throws -> Shell.Outcome {
    try Shell.outcome([program, "serve"] + arguments, in: folder.path)
  }

  @Test(arguments: [
    ([], "--socket: there is no device without one"),
    (["--socket", "a", "--socket", "a"], "the same path twice"),
    (["--socket", ""], "--socket: a path that is empty"),
    (["--socket", "a", "--queues", "128"], "--queues is 1 to 127"),
    (["--socket", "a", "--queue-size", "48"], "--queue-size is a power of 2"),
    (["--socket", "a", "--spec-version", "3.0"], "there is no version '3.0'"),
    (["--socket", "a", "--state-key", "none"], "none: cannot be read"),
    (["--socket", "a", "--state-key", "/dev/null"], "--state-key: /dev/null has 0 bytes, not 32"),
    (["--socket", "a", "--state-key", "/dev/zero"], "--state-key: /dev/zero: is larger than 16 MiB"),
    (["--socket", "none/a"], "none/a: bind: No such file or directory"),
    (["--socket", String(repeating: "a", count: 108)], "File name too long"),
  ])
  func `bad usage is told on stderr and exits with 2`(arguments: [String], message: String) throws {
    let outcome = try Shell.outcome([program, "serve"] + arguments, in: folder.path)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errors.contains(message))
  }

  @Test(arguments: ["device", "driver", "esp", "simulate", "vhost-user", "virtio", "wire"], ["0", "-1", "\(Int.max)"])
  func `a benchmark of no rounds, or of endless ones, is refused with one line`(name: String, rounds: String) throws {
    let outcome = try Shell.outcome([program, "bench", name, "--rounds=\(rounds)"])
    #expect(outcome.status != 0 && outcome.output == "")
    #expect(outcome.errors.contains("--rounds \(rounds): a benchmark has 1 to 1000000 rounds."))
  }

  @Test func `a socket in use, and a file that is none, are not replaced, and one that is left over is`() throws {
    let path = folder.path + "/a"
    try folder.write("text", to: "file")
    let listener = try Listener(path: path)
    let second = try serve("--socket", path)
    #expect(second.status == 2 && second.errors.contains("Address already in use"))
    #expect(try serve("--socket", folder.path + "/file").status == 2)
    #expect(try folder.read("file") == "text")
    _ = consume listener
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a server that has front ends waiting keeps a second one from its socket, and not waiting`() throws {
    let path = folder.path + "/a"
    let listener = try Listener(path: path)
    var waiting = PassedDescriptors()
    while waiting.count < 100, let socket = try? FileDescriptor.connected(to: path, isAwaited: false) {
      waiting.append(socket)
    }
    try #require(waiting.count < 100)
    let second = try Shell.outcome(["timeout", "10", program, "serve", "--socket", path])
    #expect(second.status == 2 && second.errors.contains("Address already in use"))
    _ = consume listener
    _ = consume waiting
  }

  @Test func `devices for which there are not enough descriptors are not served`() throws {
    func serve(_ limit: String) throws -> Shell.Outcome {
      let command = "ulimit \(limit); exec timeout --preserve-status 2 \(program) serve --socket a --queues 127"
      return try Shell.outcome(["sh", "-c", command], in: folder.path)
    }
    let refused = try serve("-n 800")
    #expect(refused.status == 2 && refused.output == "")
    #expect(refused.errors.contains("serve: 880 file descriptors may be needed, and only 800 may be open (ulimit -n)"))
    let raised = try serve("-Sn 100")
    #expect(raised.status == 0 && raised.output == "listening on a\n")
  }

  @Test func `the help says where keys stand in the clear`() throws {
    #expect(try serve("--help").output.contains("in-flight region when a signal ends it"))
  }

  @Test(arguments: ["device", "esp", "vhost-user", "virtio"])
  func `a fuzzer's help has no number that nobody gave`(name: String) throws {
    #expect(try !Shell.run([program, "fuzz", name, "--help"]).contains("\(UInt64.max)"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends the command with 0 and removes its sockets`(signal: Int32) throws {
    let paths = ["a", "b"].map { "\(folder.path)/\($0)" }
    try folder.write("", to: "out")
    let process = try ChildProcess(
      [program, "serve", "--trace"] + paths.flatMap { ["--socket", $0] }, output: .file(folder.url("out").path))
    for _ in 0..<1000 where try folder.read("out").split(separator: "\n").count < 2 { usleep(10_000) }
    let guest = try Guest(try .connected(to: paths[1]))
    _ = try guest.addSA(Samples.sa)
    process.signal(signal)
    #expect(process.wait() == .exited(0))
    #expect(try folder.read("out") == paths.map { "listening on \($0)\n" }.joined())
    #expect(paths.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
  }

  @Test func `random front ends are survived`() throws {
    let seed = UInt64.random(in: 0...(1 << 40))
    let outcome = try Shell.outcome(
      [program, "fuzz", "vhost-user", "--runs", "150", "--seconds", "100", "--seed", "\(seed)"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("150 runs from seed"))
  }
}
