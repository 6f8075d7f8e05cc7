public import Wire

/// Version 2.0: the one that new builds use.
public enum V2_0 {}

extension Spec {
  public static let v2_0 = Definition(
    version: .v2_0, prefix: "virtio_ipsec", title: "virtio-ipsec-la 2.0",
    summary: """
      The look-aside IPsec accelerator for new builds: little-endian, naturally aligned, readable before writable, with \
      attributes that a minor version can add to.
      """,
    order: .little, identity: Identity(deviceID: 63), registers: versionedRegisters, queues: queueTopology,
    features: Feature.allCases.filter { $0.entry.exists(in: .v2_0) },
    dependencies: [
      FeatureDependency(Feature.inOrder, needs: [Feature.version1]),
      FeatureDependency(Feature.notificationData, needs: [Feature.version1]),
      FeatureDependency(Feature.ringPacked, needs: [Feature.version1]),
      FeatureDependency(Feature.ringReset, needs: [Feature.version1]),
    ],
    featureUses: V2_0.featureUses,
    enumerations: [
      ControlClass.self, GenericCommand.self, SACommand.self, RandomCommand.self, V2_0.AdvancedCommand.self,
      V2_0.Status.self, V2_0.AttributeType.self, V2_0.Operation.self, V2_0.Mode.self, IPsecProtocol.self,
      CipherAlgorithm.self, HMACAlgorithm.self, DSCPHandling.self, DFHandling.self, NotificationEvent.self,
      V2_0.IPVersion.self,
    ],
    messages: [
      V2_0.ControlHeader.self, V2_0.ControlStatus.self, V2_0.Capabilities.self, V2_0.SetCapabilities.self,
      V2_0.GroupHandle.self, V2_0.SAHandle.self, V2_0.AddSA.self, V2_0.SAEntry.self, V2_0.ReadSAs.self,
      V2_0.ReadReply.self, V2_0.SARecord.self, V2_0.Rooms.self, V2_0.Amount.self, V2_0.AttributeHeader.self,
      V2_0.TunnelIPv4.self, V2_0.TunnelIPv6.self, V2_0.CipherAttribute.self, V2_0.AuthenticationAttribute.self,
      V2_0.UDPEncapsulation.self, V2_0.OriginalAddress.self, V2_0.ReplayWindow.self, V2_0.Sequence.self,
      V2_0.Lifetime.self, V2_0.TrafficFlow.self, V2_0.NotificationSettings.self, V2_0.Statistics.self,
      V2_0.StateChunk.self, V2_0.SaveState.self, V2_0.DHGenerate.self, V2_0.DHPublic.self, V2_0.DHHandle.self,
      V2_0.DataRequest.self, V2_0.Completion.self, V2_0.Notification.self,
    ],
    services: [V2_0.control, V2_0.data, V2_0.notifications], statements: behaviour + V2_0.behaviour,
    counterparts: V2_0.counterparts)
}
