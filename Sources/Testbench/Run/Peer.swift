import Clockwork
import Device
import ESP

/// The other end of SAs: a device of its own that protects packets, and sends some of them twice.
final class Peer {
  private let bench: Testbench
  private let ivs: IVSource
  private var sas: [TestSA] = []
  /// The packets that were sent last.
  private var recent: [[UInt8]] = []
  private var sent = 0
  private var generator = Generator(seed: 0x9ee9)
  private static let memory = 64

  /// - Parameter seed: of the IVs.
  init(_ descriptions: [SADescription], seed: UInt64) throws(TestbenchError) {
    let ivs = IVSource.repeatable(seed: ~seed)
    self.ivs = ivs
    bench = try Testbench(notificationBuffers: 0) { $0.ivs = ivs }
    for description in descriptions { sas.append(try bench.addSA(description)) }
  }

  init(copying other: Peer) throws(TestbenchError) {
    ivs = other.ivs
    bench = try Testbench(notificationBuffers: 0) { $0.ivs = other.ivs }
    (sas, recent, sent, generator) = (other.sas, other.recent, other.sent, other.generator)
    do throws(StateError) { try bench.accelerator.restoreState(other.bench.accelerator.saveState()) } catch {
      throw .malformedAnswer("\(error)")
    }
  }

  /// A packet from this end; an earlier one with the chance given.
  func protect(_ packet: [UInt8], _ association: Int, replaysPerMillion: UInt32) -> [UInt8] {
    if replaysPerMillion > 0, !recent.isEmpty, generator.next(below: 1_000_000) < UInt64(replaysPerMillion) {
      return recent[Int(generator.next(below: UInt64(recent.count)))]
    }
    guard let protected = try? bench.encap(packet, on: sas[association]) else { return packet }
    if replaysPerMillion > 0 {
      if recent.count < Self.memory { recent.append(protected) } else { recent[sent % Self.memory] = protected }
      sent += 1
    }
    return protected
  }
}
