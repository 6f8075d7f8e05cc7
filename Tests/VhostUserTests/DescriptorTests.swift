import Device
import Foundation
import Testing
@testable import VhostUser

/// File descriptors that come over the socket.
@Suite struct DescriptorTests {
  /// In a process of its own: other tests open files meanwhile.
  @Test func `no descriptor is left over, whatever became of the frame that it came with`() async {
    await #expect(processExitsWith: .success) {
      func askEverything() throws {
        for request in Request.allCases {
          for count in 0...3 {
            let test = try TestBackend()
            for length in [0, 8, 16, 24, 40] {
              _ = test.ask(
                request, Payload([UInt8](repeating: 0, count: length)), try TestBackend.descriptors(count),
                flags: .requestWithResult)
            }
          }
        }
      }
      // What the process opens once for itself is open afterwards.
      try askEverything()
      let before = openDescriptors()
      try askEverything()
      #expect(openDescriptors() <= before, "\(openDescriptors()) are open, \(before) before")
    }
  }

  @Test func `a hundred guests that come and go leave no descriptor behind`() async {
    await #expect(processExitsWith: .success) {
      let served = try Served()
      func visit(_ index: Int) throws {
        let guest = try Guest(try served.connect())
        let sa = try guest.addSA(Samples.sa)
        _ = try guest.process(Samples.packet(), on: sa)
        if index % 2 == 0 { try guest.start() }
      }
      try visit(0)
      let before = openDescriptors()
      for index in 0..<100 { try visit(index) }
      // The last one's connection ends in the server's thread.
      for _ in 0..<100 where openDescriptors() > before { usleep(10_000) }
      #expect(openDescriptors() <= before)
      served.end()
    }
  }

  @Test func `a frame with more descriptors than there can be ends the connection`() throws {
    let served = try Served()
    defer { served.end() }
    let socket = try served.connect()
    let bytes = Frame(Request.setOwner.rawValue).bytes
    try socket.send(Array(bytes[..<6]), try TestBackend.descriptors(64))
    try socket.send(Array(bytes[6...]), try TestBackend.descriptors(64))
    _ = try Guest(try served.connect())
    #expect(served.log == ["not the protocol: more than 64 file descriptors"])
  }
}
