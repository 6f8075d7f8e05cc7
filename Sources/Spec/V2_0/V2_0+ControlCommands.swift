import Wire

extension V2_0 {
  static let control = Service(
    "control", on: ["controlq"], "Capabilities, groups, SAs and what else is not on the packets' path.",
    generic + groups + associations(.outbound) + associations(.inbound) + flushes + advanced)

  private static let generic: [Command] = [
    control(
      "get_capabilities", .generic, GenericCommand.getCapabilities, "Asks what the device can do.",
      writable: [.message(Capabilities.self)]),
    control(
      "set_capabilities", .generic, GenericCommand.setCapabilities, "Turns legacy algorithms on.",
      feature: Feature.legacyAlgorithms, readable: [.message(SetCapabilities.self)]),
    control(
      "get_random", .random, RandomCommand.getRandomNumber, "Asks for random bytes.",
      readable: [.message(Amount.self)],
      writable: [
        .message(Amount.self),
        .bytes("random", .field(.field(\Amount.length), limit: 4096), "Random bytes."),
      ]),
  ]

  private static let groups: [Command] = [
    control("add_group", .sa, SACommand.addGroup, "Adds a group of SAs.", writable: [.message(GroupHandle.self)]),
    control(
      "delete_group", .sa, SACommand.deleteGroup, "Deletes a group that has no SA.",
      readable: [.message(GroupHandle.self)]),
  ]

  private static let flushes: [Command] = [
    control("flush_sa", .sa, SACommand.flushSA, "Deletes every SA of a group.", readable: [.message(GroupHandle.self)]),
    control("flush_sa_all", .sa, SACommand.flushAll, "Deletes every SA."),
    control(
      "get_headroom_tailroom_size", .sa, SACommand.getHeadroomTailroomSize,
      "Asks how much encapsulation adds at most.", writable: [.message(Rooms.self)]),
  ]

  /// The commands that exist once for each direction.
  private struct Direction {
    let add, delete, update, read, readFirst, readNext: SACommand
    let names:
      (
        add: StaticString, delete: StaticString, update: StaticString, read: StaticString, first: StaticString,
        next: StaticString
      )

    static let outbound = Direction(
      add: .addOutSA, delete: .deleteOutSA, update: .updateOutSA, read: .readOutSA, readFirst: .readFirstNOutSAs,
      readNext: .readNextNOutSAs,
      names: ("add_out_sa", "del_out_sa", "update_out_sa", "read_out_sa", "read_first_n_out_sas", "read_next_n_out_sas")
    )
    static let inbound = Direction(
      add: .addInSA, delete: .deleteInSA, update: .updateInSA, read: .readInSA, readFirst: .readFirstNInSAs,
      readNext: .readNextNInSAs,
      names: ("add_in_sa", "del_in_sa", "update_in_sa", "read_in_sa", "read_first_n_in_sas", "read_next_n_in_sas"))
  }

  private static func associations(_ direction: Direction) -> [Command] {
    let records: [Part] = [
      .message(ReadReply.self),
      .measured(
        by: .field(\ReadReply.length), [.repeated("record", count: .field(\ReadReply.saCount), [.group(record)])]),
    ]
    return [
      control(
        direction.names.add, .sa, direction.add, "Adds an SA or a bundle.",
        readable: [.message(AddSA.self), .repeated("sa", count: .field(\AddSA.saCount), [.group(sa)])],
        writable: [.message(SAHandle.self)]),
      control(
        direction.names.delete, .sa, direction.delete, "Deletes an SA or a bundle.",
        readable: [.message(SAHandle.self)]),
      control(
        direction.names.update, .sa, direction.update,
        "Changes tunnel endpoints, ports, sequence number, replay window, lifetime or notifications of an SA.",
        readable: [.message(SAHandle.self), .attributes(saChanges)]),
      control(
        direction.names.read, .sa, direction.read, "Reads an SA or a bundle.",
        readable: [.message(SAHandle.self)], writable: records),
      control(
        direction.names.first, .sa, direction.readFirst, "Reads the first SAs.",
        readable: [.message(ReadSAs.self)], writable: records),
      control(
        direction.names.next, .sa, direction.readNext, "Reads the SAs after those read before.",
        readable: [.message(ReadSAs.self)], writable: records),
    ]
  }

  private static let advanced: [Command] = [
    control(
      "save_state", .advanced, AdvancedCommand.saveState, "Reads a piece of the device's state.",
      feature: Feature.state, readable: [.message(SaveState.self)],
      writable: [
        .message(StateChunk.self), .bytes("state", .field(.field(\StateChunk.length), limit: 1 << 20), "The piece."),
      ]),
    control(
      "restore_state", .advanced, AdvancedCommand.restoreState, "Loads a piece of a state.",
      feature: Feature.state,
      readable: [
        .message(StateChunk.self), .bytes("state", .field(.field(\StateChunk.length), limit: 1 << 20), "The piece."),
      ]),
    control(
      "dh_generate", .advanced, AdvancedCommand.dhGenerate, "Makes a key pair.", feature: Feature.dh,
      readable: [.message(DHGenerate.self)],
      writable: [
        .message(DHPublic.self),
        .bytes(
          "public_value", .field(.field(\DHPublic.length), limit: 1024),
          "Public value, in the form of its IKEv2 payload."),
      ]),
    control(
      "dh_compute", .advanced, AdvancedCommand.dhCompute, "Computes a shared secret.", feature: Feature.dh,
      readable: [
        .message(DHPublic.self),
        .bytes("peer_value", .field(.field(\DHPublic.length), limit: 1024), "The peer's public value."),
      ],
      writable: [
        .message(Amount.self), .bytes("secret", .field(.field(\Amount.length), limit: 1024), "The shared secret."),
      ]),
    control(
      "dh_delete", .advanced, AdvancedCommand.dhDelete, "Forgets a key pair.", feature: Feature.dh,
      readable: [.message(DHHandle.self)]),
  ]

  /// A command between its header and its status: the header measures what follows it, the status comes first in the
  /// answer, and the rest of the answer only if it is OK.
  private static func control(
    _ name: StaticString, _ commandClass: ControlClass, _ command: any Enumeration, _ summary: StaticString,
    feature: Feature? = nil, readable: [Part] = [], writable: [Part] = []
  ) -> Command {
    Command(
      name, [commandClass, command], summary, feature: feature,
      readable: [.message(ControlHeader.self), .measured(by: .field(\ControlHeader.length), readable)],
      writable: [.message(ControlStatus.self)]
        + writable.map { .optional(.equals(.field(\ControlStatus.status), UInt64(Status.ok.rawValue)), $0) })
  }
}
