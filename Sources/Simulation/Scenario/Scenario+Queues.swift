import Device
import Spec
import Virtio

extension Scenario {
  /// Features that the driver knows.
  var features: FeatureSet {
    let known = AcceleratorProfile(version).features.subtracting(without)
    return known.subtracting(ring == .packed ? [] : .ringPacked).subtracting(isInOrder ? [] : .inOrder)
  }

  /// The control queue, the data queues, and one for events where there are any.
  var queueCount: Int {
    1 + 2 * pairs + (Feature.notifications.contains { features.contains(FeatureSet($0)) } ? 1 : 0)
  }
}
