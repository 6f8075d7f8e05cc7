import Wire

extension Legacy {
  /// Defects that the document and the driver share.
  static let errata = [
    Erratum(
      "feature-name-without-f", at: "features.IPV6_SUPPORT", rule: "feature-prefix",
      "The name of bit 10 lacks the F_ that every other feature has.",
      instead: "The published name stays; 2.0 has F_IPV6_SUPPORT."),
    Erratum(
      "overflow-on-equals-off", at: "constants.notify_seqnum_overflow", rule: "on-equals-off",
      "SA_NOTIFY_SEQNUM_OVERFLOW_ON and _OFF are both 1.", instead: "1 is on and 0 is off."),
    Erratum(
      "misspelt-names", at: "constants.ecn", "NOUNCE_LEN and PROPOGATE_ECN_* are misspelt.",
      instead: "The published names stay."),
    Erratum(
      "bit-field-order", at: "sa_params.flags",
      "C bit fields, whose order is the compiler's: a big-endian guest fills them from the most significant bit.",
      instead: "Bits are counted from the least significant one of the integer in the guest's byte order."),
    Erratum(
      "no-transforms-field", at: "sa_params",
      "The order of what follows depends on a transforms field that is not there.",
      instead: "ESP or AH information follows by proto; ESP with AH is a bundle of two SAs."),
    Erratum(
      "esp-with-auth-undefined", at: "transform", "ESP_WITH_AUTH is listed and not explained.",
      instead: "It is taken for ESP, then AH; as no field carries it, nothing depends on it."),
    Erratum(
      "features-without-messages", at: "features", "WESP and TFC have feature bits, and no message asks for either.",
      instead: "The bits stay, and a device of these versions does not offer them."),
    Erratum(
      "output-in-input", at: "create_sa.sa_handle",
      "The handle, an output, stands in the middle of an input structure, which virtio makes read-only for the device.",
      instead: "The field keeps its place and is ignored; the writable area starts with the structure sa_handle."),
    Erratum(
      "read-in-one-buffer", at: "read_sas",
      "One structure holds what the driver asks and what the device answers.",
      instead:
        "The request is readable; the answer is writable, starts with the same structure and ends with the result."),
    Erratum(
      "read-exact-in-one-buffer", at: "read_sa",
      "Reading one SA has its question and its answer in one structure, of which the driver fills the first two fields.",
      instead: "The two handles are readable; state, parameters and options are writable, and the result ends them."),
    Erratum(
      "random-without-length", at: "get_rand_num", rule: "unbounded-part",
      "Neither the length of the random data nor a structure for it is published.",
      instead: "Random bytes fill the writable area up to the result."),
    Erratum(
      "set-capabilities-undefined", at: "set_capabilities", "The command has a number and no meaning.",
      instead: "It carries nothing and changes nothing."),
    Erratum(
      "late-queue-selection", at: "registers",
      "A selection of queues that comes after the device is operational is either ignored or resets the device.",
      instead: "It is ignored."),
    Erratum(
      "no-migration", at: "control", "No command saves or restores state: live migration was left to be defined.",
      instead: "2.0 has such commands; this version cannot be migrated."),
  ]

  /// The length of AH's padding, which follows from the integrity algorithm and the IP version.
  static func paddingLength(at place: StaticString) -> Erratum {
    Erratum(
      "ah-padding-length", at: place, rule: "unread-length",
      "AH's padding follows from the ICV's size and the IP version (RFC 4302, section 2.6), and is sent all the same.",
      instead: "It is ignored.")
  }

  /// A number of descriptors, which the chain itself says.
  static func bufferCount(_ id: StaticString, at place: StaticString) -> Erratum {
    Erratum(
      id, at: place, rule: "unread-length", "The chain itself says how many descriptors it has, and may say otherwise.",
      instead: "It is ignored; lengths in bytes say where input ends and output begins.")
  }
}
