public import Wire

extension GAPI {
  /// The library: its headers, and what it is linked with.
  public static let interface = Interface(
    name: "g_ipsec_la", module: "CGAPI", version: version, title: "Look-aside IPsec accelerators for applications",
    headers: [header, simulation], deviations: deviations, failures: ErrorNumber.self,
    libraries: ["crypto", "fdt", "stdc++", "m"])

  private static let header = Interface.Header(
    "g_ipsec_la", "The g-API: functions through which an application uses look-aside IPsec accelerators.",
    introduction: introduction,
    sections: [
      Interface.Section("Sizes", [.constants("Sizes and limits.", sizes)]),
      Interface.Section(
        "Numbers",
        [
          .enumeration(Mode.self), .enumeration(Direction.self), .flags(ControlFlag.self),
          .enumeration(SecurityProtocol.self), .enumeration(IPVersion.self), .enumeration(AuthAlgorithm.self),
          .enumeration(CipherAlgorithm.self), .enumeration(CombinedAlgorithm.self),
          .enumeration(IPCompAlgorithm.self), .enumeration(DSCPHandling.self), .enumeration(DFHandling.self),
          .flags(SAFlag.self), .enumeration(Change.self), .flags(ReplayFlag.self), .enumeration(GetOperation.self),
          .enumeration(GetContents.self), .flags(Capability.self),
        ]),
      Interface.Section("Handles and answers", handles.map(Interface.Item.structure) + response),
      Interface.Section("Management", management),
      Interface.Section("Security associations", saTypes.map(Interface.Item.structure) + controlItems),
      Interface.Section("Notifications", notificationItems),
      Interface.Section("Packets", packetItems),
    ])

  private static let introduction: [(heading: String, text: String)] = [
    (
      "Accelerators",
      "With the first call, the environment's variable G_IPSEC_LA_DEVICES says which there are: 1 to 16 places with "
        + "spaces between them. A place is simulated, for an accelerator in this process, which only the first 4 may "
        + "be; or vhost-user:PATH, for one that another process serves behind a socket, as ipsec-la serve does, and "
        + "this process is its one front end. Options follow with commas: spec-version=V for a device of version V "
        + "instead of 2.0; and after a PATH, packed=off for split rings, queue-size=N for N descriptors in a queue "
        + "instead of 256, reconnect=N for a back end that may be away for N seconds instead of 2. Without "
        + "the variable, or in a program that has more rights than who started it, two are simulated. Names are "
        + "given in the order of the places: virtio0, virtio1. Where the variable says what it may not, calls "
        + "that need accelerators answer -EINVAL. Where a device cannot be reached, the others are there, and to open "
        + "it, or any where there are none, answers -ENODEV; it is looked for again and again. Either is printed to "
        + "standard error. Whoever serves one sees the packets and keys of all that "
        + "this process has from sockets, as they share their memory with it."
    ),
    (
      "Calls",
      "A call with flags 0 waits for its answer, which is in outargs and, as an error, its return value. With "
        + "CTRL_FLAG_ASYNC it returns at once, and the answer comes through the callback of resp, which runs even when "
        + "the answer is an error; where the call itself returns an error, no callback runs. With "
        + "CTRL_FLAG_NO_RESP_EXPECTED it returns at once, outargs and resp are not read and may be NULL, and nobody "
        + "learns what became of it, also with both flags; calls whose purpose is an answer refuse this flag. Calls on "
        + "one handle take effect in the order in which they were made, however they end."
    ),
    (
      "Threads",
      "Every function may be called from every thread at any time, also on the same handle. Callbacks run one at a "
        + "time on a thread of the library, in the order in which answers came, with no lock held: they may call "
        + "every function. Packets of one SA are processed in the order of their calls; asynchronous ones are answered "
        + "in that order. That thread takes no signals; a callback may neither end it nor leave it by longjmp. A "
        + "thread that is cancelled (pthread_cancel) while it waits in a call returns from the call first. The "
        + "library stays loaded once used, whatever dlclose says, and its threads run until main returns or somebody "
        + "calls exit; pthread_exit in main is not enough. Once used, it is the parent's alone after fork: in the "
        + "child, every call but g_ipsec_la_get_api_version answers -ENODEV. Until it ends or calls exec, it has a "
        + "copy of the parent's memory, which keys are in, and keeps the connections to served accelerators open, "
        + "which then serve nobody else when the parent has ended."
    ),
    (
      "Memory",
      "Structures that a call reads are copied during the call. Outargs, packets and callback arguments of an "
        + "asynchronous call belong to the library until the callback has been called. Keys are erased from the "
        + "library's own memory when their SA goes; no function gives them back."
    ),
    (
      "Resets",
      "An accelerator that asks for a reset gets one, and SAs go on with what is left of their lifetimes; one that "
        + "asks again before it has them gets another, and has gone after three. No sequence number is used twice, and "
        + "nothing is accepted that may have been received before: of packets that overtook each other shortly before "
        + "a reset, those with lower numbers than the highest received are lost. Statistics "
        + "of errors begin again. An SA that cannot go on without risk answers packets and changes with -EKEYREJECTED "
        + "until it is deleted: one whose lifetime has ended (before version 2.0, to the kilobyte), one that has no "
        + "sequence number left, and before version 2.0 every bundle that has been used, as no message carries its "
        + "numbers. "
        + "Version 0.4 has no hard lifetimes: they are refused. A served accelerator whose back end goes away is reset "
        + "when that is back in time: what was under way is answered with -EIO, and calls that come meanwhile wait, "
        + "for 2 seconds at most. When that time is over, it has gone; another one is there once the back end is back."
    ),
    (
      "Handles",
      "A handle is a number that is never used twice: a handle that was closed, made up, or of another kind is told "
        + "apart, and answered with an error. A group in a struct handle has to be one of the application's, in every "
        + "call, and calls are about the SAs of this group only; zeros stand for all SAs of the application."
    ),
  ]

  static let deviations = [
    "Control flags are bits, 1 << 0 and 1 << 1: as an enumeration without values they would be 0 and 1, and could "
      + "neither be left out nor combined.",
    "Handles are arrays of 8 bytes; they were published as 8 words of 32 bits.",
    "Integers are those of stdint.h, bool is that of stdbool.h, so that applications need no header of a kernel.",
    "Arrays that a call fills are the caller's, with their room in inargs; names in lists are arrays of characters.",
    "num_sg of a packet call counts the pieces of input and of output: a piece of output may have length 0.",
    "The callback of a packet call gets struct packet_outargs: a result and a count; the calls themselves have no "
      + "structures of arguments.",
    "The salt of a combined mode stands before its key, and its length is a member of its own.",
    "An iv is taken for AES-CTR only, where it is the nonce: accelerators make IVs themselves, as one that is used "
      + "twice breaks the cipher. sa_outbound has no iv.",
    "An IP address is 16 bytes with a version, not a union.",
    "sa_get reads keys never, and its flags (everything, statistics) are an enumeration of their own.",
    "Capabilities are a word of flags and words of bits, a bit for each algorithm's number.",
    "Notifications of the three kinds have one type of callback and one structure.",
    "The combined algorithms' second enumeration is comb_alg; a cipher_algo may be 0 or say the same.",
    "avail_devices_get_info and active_list_get are avail_devices_getinfo and active_devices_getinfo in the slides, "
      + "multi_packet_encap is mult_packet_encap.",
    "IPComp is in the types, but no message of the device carries it: it is never a capability, and refused.",
    "nat_oa_peer_addr has to be empty: no version of the device needs it for what it does.",
  ]
}
