import TestSupport
import Testing
@testable import VhostUser
import Wire

/// Sockets among the descriptors that come: one that keeps its own connection keeps everybody else from the device.
@Suite struct PassedSocketTests {
  enum Way: CaseIterable {
    /// The front end's own end of the connection.
    case itself
    /// A socket in which somebody has left it.
    case inAnother
  }

  static let requests: [Request] = [
    .setOwner, .setLogDescriptor, .setRingKick, .setRingCall, .setRingError, .setBackendChannel,
    .setDeviceStateDescriptor,
  ]

  private static func payload(_ request: Request) -> Payload {
    switch request {
    case .setRingKick, .setRingCall, .setRingError: Payload(number: 0)
    case .setDeviceStateDescriptor: Payload(StateTransferDescription.self)
    default: Payload([])
    }
  }

  @Test(arguments: requests, Way.allCases)
  func `a front end that passes its own socket on does not keep the device`(request: Request, way: Way) throws {
    let folder = try TemporaryFolder()
    let program = try KillableProgram(folder)
    for isWhole in [true, false] {
      let socket = try program.connect()
      try socket.send(
        Frame(Request.setProtocolFeatures.rawValue, Payload(number: ProtocolFeatures.all.rawValue)).bytes)
      var passed = try socket.duplicate()
      if way == .inAnother {
        var pair = try SocketPair()
        try pair.far?.send([0], PassedDescriptors(passed))
        passed = pair.takeNear()
      }
      let frame = Frame(request.rawValue, flags: .requestWithResult, Self.payload(request))
      try socket.send(isWhole ? frame.bytes : Array(frame.bytes[..<6]), PassedDescriptors(passed))
    }
    let isServed = FrontEnd.isServed(try program.connect(), milliseconds: 3000)
    #expect(isServed)
  }

  @Test(arguments: [Request.setRingKick, .setRingCall, .setRingError, .setLogDescriptor])
  func `only an eventfd or a pipe can tell of anything`(request: Request) throws {
    let test = try TestBackend()
    var pair = try SocketPair()
    let pipe = try FileDescriptor.fullPipe()
    _ = test.ask(request, Self.payload(request), PassedDescriptors(pair.takeNear()))
    _ = test.ask(request, Self.payload(request), PassedDescriptors(try .memory("none", byteCount: 4096)))
    let line = "\(request.rule.name): a file descriptor that is neither an eventfd nor a pipe"
    #expect(test.refusals == [line, line])
    _ = test.ask(request, Self.payload(request), PassedDescriptors(try .event()))
    _ = test.ask(request, Self.payload(request), PassedDescriptors(FileDescriptor(owning: pipe.writer)))
    #expect(test.refusals.count == 2)
    _ = FileDescriptor(owning: pipe.reader)
  }

  @Test func `a state moves through a pipe and no socket`() throws {
    let test = try TestBackend()
    var pair = try SocketPair()
    _ = test.ask(
      .setDeviceStateDescriptor, Payload(StateTransferDescription.self), PassedDescriptors(pair.takeNear()))
    #expect(test.refusals == ["SET_DEVICE_STATE_FD: a socket, not a pipe"])
  }
}
