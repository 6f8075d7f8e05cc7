import Wire

/// Structures that several functions share.
extension GAPI {
  static let handles: [Structure] = [
    Structure(
      "handle", "An accelerator as an application has it open, and the group that calls are about.",
      [
        Variable("uint8_t", "handle", count: handleSize, "From open."),
        Variable("uint8_t", "group_handle", count: groupHandleSize, "From group_create; zeros for no group."),
      ]),
    Structure("sa_handle", "An SA.", [Variable("uint8_t", "ipsec_sa_handle", count: saHandleSize, "From sa_add.")]),
  ]

  static let response: [Interface.Item] = [
    .callback(
      Function(
        "cbk_fn", "The answer to a call has come.",
        [
          Variable("void *", "cb_arg", "As given with the call."),
          Variable("int32_t", "cb_arg_len", "As given with the call."),
          Variable("void *", "outargs", "The call's outargs, filled; of a packet call, struct packet_outargs."),
        ])),
    .structure(
      Structure(
        "resp_args", "Where the answer to an asynchronous call goes.",
        [
          Variable("cbk_fn", "cb_fn", "What is called."),
          Variable("void *", "cb_arg", "Handed to it."),
          Variable("int32_t", "cb_arg_len", "Handed to it."),
        ])),
    .structure(
      Structure("result_outargs", "The answer to a call that has no other.", [result])),
  ]

  static let result = Variable("int32_t", "result", "0, or a negative error.")

  // MARK: SAs

