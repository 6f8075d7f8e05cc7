import Device
import Spec
import Virtio
import Wire

/// What a driver of one version puts on the wire.
protocol WireDriver {
  func select(scaling: Int, _ transport: any DriverTransport)
  func addGroup(_ bench: Testbench) throws(TestbenchError) -> Handle
  func addSA(
    _ descriptions: [SADescription], _ direction: Direction, _ group: Handle?, _ bench: Testbench
  ) throws(TestbenchError) -> Handle
  func deleteSA(_ sa: TestSA, _ bench: Testbench) throws(TestbenchError)
  func process(
    _ packets: [[UInt8]], on sa: TestSA, queue: Int, _ bench: Testbench
  ) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>]
  /// Whether every SA has to be in a group.
  var needsGroup: Bool { get }
  var notificationByteCount: Int { get }
  func notification(_ bytes: [UInt8]) -> Notification?
}

func makeDriver(_ version: SpecVersion, _ profile: AcceleratorProfile) -> any WireDriver {
  version >= .v2_0 ? ModernDriver() : LegacyDriver(version, profile)
}
