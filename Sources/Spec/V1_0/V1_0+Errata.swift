import Wire

extension V1_0 {
  static let errata = Legacy.errata + [
    Erratum(
      "device-id-of-balloon", at: "identity", rule: "device-id-taken",
      "Device ID 13 has become the memory balloon's.", instead: "The published ID stays as the default; 2.0 has another."),
    Erratum(
      "no-version-registers", at: "registers", "The driver reads two registers at fixed offsets and no version.",
      instead: "The configuration space is those two registers; there is nothing to negotiate."),
    Erratum(
      "header-written-back", at: "data_reply",
      "The device writes its answer into the header, which the driver makes readable only.",
      instead: "The three fields are a structure of their own, the first of what the device writes."),
  ]

  static let quirks = [
    Quirk(
      "control-in-one-readable-buffer",
      "A control command and its answer are one device-readable buffer, into which the device writes."),
    Quirk("data-header-write-back", "The device writes result and output length into the readable data header."),
    Quirk("sa-len-from-message-start", "sa_len counts from the start of the message, control header included."),
    Quirk("udp-info-if-bit-set", "UDP information follows if the UDP encapsulation flag is 1 instead of 0."),
    Quirk("gcm16-as-ccm16", "AES-GCM with an ICV of 16 bytes is sent with the number of AES_CCM_ICV16."),
    Quirk("g-api-auth-numbers", "Integrity algorithms are sent in the numbering of the g-API, where 1 is none."),
    Quirk("zero-handle-is-no-group", "A group handle of zeros means no group, in every message that has one."),
  ]
}
