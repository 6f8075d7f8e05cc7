import Wire

extension V0_4 {
  static let data = Service(
    "data", on: ["decapq", "encapq"], "Packets to encapsulate or decapsulate, one in a chain.",
    [
      Command(
        "process_separate", [DataClass.generic, DataCommand.separate], "Processes a packet into buffers of its own.",
        readable: [
          .message(DataHeader.self),
          .message(SeparateBuffers.self),
          .bytes("input", .field(.field(\SeparateBuffers.inputDataLength), limit: 1 << 20), "The packet."),
        ],
        writable: [
          .message(DataResult.self),
          .bytes(
            "output", .field(.field(\SeparateBuffers.outputBufferLength), limit: 1 << 20),
            "The packet as processed, in room of this size."),
        ]),
      Command(
        "process_in_place", [DataClass.generic, DataCommand.inPlace], "Processes a packet where it stands.",
        readable: [
          .message(DataHeader.self),
          .message(InPlaceBuffers.self),
        ],
        writable: [
          .message(DataResult.self),
          .bytes(
            "buffer", .field(.field(\InPlaceBuffers.bufferLength), limit: 1 << 20),
            "The packet, which the device reads here, and then the packet as processed."),
        ]),
    ])
}
