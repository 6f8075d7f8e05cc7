package import Device
import Spec
package import Virtio
package import Wire

/// What a driver of one version puts on the wire.
package protocol WireDriver {
  /// What the version's messages have no room for, as an association file calls it; nil where they say all of an SA.
  func inexpressible(_ description: SADescription) -> String?
  func select(scaling: Int, _ transport: any DriverTransport)
  func addGroup(_ bench: Testbench) throws(TestbenchError) -> Handle
  /// The command that adds an SA, or a bundle.
  func addition(of descriptions: [SADescription], _ direction: Direction, _ group: Handle?) -> PreparedChain
  /// The SA in the answer to that command.
  func added(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> Handle
  /// Has packets of an SA that was just added go on behind `sequence`, where the command that adds it cannot say so.
  func advance(_ sa: TestSA, to sequence: UInt64, _ bench: Testbench) throws(TestbenchError)
  /// The command that deletes an SA.
  func deletion(of sa: TestSA) -> PreparedChain
  /// - Throws: `TestbenchError.status` unless the answer is that the command was done.
  func checkDeletion(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError)
  /// The chain that asks for a packet to be processed.
  func chain(for packet: [UInt8], on sa: TestSA) -> PreparedChain
  /// The chain that asks for a packet to be processed where it stands; not in version 1.0.
  func chain(inPlace packet: [UInt8], on sa: TestSA) -> PreparedChain
  /// Bytes that the answer to such a chain has in front of the packet.
  var answerHeaderByteCount: Int { get }
  /// What became of the packet: its length, by how an answer of so many bytes begins.
  func outputLength(_ header: RawSpan, of byteCount: Int) throws(TestbenchError) -> Result<Int, TestbenchError>
  /// The chain that asks for several packets to be processed, and what became of each, in all the room that it has;
  /// before 2.0 for one packet.
  func chain(for packets: [[UInt8]], on sa: TestSA) -> PreparedChain
  func results(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>]
  func process(
    _ packets: [[UInt8]], on sa: TestSA, queue: Int, _ bench: Testbench
  ) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>]
  /// Whether every SA has to be in a group.
  var needsGroup: Bool { get }
  var notificationByteCount: Int { get }
  func notification(_ bytes: [UInt8]) -> Notification?
}

package func makeDriver(_ version: SpecVersion, _ profile: AcceleratorProfile) -> any WireDriver {
  version >= .v2_0 ? ModernDriver() : LegacyDriver(version, profile)
}

extension WireDriver {
  /// What became of the packet of a chain.
  package func result(_ answer: [UInt8]) throws(TestbenchError) -> Result<[UInt8], TestbenchError> {
    try outputLength(answer.span.bytes, of: answer.count).map {
      Array(answer[answerHeaderByteCount..<answerHeaderByteCount + $0])
    }
  }

  func chain(for packets: [[UInt8]], on sa: TestSA) -> PreparedChain {
    precondition(packets.count == 1, "a chain has one packet")
    return chain(for: packets[0], on: sa)
  }

  func results(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    [try result(answer)]
  }

  func addSA(
    _ descriptions: [SADescription], _ direction: Direction, _ group: Handle?, _ bench: Testbench
  ) throws(TestbenchError) -> Handle {
    for description in descriptions {
      if let field = inexpressible(description) { throw .inexpressible(field, bench.version) }
    }
    let command = addition(of: descriptions, direction, group)
    return try added(try bench.control(command.readable, room: command.room), to: command.readable)
  }

  func deleteSA(_ sa: TestSA, _ bench: Testbench) throws(TestbenchError) {
    let command = deletion(of: sa)
    try checkDeletion(try bench.control(command.readable, room: command.room), to: command.readable)
  }
}
