import Wire

extension V2_0 {
  static let data = Service(
    "data", on: ["decapq", "encapq"], "Packets to encapsulate or decapsulate, one or several in a chain.",
    [
      Command(
        "process", [], "Processes packets: all headers, then all input; all completions, then all room for output.",
        readable: [
          .message(DataRequest.self),
          .repeated("next", count: .field(\DataRequest.following), [.message(DataRequest.self)]),
          input,
          .repeated("next", count: .field(\DataRequest.following), [input]),
        ],
        writable: [
          .message(Completion.self),
          .repeated("next", count: .field(\DataRequest.following), [.message(Completion.self)]),
          output,
          .repeated("next", count: .field(\DataRequest.following), [output]),
        ])
    ])

  private static let input = Part.bytes(
    "input", .field(.field(\DataRequest.inputLength), limit: 1 << 20), "The packet.")
  private static let output = Part.bytes(
    "output", .field(.field(\DataRequest.outputCapacity), limit: 1 << 20),
    "The packet as processed, in room of this size.")

  static let notifications = Service(
    "notification", on: ["notifyq"], "Room for events, posted by the driver in advance.",
    [Command("notify", [], "Receives one event.", writable: [.message(Notification.self)])])
}
