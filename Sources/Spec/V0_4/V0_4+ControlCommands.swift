import Wire

extension V0_4 {
  static let control = Legacy.control(
    payloads,
    and: [
      Legacy.control(
        "get_headroom_tailroom_size", .sa, SACommand.getHeadroomTailroomSize,
        "Asks how much encapsulation adds at most.",
        writable: [.message(HeadroomTailroom.self)])
    ])

  private static let payloads = Legacy.Payloads(
    groupAdd: GroupAdd.self, groupDelete: GroupDelete.self, flushSA: FlushSA.self, saHandle: SAHandle.self,
    deleteSA: DeleteSA.self, readSA: ReadSA.self, readSAs: ReadSAs.self, numSas: .field(\ReadSAs.numSas),
    createSA: [
      .message(CreateSA.self),
      .measured(by: .field(\CreateSA.saLength), [.repeated("sa", count: .field(\CreateSA.numSas), [.group(sa)])]),
    ],
    updateSA: [.message(UpdateSA.self)] + changes, sa: sa)

  private static let changes: [Part] = [
    .optional(.all([gateway, tunnel(0)]), .message(Legacy.UpdateIPv4.self)),
    .optional(.all([gateway, tunnel(1)]), .message(UpdateIPv6.self)),
    .optional(change(.sequenceNumber), .message(Legacy.UpdateSequence.self)),
    .optional(change(.antiReplayWindow), .message(Legacy.UpdateAntiReplay.self)),
  ]

  private static let gateway = Condition.any([change(.localGateway), change(.peerGateway)])

  private static func change(_ change: Legacy.Change) -> Condition {
    .equals(.field(\UpdateSA.change), UInt64(change.rawValue))
  }

  private static func tunnel(_ version: UInt64) -> Condition {
    .context("tunnel_version", equals: version, "Tunnel header version that the SA was created with.")
  }
}
