import Model
import Spec
import Testing

/// What the document and the driver of 2015 say, written down from them and not from `Spec`: name, then fields with
/// their sizes in bytes, in order. H is a handle: 32 bytes in 0.4, 8 in 1.0.
private let shared = [
  "ctrl_hdr class 1 cmd 1",
  "ctrl_result result 1 result_data 1",
  "ctrl_capabilities hmac_algorithms 4 cipher_algorithms 4",
  "set_guest_endian endian 1",
  "group_add group_handle H",
  "group_delete group_handle H",
  "sa_params spi 4 proto 1 flags 2 anti_replay_window 4",
  "tunnel_hdr_ipv4 saddr 4 daddr 4 handling 1 dscp 1",
  "tunnel_hdr_ipv6 saddr 16 daddr 16 handling 1 dscp 1",
  "udp_encapsulation_info nat_traversal_mode 1 d_port 2 s_port 2",
  "notify_seqnum_periodic seqnum_interval 4",
  "create_sa group_handle H sa_handle H num_sas 4 sa_len 4",
  "update_sa group_handle H change_type 1 sa_handle H",
  "update_sa_ipaddr_v4 port 2 addr 4",
  "update_sa_seqnum seq_num 4 hi_seq_num 4",
  "update_sa_antireplay anti_replay_window_size 4 anti_replay_window_bit_map 4",
  "delete_sa group_handle H sa_handle H",
  "out_sa_info low_seq_number 4 hi_seq_number 4",
  "in_sa_info low_seq_number 4 hi_seq_number 4",
  "read_sa group_handle H sa_handle H",
  "read_sas group_handle H num_sas 4 opaque_handle H",
  "flush_sa group_handle H",
  "notification notify_event 4 group_handle H sa_context_handle H value 4",
]

private let document = [
  "lv len 4",
  "esp_info flags 1 cipher_algo 1 iv_size 1 block_size 1",
  "esp_info_auth counter_initial 4 auth_algo 1",
  "icv_info ah_padding_len 1 icv_size 1",
  "ah_info auth_algo 1",
  "notify_lifetime_kb lifetime_in_kb 4",
  "update_sa_ipaddr_v6 port 2 addr 4",
  "headroom_tailroom_size headroom 4 tailroom 4",
  "data_hdr class 1 cmd 1",
  "data_result result 1 result_data 1 output_data_length 4",
  """
  data_separate sa_context_handle H num_input_buffers 4 input_data_length 4 num_output_buffers 4 \
  output_buffer_length 4 flags 4
  """,
  """
  data_in_place sa_context_handle H num_buffers 4 buffer_length 4 input_start_of_data 4 input_data_length 4 \
  output_start_of_data 4 output_buffer_length 4 flags 4
  """,
]

private let driver = [
  """
  esp_info flags 1 cipher_algo 1 iv_size 1 block_size 1 counter_initial 4 auth_algo 1 ah_padding_len 1 icv_size 1
  """,
  "ah_info auth_algo 1 ah_padding_len 1 icv_size 1",
  "cipher_key len 4 data 64",
  "auth_key len 4 data 64",
  "nonce_iv len 4 data 64",
  "notify_lifetime_kb soft_lifetime_in_kb 4 hard_lifetime_in_kb 4",
  "update_sa_ipaddr_v6 port 2 addr 16",
  """
  hdr group_handle H sa_context_handle H num_input_buffers 4 input_data_length 4 num_output_buffers 4 \
  output_buffer_length 4 flags 4 output_data_length 4 result 4 error_code 4
  """,
]

@Test(arguments: [(Layout(Spec.v0_4), document, 32), (Layout(Spec.v1_0), driver, 8)])
func `structures of the old versions are the published ones, field by field`(
  _ layout: Layout, _ own: [String], _ handle: Int
) {
  for line in shared + own {
    let words = line.replacing(" H", with: " \(handle)").split(separator: " ").map(String.init)
    let structure = layout.structure(words[0])
    var offset = 0
    var fields: [String] = []
    for index in stride(from: 1, to: words.count, by: 2) {
      fields.append("\(words[index]) at \(offset)")
      offset += Int(words[index + 1])!
    }
    #expect(structure?.fields.map { "\($0.name) at \($0.offset)" } == fields, "\(words[0])")
    #expect(structure?.size == offset, "\(words[0])")
    #expect(structure?.isPacked == true)
  }
}

