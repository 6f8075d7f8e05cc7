import Wire

extension V1_0 {
  static let data = Service(
    "data", on: ["decapq", "encapq"], "Packets to encapsulate or decapsulate, one in a chain.",
    [
      Command(
        "process", [], "Processes a packet.",
        readable: [
          .message(DataHeader.self),
          .bytes("input", .field(.field(\DataHeader.inputDataLength), limit: 1 << 20), "The packet."),
        ],
        writable: [
          .message(DataReply.self),
          .bytes(
            "output", .field(.field(\DataHeader.outputBufferLength), limit: 1 << 20),
            "The packet as processed, in room of this size."),
        ])
    ])
}
