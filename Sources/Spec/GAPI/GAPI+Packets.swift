import Wire

/// Packets.
extension GAPI {
  static let packetItems: [Interface.Item] = packetTypes.map(Interface.Item.structure) + packetFunctions

  private static let packetFunctions: [Interface.Item] = [
    .function(one("packet_encap", "Encapsulates a packet.", "An IP packet", "The packet to send")),
    .function(one("packet_decap", "Decapsulates a packet.", "A packet received", "The IP packet in it")),
    .function(several("multi_packet_encap", "Encapsulates packets of one SA, in their order.")),
    .function(several("multi_packet_decap", "Decapsulates packets of one SA, in their order.")),
  ]

  private static let buffers =
    "Input and output may be the same memory. Of an asynchronous call, both and their arrays are kept until the "
    + "callback; without a response, input is copied during the call, and output is not written. Where a packet is not "
    + "processed, for whatever reason, its output lengths are 0, unless a count says that there are too many."

  private static let errors: [Failure] = [
    Failure(
      "EINVAL", "A pointer is NULL, a count is 0 or too large, an input length is 0, or flags has unknown bits."),
    badHandle, gone, noSuchSA,
    Failure("EMSGSIZE", "A packet is too long, or the result does not fit its output."),
    Failure("ENOSPC", "MAX_IN_FLIGHT packets are in flight; none is processed.", only: .library),
    Failure(
      "ENOSPC", "With a flag: the accelerator's queue is full; what it had room for is processed.", only: .kernel),
    Failure("EBADMSG", "The packet is not what the SA takes: malformed, forged, or a replay."),
    Failure(
      "EKEYREJECTED",
      "A hard lifetime has expired, no sequence number is left, or the SA could not go on after a reset; accelerators "
        + "before version 2.0 say -EBADMSG of the first two."),
    Failure("EIO", "The accelerator was reset meanwhile, or failed."),
    Failure(
      "ETIMEDOUT",
      "The accelerator did not answer within 2 seconds; what comes later is dropped, and all memory is the "
        + "application's again.", only: .library),
    Failure(
      "ETIMEDOUT", "The accelerator did not answer in time, and was reset; all memory is the application's again.",
      only: .kernel),
    Failure("ENOMEM", "There is no memory for the packet."), asleep, nonsense,
  ]

  private static func one(_ name: String, _ summary: String, _ input: String, _ output: String) -> Function {
    Function(
      name, summary,
      [
        handle, flags, saHandle,
        Variable("uint32_t", "num_sg", "Pieces of input, and of output; 1 to MAX_SG."),
        Variable("const struct data *", "in_data", "\(input), in pieces."),
        Variable("struct data *", "out_data", direction: .both, "\(output); its room, and then its lengths."),
        resp,
      ], details: [buffers],
      errors: errors)
  }

  private static func several(_ name: String, _ summary: String) -> Function {
    Function(
      name, summary,
      [
        handle, flags, saHandle,
        Variable("uint32_t", "num_packets", "1 to MAX_PACKETS."),
        Variable("const struct packet *", "in_packets", "What is processed."),
        Variable(
          "struct packet *", "out_packets", direction: .both, "As many; room for the results, and then their lengths."),
        resp,
      ],
      details: [
        buffers,
        "Every packet is processed, whatever becomes of the others; the call's error is that of the first that failed. "
          + "A call with -EINVAL, -EBADF, -ENOENT, -ENODEV or -ENOSPC of its own processes none.",
      ],
      errors: errors)
  }
}
