import Model
import Testing

/// Requests of 2.0 that a driver could get wrong.
private let modern = #"""
  struct virtio_ipsec_data_req data = { .sa = 1, .output_capacity = 32, .operation = VIRTIO_IPSEC_OP_ENCAP };
  struct virtio_ipsec_process_req_next_view more[2] = { { .data_req = NULL } };
  struct virtio_ipsec_process_req_view req = { .data_req = &data, .next = more, .next_max = 2 };
  struct virtio_ipsec_data_completion done = { .status = VIRTIO_IPSEC_S_OK };
  struct virtio_ipsec_process_resp_view resp = { .data_completion = &done };
  struct virtio_ipsec_add_sa add = { .group = 0 };
  struct virtio_ipsec_sa_entry entry = { .spi = 256, .proto = VIRTIO_IPSEC_PROTO_ESP };
  struct virtio_ipsec_sa_description_view sas[2] = { { .sa_entry = &entry } };
  struct virtio_ipsec_add_sa_req_view adding = { .add_sa = &add, .sa = sas, .sa_count = 1, .sa_max = 2 };
  struct virtio_ipsec_sa_attributes_view *attributes = &sas[0].sa_attributes;
  struct virtio_ipsec_attr_cipher cipher = { .algorithm = VIRTIO_IPSEC_AES_GCM_ICV16 };
  struct virtio_ipsec_tunnel_ipv4 four = { .dscp = 0 };
  struct virtio_ipsec_tunnel_ipv6 six = { .dscp = 0 };
  struct virtio_ipsec_replay_window window = { .size = 64 };
  int n;
  (void)n; (void)resp; (void)six; (void)four; (void)window; (void)cipher; (void)attributes; (void)req; (void)adding;
  #define ADD report(virtio_ipsec_build_add_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &adding))
  #define DATA report(virtio_ipsec_build_process_req(out, sizeof(out), &req))

  """#

/// A mistake, and the error that it has to meet.
struct Mistake: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let error: String
  let code: String

  init(_ description: String, _ error: String, _ code: String) {
    testDescription = description
    self.error = error
    self.code = code
  }

  static let all = values + parts + answers

  private static let values = [
    Mistake("a protocol that is none", "EVALUE", "entry.proto = 99; ADD;"),
    Mistake("a mode that is none", "EVALUE", "entry.mode = 77; ADD;"),
    Mistake("a reserved SPI", "ERANGE", "entry.spi = 255; ADD;"),
    Mistake("no SA in a description", "ERANGE", "adding.sa_count = 0; ADD;"),
    Mistake("a cipher that is none", "EALGORITHM", "cipher.algorithm = 999; attributes->attr_cipher = &cipher; ADD;"),
    Mistake("a DSCP of seven bits", "ERANGE", "four.dscp = 64; attributes->tunnel_ipv4 = &four; ADD;"),
    Mistake("an ECN of two", "ERANGE", "six.ecn = 2; attributes->tunnel_ipv6 = &six; ADD;"),
    Mistake("a flow label of 21 bits", "ERANGE", "six.flow_label = 1 << 20; attributes->tunnel_ipv6 = &six; ADD;"),
    Mistake("a handling of the DSCP that is none", "EVALUE", "four.dscp_handling = 3; attributes->tunnel_ipv4 = &four; ADD;"),
    Mistake("too large a replay window", "ERANGE", "window.size = 4097; attributes->replay_window = &window; ADD;"),
    Mistake("an operation that is none", "EVALUE", "data.operation = 3; DATA;"),
    Mistake("a reserved byte in a request", "ERESERVED", "data.reserved[0] = 1; DATA;"),
    Mistake("a reserved bit in a request", "ERESERVED", "entry.flags = 0x8000; ADD;"),
    Mistake("another command's function", "ECODE",
      "report(virtio_ipsec_build_add_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_DEL_IN_SA, &adding));"),
    Mistake("more room for output than any answer has", "ELIMIT", "data.output_capacity = (1 << 20) + 1; DATA;"),
    Mistake("more room for output than any answer has, parsed", "ELIMIT", """
      n = virtio_ipsec_build_process_req(out, sizeof(out), &req);
      out[14] = 0xff;
      report(virtio_ipsec_parse_process_req(out, n, &req));
      """),
    Mistake("a buffer beyond INT_MAX", "ELIMIT", "report(virtio_ipsec_build_process_req(out, 0x80000000, &req));"),
  ]

  private static let parts = [
    Mistake("a key without its structure", "EPART", "attributes->cipher_key = out; attributes->cipher_key_len = 4; ADD;"),
    Mistake("a bitmap without its structure", "EPART", "attributes->replay_bitmap_len = 4; ADD;"),
    Mistake("an array without a pointer", "EPART", "req.next = NULL; req.next_count = 1; DATA;"),
    Mistake("more SAs than the bytes can hold", "ECOUNT", """
      n = virtio_ipsec_build_add_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &adding);
      virtio_ipsec_store_le32(out + 16, 0xffffffff);
      report(virtio_ipsec_parse_add_sa_req(out, n, &adding));
      """),
    Mistake("more SAs than the caller's array holds", "EROOM", """
      n = virtio_ipsec_build_add_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &adding);
      adding.sa_max = 0;
      report(adding.sa_count == 1 ? virtio_ipsec_parse_add_sa_req(out, n, &adding) : 0);
      """),
    Mistake("input without a pointer", "EPART", "req.input_len = 1; DATA;"),
    Mistake("statistics in what a driver adds", "EATTRIBUTE", """
      attributes->tunnel_ipv4 = &four;
      n = virtio_ipsec_build_add_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &adding);
      virtio_ipsec_store_le16(out + 40, VIRTIO_IPSEC_ATTR_STATISTICS);
      report(virtio_ipsec_parse_add_sa_req(out, n, &adding));
      """),
    Mistake("a cipher in a change", "EATTRIBUTE", """
      struct virtio_ipsec_sa sa = { .sa = 1 };
      struct virtio_ipsec_update_sa_req_view change = { .sa = &sa, .sa_changes = { .tunnel_ipv4 = &four } };
      n = virtio_ipsec_build_update_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_UPDATE_IN_SA, &change);
      virtio_ipsec_store_le16(out + 24, VIRTIO_IPSEC_ATTR_CIPHER);
      report(virtio_ipsec_parse_update_sa_req(out, n, &change));
      """),
    Mistake("a key in a report", "ELENGTH", """
      struct virtio_ipsec_writer writer;
      struct virtio_ipsec_reader reader;
      struct virtio_ipsec_sa_reported_view reported;
      cipher.key_length = 16; attributes->attr_cipher = &cipher; attributes->cipher_key = also; attributes->cipher_key_len = 16;
      virtio_ipsec_start_writer(&writer, out, sizeof(out), 0);
      virtio_ipsec_build_sa_attributes(&writer, attributes);
      virtio_ipsec_start_reader(&reader, out, sizeof(out) - writer.left, 0);
      report(virtio_ipsec_parse_sa_reported(&reader, &reported));
      """),
    Mistake("a count in a later header", "ECOUNT", """
      more[0].data_req = &data; req.next_count = 1;
      n = virtio_ipsec_build_process_req(out, sizeof(out), &req);
      out[32 + 20] = 1;
      report(virtio_ipsec_parse_process_req(out, n, &req));
      """),
  ]

  private static let answers = [
    Mistake("a caller's array that is too small", "EROOM", """
      more[0].data_req = &data; req.next_count = 1;
      n = virtio_ipsec_build_process_req(out, sizeof(out), &req);
      req.next_max = 0;
      report(virtio_ipsec_parse_process_req(out, n, &req));
      """),
    Mistake("a caller's buffer at an odd address", "EALIGN",
      "report(virtio_ipsec_parse_process_req(out + 4, 64, &req));"),
    Mistake("a caller's buffer at an odd address, to build in", "EALIGN",
      "report(virtio_ipsec_build_process_req(out + 1, 64, &req));"),
    Mistake("more output than room", "ELENGTH", """
      done.output_length = 33; memcpy(out, &done, sizeof(done));
      report(virtio_ipsec_parse_process_resp(out, 16 + 33, 16 + 33, &req, &resp));
      """),
    Mistake("output of what failed", "ELENGTH", """
      done.output_length = 1; done.status = VIRTIO_IPSEC_S_BAD_ICV; memcpy(out, &done, sizeof(done));
      report(virtio_ipsec_parse_process_resp(out, 16 + 32, 16 + 32, &req, &resp));
      """),
    Mistake("output of what failed, built", "EPART", """
      done.status = VIRTIO_IPSEC_S_BAD_ICV; resp.output = also; resp.output_len = 1;
      report(virtio_ipsec_build_process_resp(out, sizeof(out), &req, &resp));
      """),
    Mistake("output beyond the bytes that were written", "ESHORT", """
      done.output_length = 20; memcpy(out, &done, sizeof(done));
      report(virtio_ipsec_parse_process_resp(out, 16 + 32, 16 + 19, &req, &resp));
      """),
    Mistake("a used length beyond the room", "ELENGTH", """
      memcpy(out, &done, sizeof(done));
      report(virtio_ipsec_parse_process_resp(out, 16 + 32, 16 + 33, &req, &resp));
      """),
    Mistake("a reserved byte in an answer", "ERESERVED", """
      struct virtio_ipsec_notification event = { .reserved = { 1 } };
      struct virtio_ipsec_notify_resp_view notify = { .notification = &event };
      report(virtio_ipsec_build_notify_resp(out, sizeof(out), &notify));
      """),
  ]
}

@Test(arguments: Mistake.all)
func `the C of 2.0 refuses a mistake by its own error`(_ mistake: Mistake) throws {
  let layout = try #require(versions.last)
  #expect(try CProgram(layout, modern + mistake.code)() == [mistake.error, "ok"])
}

/// The status that the definition's own words ask for.
private let statuses = [
  ("ECODE", "UNKNOWN_COMMAND"), ("EATTRIBUTE", "UNKNOWN_ATTRIBUTE"), ("EALGORITHM", "UNSUPPORTED_ALGORITHM"),
  ("EVALUE", "INVALID_VALUE"), ("ERANGE", "INVALID_VALUE"), ("ELIMIT", "INVALID_VALUE"), ("EROOM", "NO_RESOURCES"),
  ("ESHORT", "MALFORMED"), ("ELENGTH", "MALFORMED"), ("EPART", "MALFORMED"), ("ERESERVED", "MALFORMED"),
]

@Test func `every error of 2.0 has the status that says the same`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, statuses.map { error, status in
    "printf(\"%d\\n\", virtio_ipsec_status_of(VIRTIO_IPSEC_\(error)) == VIRTIO_IPSEC_S_\(status));\n"
  }.joined() + "printf(\"%d\\n\", virtio_ipsec_status_of(0) == VIRTIO_IPSEC_S_OK);")
  #expect(try program() == Array(repeating: "1", count: statuses.count + 1) + ["ok"])
}

@Test func `the C of 2.0 takes numbers of a later version in an answer`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + """
    done.status = 0x7777; memcpy(out, &done, sizeof(done));
    report(virtio_ipsec_parse_process_resp(out, 16 + 32, 16, &req, &resp));
    """)
  #expect(try program() == ["ok", "ok"])
}

@Test func `the view of an answer has the valid output, however short the used length`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + """
    memset(out, 0xee, sizeof(out)); resp.output = also; resp.output_len = 5;
    n = virtio_ipsec_build_process_resp(out, sizeof(out), &req, &resp);
    report(virtio_ipsec_parse_process_resp(out, 16 + 32, 16 + 5, &req, &resp));
    printf("%d %u %d %d\\n", n, resp.output_len, (int)(resp.output - out), out[16 + 31]);
    """)
  #expect(try program() == ["ok", "21 5 16 238", "ok"])
}

@Test func `an answer that reports a failure takes no room for output, and fits however much room there is`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + """
    struct virtio_ipsec_process_resp_next_view ends[2] = { { .data_completion = &done }, { .data_completion = &done } };
    data.output_capacity = 1 << 20;
    more[0].data_req = more[1].data_req = &data; req.next_count = resp.next_count = 2; resp.next = ends;
    n = virtio_ipsec_build_process_req(out, sizeof(out), &req);
    report(virtio_ipsec_parse_process_req(out, n, &req));
    done.status = VIRTIO_IPSEC_S_MALFORMED;
    n = virtio_ipsec_build_process_resp(also, 48, &req, &resp);
    printf("%d\\n", n);
    """)
  #expect(try program() == ["ok", "48", "ok"])
}

@Test func `room is filled up only where output follows`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + """
    struct virtio_ipsec_process_resp_next_view ends[2] = { { .data_completion = &done }, { .data_completion = &done } };
    static const __u8 bytes[3] = { 7, 8, 9 };
    memset(out, 0xee, sizeof(out));
    more[0].data_req = more[1].data_req = &data; req.next_count = resp.next_count = 2; resp.next = ends;
    resp.output = bytes; resp.output_len = 3; ends[0].output = bytes; ends[0].output_len = 1;
    n = virtio_ipsec_build_process_resp(out, sizeof(out), &req, &resp);
    printf("%d %d %d %d %d\\n", n, out[48 + 2], out[48 + 3], out[48 + 32], out[48 + 33]);
    """)
  #expect(try program() == ["81 9 0 7 238", "ok"])
}

/// What a device writes for three packets with room for 32 bytes each, from outputs of these lengths.
private let three = """
  struct virtio_ipsec_process_resp_next_view ends[2] = { { .data_completion = &done }, { .data_completion = &done } };
  struct virtio_ipsec_process_resp_view found = { .next = ends, .next_max = 2 };
  struct virtio_ipsec_data_completion *heads = (void *)out;
  more[0].data_req = more[1].data_req = &data; req.next_count = 2;
  memset(out, 0xee, sizeof(out));
  for (n = 0; n < 3; n++) { heads[n] = done; heads[n].output_length = lengths[n]; out[48 + 32 * n] = 10 + n; }

  """

/// Lengths of three outputs, the used length, and what the parser says.
@Test(arguments: [
  ("5, 7, 9", 48 + 5, ["ok", "5 10, 7 11, 9 12"]),  // the used length ends at the first gap
  ("32, 7, 9", 48 + 32 + 7, ["ok", "32 10, 7 11, 9 12"]),
  ("32, 32, 9", 48 + 64 + 9, ["ok", "32 10, 32 11, 9 12"]),
  ("0, 0, 9", 48, ["ok", "0 10, 0 11, 9 12"]),
  ("5, 7, 9", 48 + 4, ["ESHORT"]),  // within what the device counts, all that it reports has to be there
  ("32, 7, 9", 48 + 31, ["ESHORT"]),
  ("32, 7, 9", 48 + 32, ["ESHORT"]),
  ("5, 7, 33", 48 + 5, ["ELENGTH"]),
  ("5, 7, 9", 47, ["ECOUNT"]),
])
func `the answer for several packets is read behind each gap, which ends the used length`(
  lengths: String, used: Int, said: [String]
) throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + "const __u32 lengths[3] = { \(lengths) };\n" + three + """
    n = virtio_ipsec_parse_process_resp(out, 48 + 96, \(used), &req, &found);
    report(n);
    if (!n)
      printf("%u %d, %u %d, %u %d\\n", found.output_len, *found.output, ends[0].output_len, *ends[0].output,
             ends[1].output_len, *ends[1].output);
    """)
  #expect(try program() == said + ["ok"])
}

@Test func `behind a gap, no more is read than there was room for`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, modern + "const __u32 lengths[3] = { 5, 7, 9 };\n" + three + """
    report(virtio_ipsec_parse_process_resp(out, 48 + 64 + 9, 48 + 5, &req, &found));
    report(virtio_ipsec_parse_process_resp(out, 48 + 64 + 8, 48 + 5, &req, &found));
    """)
  #expect(try program() == ["ok", "ESHORT", "ok"])
}

/// Mistakes in requests of the published versions.
private let published = [
  ("1.0", "ERANGE", "struct virtio_ipsec_cipher_key key = { .len = 65 }; report(virtio_ipsec_check_cipher_key(&key, 0));"),
  ("1.0", "ERANGE", "struct virtio_ipsec_nonce_iv iv = { .len = 65 }; report(virtio_ipsec_check_nonce_iv(&iv, 0));"),
  ("1.0", "EVALUE", "struct virtio_ipsec_sa_params sa = { .proto = 99 }; report(virtio_ipsec_check_sa_params(&sa, 1, 0));"),
  ("0.4", "EVALUE", "struct virtio_ipsec_update_sa sa = { .change_type = 9 }; report(virtio_ipsec_check_update_sa(&sa, 1, 0));"),
  ("0.4", "ERANGE", inPlace + ".buffer_length = 64, .input_start_of_data = 60, .input_data_length = 5 }; " + check),
  ("0.4", "ERANGE", inPlace + ".buffer_length = 64, .output_start_of_data = 0xffffffff, .output_buffer_length = 2 }; " + check),
  ("0.4", "ok", inPlace + ".buffer_length = 64, .input_start_of_data = 60, .input_data_length = 4 }; " + check),
  ("0.4", "EVALUE", """
    struct virtio_ipsec_update_sa sa = { .change_type = 2 };
    struct virtio_ipsec_update_sa_seqnum seq = { .seq_num = 1 };
    struct virtio_ipsec_update_sa_req_view req = { .update_sa = &sa, .update_sa_seqnum = &seq, .ctx_tunnel_version = 7 };
    report(virtio_ipsec_build_update_sa_req(out, sizeof(out), VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, &req, 0));
    """),
]
private let inPlace = "struct virtio_ipsec_data_in_place data = { "
private let check = "report(virtio_ipsec_check_data_in_place(&data, 1, 0));"

@Test(arguments: published)
func `the C of a published version refuses what leads its chains astray`(_ version: String, _ error: String, _ code: String) throws {
  let layout = try #require(versions.first { $0.version == version })
  #expect(try CProgram(layout, code)() == [error, "ok"])
}

/// The least common multiple of queues, where scalings and pairs are beyond what registers hold.
@Test func `the number of data queues does not wrap`() throws {
  let layout = try #require(versions.last)
  let program = try CProgram(layout, """
    printf("%u %u %u %u\\n", virtio_ipsec_data_queues(0xffffffff, 0xffffffff, 0xffffffff),
      virtio_ipsec_data_queues(0x80000000, 1, 4094), virtio_ipsec_data_queues(255, 254, 0xffffffff),
      virtio_ipsec_data_queues(1, 1, 0));
    """)
  #expect(try program() == ["510 510 8188 0", "ok"])
}