  static let saTypes: [Structure] = [
    Structure(
      "ip_addr", "An IP address.",
      [
        Variable("enum ip_version", "version", "0 for no address."),
        Variable("uint8_t", "addr", count: addressSize, "In the order of a packet; of IPv4, the first 4."),
      ]),
    Structure(
      "sa_crypto_params",
      "Algorithms and keys. Keys are read during the call only, and never given back. What the algorithms do not use "
        + "is NULL, with a length of 0.",
      [
        Variable("enum auth_alg", "auth_algo", "Integrity: every inbound SA has to have it, here or in comb_algo."),
        Variable("const uint8_t *", "auth_key", "Its key."),
        Variable("uint32_t", "auth_key_len_bits", "Of an HMAC, as many as its hash has (RFC 4868); of AES-XCBC, 128."),
        Variable("enum cipher_alg", "cipher_algo", "Encryption."),
        Variable("const uint8_t *", "cipher_key", "Its key."),
        Variable("uint32_t", "cipher_key_len_bits", "Of AES, 128, 192 or 256; of DES, 64; of triple DES, 192."),
        Variable("const uint8_t *", "iv", "Of AES-CTR, the nonce; NULL for others, whose IVs the accelerator makes."),
        Variable("uint32_t", "iv_len_bits", "Of AES-CTR, 32; 0 for others."),
        Variable(
          "enum comb_alg", "comb_algo",
          "Both at once; then auth_algo is 0 or NONE, and cipher_algo 0, NULL or the same; keys are in comb_key only."),
        Variable("const uint8_t *", "comb_key", "The salt, then the key."),
        Variable("uint32_t", "comb_key_len_bits", "Of both together, a multiple of 8."),
        Variable("uint32_t", "comb_salt_len_bits", "Of the salt alone, a multiple of 8."),
        Variable("uint32_t", "icv_len_bits", "Of CCM and GCM: 64, 96 or 128; 0 for the algorithm's own."),
      ]),
    Structure(
      "sa_outbound", "What only outbound tunnels have; the numbers have to be valid in every SA.",
      [
        Variable("uint8_t", "dscp", "To set: 0 to 63."),
        Variable("enum df_handle", "df_bit_handle", "Where the don't-fragment bit comes from."),
        Variable("enum dscp_handle", "dscp_handle", "Where the DSCP comes from."),
      ]),
    Structure(
      "ipcomp_info", "Compression, which no accelerator has.",
      [Variable("enum ipcomp_alg", "algo", "0 for none.")]),
    Structure(
      "nat_info", "UDP encapsulation.",
      [
        Variable("uint16_t", "dest_port", "In the CPU's byte order."),
        Variable("uint16_t", "src_port", "In the CPU's byte order."),
        Variable("struct ip_addr", "nat_oa_peer_addr", "Original address of the peer; has to be empty."),
      ]),
    Structure(
      "tunnel_end_addr", "The ends of a tunnel. In transport mode they are not used; their versions are valid, or 0.",
      [
        Variable("struct ip_addr", "src_ip", "Source in the outer header."),
        Variable("struct ip_addr", "dest_ip", "Destination in the outer header."),
      ]),
    Structure(
      "sa", "A security association.",
      [
        Variable("uint32_t", "spi", "Security parameter index, from 256 on."),
        Variable("enum proto", "proto", "ESP or AH."),
        Variable("uint32_t", "cmn_flags", "Of enum sa_flags."),
        Variable(
          "uint32_t", "anti_replay_window_size",
          "Packets, at most MAX_REPLAY_WINDOW in every SA; 0 for 64, and read back as 0."),
        Variable("struct sa_outbound", "outb", "What only outbound tunnels have."),
        Variable("struct sa_crypto_params", "crypto_params", "Algorithms and keys."),
        Variable("struct ipcomp_info", "ipcomp_info", "Compression."),
        Variable(
          "uint32_t", "soft_kilobytes_limit",
          "With SA_LIFETIME_IN_KB: after which the application is told; 0 for never."),
        Variable(
          "uint32_t", "hard_kilobytes_limit",
          "With SA_LIFETIME_IN_KB: after which nothing is processed any more; 0 for never."),
        Variable("uint32_t", "seqnum_interval", "Packets between two periodic notifications."),
        Variable("struct nat_info", "nat_info", "UDP encapsulation."),
        Variable("struct tunnel_end_addr", "te_addr", "Of a tunnel, of the version that SA_USE_IPv6 says."),
      ]),
    Structure(
      "sa_protocol_errors", "Packets that an SA refused.",
      [
        Variable("uint64_t", "invalid_ipsec_pkt", "Malformed."),
        Variable("uint64_t", "invalid_pad_length", "Padding that is malformed."),
        Variable("uint64_t", "invalid_seq_num", "Sequence number 0, or one that cannot be."),
        Variable("uint64_t", "anti_replay_late_pkt", "Left of the replay window."),
        Variable("uint64_t", "anti_replay_replay_pkt", "Received before."),
        Variable("uint64_t", "invalid_icv", "Forged, or damaged."),
        Variable("uint64_t", "seq_num_over_flow", "No sequence number was left."),
        Variable("uint64_t", "crypto_op_failed", "The algorithm failed."),
      ]),
    Structure(
      "sa_process_errors", "Packets that came to nothing on the way.",
      [
        Variable("uint64_t", "no_tail_room", "The result did not fit."),
        Variable("uint64_t", "submit_to_accl_failed", "The accelerator did not take it."),
      ]),
    Structure(
      "sa_stats", "What an SA has done.",
      [
        Variable("uint64_t", "packets_processed", "Packets."),
        Variable("uint64_t", "bytes_processed", "Bytes of these."),
        Variable("struct sa_protocol_errors", "protocol_violation_errors", "Refused."),
        Variable("struct sa_process_errors", "process_errors", "Not processed."),
      ]),
  ]

  // MARK: Packets

  static let packetTypes: [Structure] = [
    Structure(
      "data", "A piece of a packet, or room for one.",
      [
        Variable("uint8_t *", "buffer", "Bytes."),
        Variable("uint32_t", "length", "How many; of a piece of output, room, and then what is in it."),
      ]),
    Structure(
      "packet", "A packet in pieces.",
      [
        Variable("uint32_t", "num_sg", "Pieces, from 1 on."),
        Variable("struct data *", "data", "These."),
      ]),
    Structure(
      "packet_outargs", "What a callback is told of packets.",
      [
        Variable("int32_t", "result", "0, or the error of the first packet that failed."),
        Variable("uint32_t", "num_done", "Packets that were processed; of the others, all output lengths are 0."),
      ]),
  ]
}
