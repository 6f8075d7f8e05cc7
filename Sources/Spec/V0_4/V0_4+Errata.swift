import Wire

extension V0_4 {
  static let errata = Legacy.errata + [
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
      "handle-size", at: "sa_handle.sa_handle", "Handles are declared to be of 8 bytes and written as arrays of 8 words.",
      instead: "A handle has 8 words: 32 bytes."),
    Erratum(
      "ipv6-address-of-one-word", at: "update_sa_ipaddr_v6.addr", "There is one word for an IPv6 address of four.",
      instead: "The structure stays as published, and the device refuses the update: it cannot carry the address."),
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
