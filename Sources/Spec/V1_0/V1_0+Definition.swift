public import Wire

/// Version 1.0: what the published guest driver sends.
public enum V1_0 {}

extension Spec {
  public static let v1_0 = Definition(
    version: .v1_0, prefix: "virtio_ipsec", title: "virtio-ipsec-la 1.0",
    summary: "The look-aside IPsec accelerator as the published guest driver of the proof of concept uses it.",
    order: .guest, identity: Identity(deviceID: 13), registers: queueRegisters, queues: queueTopology,
    features: Feature.allCases.filter { $0.entry.exists(in: .v1_0) },
    featureUses: Legacy.featureUses(saCount: .field(\V1_0.CreateSA.numSas)),
    enumerations: [
      ControlClass.self, GenericCommand.self, V1_0.DriverSACommand.self, RandomCommand.self, Legacy.Result.self,
      HMACAlgorithm.self, CipherAlgorithm.self, Legacy.Endian.self, IPsecProtocol.self, DSCPHandling.self,
      DFHandling.self,
      Legacy.Transform.self, Legacy.Change.self, NotificationEvent.self,
    ],
    constants: Legacy.constants,
    messages: [
      Legacy.ControlHeader.self, Legacy.ControlResult.self, Legacy.Capabilities.self, Legacy.SetGuestEndian.self,
      V1_0.GroupAdd.self, V1_0.GroupDelete.self, V1_0.FlushSA.self, V1_0.CreateSA.self, V1_0.SAHandle.self,
      Legacy.SAParameters.self, Legacy.TunnelHeaderIPv4.self, Legacy.TunnelHeaderIPv6.self, V1_0.ESPInfo.self,
      V1_0.AHInfo.self, V1_0.CipherKey.self, V1_0.AuthKey.self, V1_0.NonceIV.self, Legacy.UDPEncapsulationInfo.self,
      V1_0.NotifyLifetime.self, Legacy.NotifySequencePeriodic.self, V1_0.UpdateSA.self, Legacy.UpdateIPv4.self,
      V1_0.UpdateIPv6.self, Legacy.UpdateSequence.self, Legacy.UpdateAntiReplay.self, V1_0.DeleteSA.self,
      V1_0.ReadSA.self,
      V1_0.ReadSAs.self, Legacy.OutSAInfo.self, Legacy.InSAInfo.self, V1_0.DataHeader.self, V1_0.DataReply.self,
      V1_0.Notification.self,
    ],
    services: [V1_0.control, V1_0.data, Legacy.notifications(V1_0.Notification.self)],
    statements: behaviour + Legacy.behaviour, errata: V1_0.errata,
    quirks: V1_0.DriverQuirk.allCases.map { Quirk($0.rawValue, $0.summary) })
}
