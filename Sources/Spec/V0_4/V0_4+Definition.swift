public import Wire

/// Version 0.4: the published document, revision 4 of 2015-07-25.
public enum V0_4 {}

extension Spec {
  public static let v0_4 = Definition(
    version: .v0_4, prefix: "virtio_ipsec", title: "virtio-ipsec-la 0.4",
    summary: "The look-aside IPsec accelerator as the document of 2015 describes it, taken at its letter.",
    order: .guest, identity: Identity(deviceID: 20), registers: versionedRegisters, queues: queueTopology,
    features: Feature.allCases.filter { $0.entry.exists(in: .v0_4) },
    featureUses: Legacy.featureUses(saCount: .field(\V0_4.CreateSA.numSas)),
    enumerations: [
      ControlClass.self, GenericCommand.self, SACommand.self, RandomCommand.self, V0_4.DataClass.self,
      V0_4.DataCommand.self,
      Legacy.Result.self, HMACAlgorithm.self, CipherAlgorithm.self, Legacy.Endian.self, IPsecProtocol.self,
      DSCPHandling.self, DFHandling.self, Legacy.Transform.self, Legacy.Change.self, NotificationEvent.self,
    ],
    constants: Legacy.constants,
    messages: [
      Legacy.ControlHeader.self, Legacy.ControlResult.self, Legacy.Capabilities.self, Legacy.SetGuestEndian.self,
      V0_4.GroupAdd.self, V0_4.GroupDelete.self, V0_4.FlushSA.self, V0_4.CreateSA.self, V0_4.SAHandle.self,
      Legacy.SAParameters.self, Legacy.TunnelHeaderIPv4.self, Legacy.TunnelHeaderIPv6.self, V0_4.LengthValue.self,
      V0_4.ESPInfo.self, V0_4.ESPInfoAuth.self, V0_4.AHInfo.self, V0_4.ICVInfo.self, Legacy.UDPEncapsulationInfo.self,
      V0_4.NotifyLifetime.self, Legacy.NotifySequencePeriodic.self, V0_4.UpdateSA.self, Legacy.UpdateIPv4.self,
      V0_4.UpdateIPv6.self, Legacy.UpdateSequence.self, Legacy.UpdateAntiReplay.self, V0_4.DeleteSA.self,
      V0_4.ReadSA.self,
      V0_4.ReadSAs.self, Legacy.OutSAInfo.self, Legacy.InSAInfo.self, V0_4.HeadroomTailroom.self, V0_4.DataHeader.self,
      V0_4.DataResult.self, V0_4.SeparateBuffers.self, V0_4.InPlaceBuffers.self, V0_4.Notification.self,
    ],
    services: [V0_4.control, V0_4.data, Legacy.notifications(V0_4.Notification.self)],
    statements: behaviour + Legacy.behaviour, errata: V0_4.errata)
}
