import Wire

extension V0_4 {
  static let errata =
    Legacy.errata + [
      Erratum(
        "device-id-of-crypto", at: "identity", rule: "device-id-taken", "Device ID 20 has become the crypto device's.",
        instead: "The published ID stays as the default; 2.0 has another."),
      Erratum(
        "queue-size", at: "queues", "Queues of 65,536 descriptors are allowed, and virtio allows 32,768.",
        instead: "A queue has at most 32,768 descriptors."),
      Erratum(
        "default-queue-count", at: "queues", "libvirt's default is 3 queues and QEMU's is 4.",
        instead: "4: control, decap, encap and notification."),
      Erratum(
        "read-in-sa-twice", at: "ctrl_sa_cmd",
        "READ_IN_SA is listed twice, which is not valid C and shifts the numbers after it by one.",
        instead: "The second is dropped: numbers are the driver's, and GET_HEADROOM_TAILROOM_SIZE is 17."),
      Erratum(
        "handle-size", at: "sa_handle.sa_handle",
        "Handles are declared to be of 8 bytes and written as arrays of 8 words.",
        instead: "A handle has 8 words: 32 bytes."),
      Erratum(
        "group-without-none", at: "create_sa.group_handle",
        "Groups are optional, and no value of a group handle says that there is none.",
        instead: "A handle of zeros means no group."),
      Erratum(
        "lengths-without-limit", at: "lv.len", "No limit is published for integrity keys and nonces.",
        instead:
          "The limit for cipher keys, 64 bytes, holds for integrity keys; a nonce or IV has at most NOUNCE_LEN bytes."),
      Erratum(
        "ipv6-address-of-one-word", at: "update_sa_ipaddr_v6.addr", "There is one word for an IPv6 address of four.",
        instead: "The structure stays as published, and the device refuses the update: it cannot carry the address."),
      Legacy.paddingLength(at: "icv_info.ah_padding_len"),
      Legacy.bufferCount("input-buffer-count", at: "data_separate.num_input_buffers"),
      Legacy.bufferCount("output-buffer-count", at: "data_separate.num_output_buffers"),
      Legacy.bufferCount("in-place-buffer-count", at: "data_in_place.num_buffers"),
      Erratum(
        "place-of-data-result", at: "data_result",
        "The result is described behind the header and before the request, where the device may not write.",
        instead: "The result is the first of what the device writes."),
      Erratum(
        "in-place-buffer-is-read", at: "data_in_place",
        "Input and output share buffers, and virtio wants no device to read what it may write.",
        instead: "The buffers are writable, and the device reads the input from them."),
    ]
}
