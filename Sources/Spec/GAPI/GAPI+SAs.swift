import Wire

/// Capabilities and SAs.
extension GAPI {
  static let controlItems: [Interface.Item] = capabilityItems + adding + changing + removing + reading

  private static let capabilityItems: [Interface.Item] = [
    .structure(
      Structure(
        "capabilities", "What an accelerator can do.",
        [
          Variable("uint32_t", "flags", "Of enum cap_flags."),
          Variable("uint32_t", "num_dscp_queues", "Queues that packets of different DSCPs go through; 0 for one."),
          Variable("uint32_t", "auth_algo_caps", "Bit n stands for number n of enum auth_alg."),
          Variable("uint32_t", "cipher_algo_caps", "Bit n stands for number n of enum cipher_alg."),
          Variable("uint32_t", "comb_algo_caps", "Bit n stands for number n of enum comb_alg."),
        ])),
    .structure(
      Structure(
        "capabilities_get_outargs", "The answer to capabilities_get.",
        [result, Variable("struct capabilities", "caps", "What it can do.")])),
    .function(
      Function(
        "capabilities_get", "Asks what an accelerator can do.",
        [handle, flags, outargs("capabilities_get_outargs"), resp],
        errors: [Failure("EINVAL", "A pointer is NULL, or no answer is expected."), noSuchGroup] + control)),
  ]

  static let spent = Failure("EKEYREJECTED", "The SA could not go on after a reset.")
  private static let direction = Variable("enum sa_direction", "dir", "Its direction.")

  private static let adding: [Interface.Item] = [
    .structure(
      Structure(
        "sa_add_inargs", "SAs to add.",
        [
          Variable("enum sa_direction", "dir", "Their direction."),
          Variable("uint8_t", "num_sas", "1, or as many as a bundle is to have, up to MAX_BUNDLE."),
          Variable("const struct sa *", "sa_params", "These; of a bundle, the innermost first."),
        ])),
    .structure(
      Structure(
        "sa_add_outargs", "An SA added.",
        [result, Variable("struct sa_handle", "handle", "Of the SA, or the bundle.")])),
    .function(
      Function(
        "sa_add", "Adds an SA, or a bundle, to the group of the handle.",
        [handle, inargs("sa_add", "What is added."), flags, outargs("sa_add_outargs"), resp],
        details: ["Keys and structures are copied: they may be erased after the call."],
        errors: [
          Failure("EINVAL", "A pointer is NULL, a number is not valid, or the parameters contradict each other."),
          noSuchGroup,
          Failure("EOPNOTSUPP", "The accelerator cannot do this, or may not use this algorithm."),
          Failure("EKEYREJECTED", "The key is weak, or of a wrong length; before version 2.0, this is -EINVAL."),
        ] + control)),
  ]

  private static let changing: [Interface.Item] = [
    .structure(
      Structure(
        "sa_mod_addr", "A new end of a tunnel.",
        [
          Variable("struct ip_addr", "addr", "Of the same version as before."),
          Variable("uint16_t", "port", "Of UDP encapsulation; 0 to leave it."),
        ])),
    .structure(
      Structure(
        "sa_mod_replay", "New replay information.",
        [
          Variable("uint32_t", "flags", "Of enum sa_modify_replay_flags."),
          Variable(
            "uint32_t", "anti_replay_window_size",
            "Packets, 1 to MAX_REPLAY_WINDOW; of an inbound SA with SA_DO_ANTI_REPLAY_CHECK."),
          Variable(
            "uint64_t", "seq_num",
            "Last number used, which does not go back, or highest received: packets after it may be received again. "
              + "Before version 2.0, as many numbers as the window has packets have to be left after the latter."),
        ])),
    .structure(
      Structure(
        "sa_mod_inargs", "A change of an SA.",
        [
          direction,
          Variable("struct sa_handle", "handle", "The SA."),
          Variable("enum sa_modify", "mod_flags", "Which of the following is read."),
          Variable("struct sa_mod_addr", "addr_info", "For a gateway."),
          Variable("struct sa_mod_replay", "replay", "For replay information."),
        ])),
    .function(
      Function(
        "sa_mod", "Changes an SA.",
        [handle, inargs("sa_mod", "The change."), flags, outargs("result_outargs"), resp],
        errors: [
          Failure("EINVAL", "A pointer is NULL, or a number is not valid.", only: .kernel),
          Failure(
            "EINVAL", "A pointer is NULL, a number is not valid, or the SA has no replay window.", only: .library),
          noSuchSA,
          Failure(
            "EOPNOTSUPP", "The accelerator cannot change this; of version 0.4, neither the gateway of an IPv6 tunnel."),
          spent,
        ] + control)),
  ]

  private static let removing: [Interface.Item] = [
    .structure(
      Structure(
        "sa_del_inargs", "An SA to delete.", [direction, Variable("struct sa_handle", "handle", "The SA.")])),
    .function(
      Function(
        "sa_del", "Deletes an SA; packets that wait for it come back with -ENOENT.",
        [handle, inargs("sa_del", "Which one."), flags, outargs("result_outargs"), resp],
        errors: [Failure("EINVAL", "A pointer is NULL, or a number is not valid."), noSuchSA] + control)),
    .function(
      Function(
        "sa_flush", "Deletes the SAs of the handle's group; without one, all SAs of the application.",
        [handle, flags, outargs("result_outargs"), resp],
        errors: [
          Failure("EINVAL", "A pointer is NULL, or flags has unknown bits."),
          noSuchGroup,
        ] + control)),
  ]

  private static let reading: [Interface.Item] = [
    .structure(
      Structure(
        "sa_get_inargs", "Which SAs to read, and what of them.",
        [
          direction,
          Variable("struct sa_handle", "handle", "For SA_GET_EXACT, the SA; for SA_GET_NEXT_N, where to go on."),
          Variable("enum sa_get_op", "operation", "Which SAs."),
          Variable("uint32_t", "num_sas", "Elements that each array of outargs has room for."),
          Variable("enum sa_get_what", "what", "What of them."),
        ])),
    .structure(
      Structure(
        "sa_get_outargs", "SAs read.",
        [
          result,
          Variable("uint32_t", "num_sas", "Elements that were filled; of a bundle, one."),
          Variable("struct sa *", "sa_params", "The caller's array, NULL where only statistics are wanted. No keys."),
          Variable("struct sa_stats *", "stats", "The caller's array; may be NULL."),
          Variable("struct sa_handle *", "handles", "The caller's array; may be NULL."),
          Variable("struct sa_handle", "next", "Where SA_GET_NEXT_N goes on; zeros at the end."),
        ])),
    .function(
      Function(
        "sa_get", "Reads SAs of the application, oldest first; with a group in the handle, the group's.",
        [
          handle, inargs("sa_get", "Which ones."), flags,
          Variable("struct sa_get_outargs *", "out", direction: .both, "Has the arrays to fill; the answer."), resp,
        ],
        details: [
          "Of a bundle, the parameters of the innermost SA are told.",
          "SAs may come and go between two calls: one that is there all the time is told once. Where the SA that "
            + "SA_GET_NEXT_N is to go on from was deleted, the answer is -ENOENT, and the list starts again.",
        ],
        errors: [
          Failure("EINVAL", "A pointer or a needed array is NULL, a number is not valid, or no answer is expected."),
          noSuchSA,
        ] + control)),
  ]
}
