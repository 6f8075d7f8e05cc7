import Foundation
import TestSupport
import Testing
@testable import VhostUser
import Wire

/// What whoever runs a device hears, and what becomes of the device where nobody does.
@Suite struct LogTests {
  enum Reader: CaseIterable { case gone, stopped, fullDisk }

  private static func standardError(_ reader: Reader) throws -> ChildProcess.Output {
    if reader == .fullDisk { return .file("/dev/full") }
    let pipe = try FileDescriptor.fullPipe()
    if reader == .gone { close(pipe.reader) }
    return .descriptor(pipe.writer)
  }

  @Test(arguments: Reader.allCases, [[], ["--trace"]])
  func `a log that cannot be written ends no device and keeps none`(reader: Reader, arguments: [String]) throws {
    let program = try KillableProgram(
      try TemporaryFolder(), arguments, errors: try Self.standardError(reader))
    for _ in 0..<30 {
      let socket = try program.connect()
      for number in 0..<80 { try socket.send(Frame(1000 + UInt32(number)).bytes) }
    }
    let socket = try program.connect()
    let isServed = FrontEnd.isServed(socket, milliseconds: 5000)
    try #require(isServed)
    let guest = try Guest(socket)
    let sa = try guest.addSA(Samples.sa)
    #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    #expect(program.end() == .exited(0))
  }

  @Test func `what is left out of a log is told`() throws {
    let served = try Served()
    defer { served.end() }
    let socket = try served.connect()
    for number in 0..<80 { try socket.send(Frame(1000 + UInt32(number)).bytes) }
    #expect(served.tells("no more is told of this front end"))
    #expect(served.log.count == ConnectionLog.limit + 1)
  }

  @Test func `a log has an end within an hour, and goes on after it`() {
    var (now, lines): (ContinuousClock.Instant, [String]) = (.now, [])
    let log = ConnectionLog(now: { now }) { lines.append($0) }
    func connect(_ count: Int) {
      for _ in 0..<count {
        log.begin()
        log.tell("garbage")
      }
    }
    connect(2 * ConnectionLog.hourLimit)
    #expect(lines.count == ConnectionLog.hourLimit + 1 && lines.last == "no more is told within this hour")
    now += .seconds(3600)
    connect(1)
    #expect(lines.count == ConnectionLog.hourLimit + 2 && lines.last == "garbage")
  }
}
