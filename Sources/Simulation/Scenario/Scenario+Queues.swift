import CycleModel
import Device
import Spec
import Testbench
import Virtio

extension Scenario {
  /// Features that the driver knows.
  var features: FeatureSet {
    let known = AcceleratorProfile(version).features.subtracting(without)
    return known.subtracting(ring == .packed ? [] : .ringPacked).subtracting(isInOrder ? [] : .inOrder)
  }

  /// Whether a packet may come in several buffers: in version 2.0 it always may.
  public var takesSegments: Bool { version >= .v2_0 || features.contains(FeatureSet(Feature.sgBuffers)) }

  /// Whether a chain may have several packets.
  public var takesSeveralPackets: Bool { version >= .v2_0 && features.contains(FeatureSet(Feature.multiPacket)) }

  /// Descriptors of each chain of a flow: its buffers, and as many for the results. What is processed in place is named
  /// twice in version 2.0, behind the request and as room for the result.
  public func descriptors(of flow: Flow) -> Int { flow.isInPlace && version >= .v2_0 ? 3 : 2 * flow.segments }

  /// Most SAs of a bundle.
  public var bundleLimit: Int { features.contains(FeatureSet(Feature.saBundles)) ? Limits().bundle : 1 }

  /// Descriptors of a queue.
  public var ringSize: UInt64 { mode == .functional ? 256 : profile.ringSize }

  var ringKind: RingKind { RingKind(features) }

  /// The control queue, the data queues, and one for events where there are any.
  var queueCount: Int {
    1 + 2 * pairs + (Feature.notifications.contains { features.contains(FeatureSet($0)) } ? 1 : 0)
  }

  /// What a queue is called: `encap 0`; the one behind all that packets go over is for events.
  static func name(ofQueue index: Int, pairs: Int) -> String {
    if index == 0 { return "control" }
    if index > 2 * pairs { return "event" }
    return (index.isMultiple(of: 2) ? "encap" : "decap") + " \((index - 1) / 2)"
  }
}
