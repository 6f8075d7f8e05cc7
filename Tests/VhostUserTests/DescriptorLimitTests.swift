import Foundation
import Testing
@testable import VhostUser
import Wire

/// A process that may open no more files. Each in one of its own: other tests open files.
@Suite struct DescriptorLimitTests {
  /// Lets the process open `count` more descriptors.
  private static func leave(_ count: Int32) throws {
    let next = try FileDescriptor.event().number
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = rlim_t(next + count)
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { throw SystemError("setrlimit") }
  }

  @Test func `who comes while there is no descriptor is told of, and served when there is one`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served()
      let spare = try TestBackend.descriptors(2)
      try DescriptorLimitTests.leave(1)
      let socket = try served.connect()
      #expect(served.tells("accept: Too many open files"))
      #expect(processorTime(of: 500) < 250)
      _ = consume spare
      let isServed = FrontEnd.isServed(socket, milliseconds: 5000)
      #expect(isServed)
      #expect(served.log == ["accept: Too many open files"])
      served.end()
    }
  }

  @Test func `descriptors that are lost on their way are told of as what they are`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served()
      let socket = try served.connect()
      let descriptors = try TestBackend.descriptors(8)
      let isServed = FrontEnd.isServed(socket, milliseconds: 5000)
      #expect(isServed)
      try DescriptorLimitTests.leave(3)
      try socket.send(Frame(Request.setOwner.rawValue).bytes, descriptors)
      #expect(served.tells("file descriptors that came are lost: this process may open no more"))
      served.end()
    }
  }

  @Test func `a device that looks at its rings sleeps while none runs`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served(.busyPoll)
      let socket = try served.connect()
      let isServed = FrontEnd.isServed(socket, milliseconds: 5000)
      #expect(isServed)
      #expect(processorTime(of: 500) < 250)
      served.end()
    }
  }
}