/// Names in the order of their numbers, counted from the first.
private let published: [(enumeration: String, from: UInt64, names: String)] = [
  ("ctrl_class", 1, "CTRL_GENERIC CTRL_SA CTRL_GET_RAND_DATA CTRL_ADVANCED"),
  ("ctrl_generic_cmd", 1, "CTRL_GET_CAPABILITIES CTRL_SET_CAPABILITIES CTRL_SET_GUEST_ENDIAN"),
  (
    "ctrl_sa_cmd", 1,
    """
    CTRL_ADD_GROUP CTRL_DELETE_GROUP CTRL_ADD_OUT_SA CTRL_DEL_OUT_SA CTRL_UPDATE_OUT_SA CTRL_READ_OUT_SA \
    CTRL_READ_FIRST_N_OUT_SAs CTRL_READ_NEXT_N_OUT_SAs CTRL_ADD_IN_SA CTRL_DEL_IN_SA CTRL_UPDATE_IN_SA CTRL_READ_IN_SA \
    CTRL_READ_FIRST_N_IN_SAs CTRL_READ_NEXT_N_IN_SAs CTRL_FLUSH_SA CTRL_FLUSH_SA_ALL
    """
  ),
  ("hmac_algorithm", 0, "HMAC_NULL HMAC_MD5 HMAC_SHA1 HMAC_AES_XCBC_MAC HMAC_SHA256 HMAC_SHA384 HMAC_SHA512 HMAC_SHA1_160"),
  (
    "cipher_algorithm", 0,
    """
    CIPHER_NONE DES_CBC 3DES_CBC ESP_NULL AES_CBC AESCTR AES_CCM_ICV8 AES_CCM_ICV12 AES_CCM_ICV16 AES_GCM_ICV8 \
    AES_GCM_ICV12 AES_GCM_ICV16
    """
  ),
  ("endian", 1, "GUEST_LITTLE_ENDIAN GUEST_BIG_ENDIAN"),
  ("dscp_handling", 0, "DSCP_COPY DSCP_CLEAR DSCP_SET"),
  ("df_handling", 0, "DF_COPY DF_CLEAR DF_SET"),
  ("transform", 0, "ESP AH ESP_WITH_AUTH"),
  ("result", 0, "OK ERR"),
  ("proto", 50, "SA_PARAMS_PROTO_ESP SA_PARAMS_PROTO_AH"),
  ("notify_event", 1, "NOTIFY_LIFETIME_KB_EXPIRY NOTIFY_BEFORE_SEQNUM_OVERFLOW NOTIFY_SEQNUM_PERIODIC"),
]

@Test(arguments: [Spec.v0_4, Spec.v1_0].map(Layout.init))
func `numbers of the old versions are the published ones`(_ layout: Layout) {
  for (enumeration, first, names) in published {
    let numbers = layout.enumeration(enumeration)?.numbers ?? []
    for (index, name) in names.split(separator: " ").enumerated() {
      let number = numbers.first { $0.name == "VIRTIO_IPSEC_\(name)" }
      #expect(number?.value == first + UInt64(index), "\(enumeration) \(name)")
    }
  }
  #expect(layout.enumeration("cipher_algorithm")?.numbers.first { $0.name.hasSuffix("_GMAC") }?.value == 12)
}

@Test(arguments: [Spec.v0_4, Spec.v1_0].map(Layout.init))
func `flags of the old versions are counted as published, from the least significant bit`(_ layout: Layout) {
  #expect(layout.bitLayout("sa_flag")?.ranges.filter { !$0.isReserved }.map(\.low) == Array(0...7))
  for (name, published) in [
    ("tunnel_handling", ["dscp 0 2", "df 2 2", "no_ecn 4 1"]), ("esp_flag", ["auth 4 1", "encrypt 5 1"]),
  ] {
    let ranges = layout.bitLayout(name)?.ranges.filter { !$0.isReserved }
    #expect(ranges?.map { "\($0.name) \($0.low) \($0.width)" } == published)
  }
}
