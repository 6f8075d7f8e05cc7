import Wire

extension Legacy {
  /// What the commands carry where the versions differ.
  struct Payloads {
    let groupAdd, groupDelete, flushSA, saHandle, deleteSA, readSA, readSAs: any Message.Type
    /// Number of SAs in a structure of the type `readSAs`.
    let numSas: FieldReference
    let createSA, updateSA: [Part]
    /// One SA with what is optional.
    let sa: Group
  }

  /// The control queue's service.
  static func control(_ payloads: Payloads, and others: [Command] = []) -> Service {
    Service(
      "control", on: ["controlq"], "Capabilities, groups and SAs.",
      generic + groups(payloads) + outbound(payloads) + inbound(payloads) + flushes(payloads) + others)
  }

  private static let generic = [
    control(
      "get_capabilities", .generic, GenericCommand.getCapabilities, "Asks which algorithms the device has.",
      writable: [.message(Capabilities.self)]),
    control("set_capabilities", .generic, GenericCommand.setCapabilities, "Carries nothing: nothing was defined."),
    control(
      "set_guest_endian", .generic, GenericCommand.setGuestEndian, "Tells the device the guest's byte order.",
      readable: [.message(SetGuestEndian.self)]),
    control(
      "get_rand_num", .random, RandomCommand.getRandomNumber, "Asks for as many random bytes as there is room for.",
      writable: [.bytes("random", .rest, "Random bytes.")]),
  ]

  private static func groups(_ payloads: Payloads) -> [Command] {
    [
      control("add_group", .sa, SACommand.addGroup, "Adds a group of SAs.", writable: [.message(payloads.groupAdd)]),
      control(
        "delete_group", .sa, SACommand.deleteGroup, "Deletes a group.", readable: [.message(payloads.groupDelete)]),
    ]
  }

  private static func outbound(_ payloads: Payloads) -> [Command] {
    [
      control(
        "add_out_sa", .sa, SACommand.addOutSA, "Adds an outbound SA or a bundle.", readable: payloads.createSA,
        writable: [.message(payloads.saHandle)]),
      control(
        "del_out_sa", .sa, SACommand.deleteOutSA, "Deletes an outbound SA.", readable: [.message(payloads.deleteSA)]),
      control(
        "update_out_sa", .sa, SACommand.updateOutSA, "Changes an outbound SA.", readable: payloads.updateSA),
      control(
        "read_out_sa", .sa, SACommand.readOutSA, "Reads an outbound SA.", readable: [.message(payloads.readSA)],
        writable: [.message(OutSAInfo.self), .group(payloads.sa)]),
      control(
        "read_first_n_out_sas", .sa, SACommand.readFirstNOutSAs, "Reads the first outbound SAs.",
        readable: [.message(payloads.readSAs)], writable: records(payloads, OutSAInfo.self)),
      control(
        "read_next_n_out_sas", .sa, SACommand.readNextNOutSAs, "Reads the outbound SAs after those read before.",
        readable: [.message(payloads.readSAs)], writable: records(payloads, OutSAInfo.self)),
    ]
  }

  private static func inbound(_ payloads: Payloads) -> [Command] {
    [
      control(
        "add_in_sa", .sa, SACommand.addInSA, "Adds an inbound SA or a bundle.", readable: payloads.createSA,
        writable: [.message(payloads.saHandle)]),
      control(
        "del_in_sa", .sa, SACommand.deleteInSA, "Deletes an inbound SA.", readable: [.message(payloads.deleteSA)]),
      control("update_in_sa", .sa, SACommand.updateInSA, "Changes an inbound SA.", readable: payloads.updateSA),
      control(
        "read_in_sa", .sa, SACommand.readInSA, "Reads an inbound SA.", readable: [.message(payloads.readSA)],
        writable: [.message(InSAInfo.self), .group(payloads.sa)]),
      control(
        "read_first_n_in_sas", .sa, SACommand.readFirstNInSAs, "Reads the first inbound SAs.",
        readable: [.message(payloads.readSAs)], writable: records(payloads, InSAInfo.self)),
      control(
        "read_next_n_in_sas", .sa, SACommand.readNextNInSAs, "Reads the inbound SAs after those read before.",
        readable: [.message(payloads.readSAs)], writable: records(payloads, InSAInfo.self)),
    ]
  }

  private static func flushes(_ payloads: Payloads) -> [Command] {
    [
      control(
        "flush_sa", .sa, SACommand.flushSA, "Deletes every SA of a group.", readable: [.message(payloads.flushSA)]),
      control("flush_sa_all", .sa, SACommand.flushAll, "Deletes every SA."),
    ]
  }

  private static func records(_ payloads: Payloads, _ info: any Message.Type) -> [Part] {
    [
      .message(payloads.readSAs),
      .repeated("entry", count: payloads.numSas, [.message(payloads.saHandle), .message(info), .group(payloads.sa)]),
    ]
  }

  /// A command between its header and its result, which stands at the end of the room for the answer; the rest of the
  /// answer is there only if it is OK.
  static func control(
    _ name: StaticString, _ commandClass: ControlClass, _ command: any Enumeration, _ summary: StaticString,
    readable: [Part] = [], writable: [Part] = []
  ) -> Command {
    Command(
      name, [commandClass, command], summary, readable: [.message(ControlHeader.self)] + readable,
      writable: writable.map { .optional(isOK, $0) } + (writable.isEmpty ? [] : [.slack]) + [
        .message(ControlResult.self)
      ])
  }

  private static let isOK = Condition.equals(.field(\ControlResult.result), UInt64(Result.ok.rawValue))

  /// The notification queue's service.
  static func notifications(_ message: any Message.Type) -> Service {
    Service(
      "notification", on: ["notifyq"], "Room for events, posted by the driver in advance.",
      [Command("notify", [], "Receives one event.", writable: [.message(message)])])
  }
}
