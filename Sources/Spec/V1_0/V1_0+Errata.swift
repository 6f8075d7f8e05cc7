import Wire

extension V1_0 {
  static let errata =
    Legacy.errata + [
      Erratum(
        "device-id-of-balloon", at: "identity", rule: "device-id-taken",
        "Device ID 13 has become the memory balloon's.",
        instead: "The published ID stays as the default; 2.0 has another."),
      Erratum(
        "no-version-registers", at: "registers", "The driver reads two registers at fixed offsets and no version.",
        instead: "The configuration space is those two registers; there is nothing to negotiate."),
      Erratum(
        "header-written-back", at: "data_reply",
        "The device writes its answer into the header, which the driver makes readable only.",
        instead: "The three fields are a structure of their own, the first of what the device writes."),
      Erratum(
        "output-length-in-input", at: "hdr.output_data_length", rule: "unread-length",
        "An output stands in the header that the device reads.", instead: "It is ignored there."),
      Legacy.paddingLength(at: "esp_info.ah_padding_len"),
      Legacy.paddingLength(at: "ah_info.ah_padding_len"),
      Legacy.bufferCount("input-buffer-count", at: "hdr.num_input_buffers"),
      Legacy.bufferCount("output-buffer-count", at: "hdr.num_output_buffers"),
    ]
}
