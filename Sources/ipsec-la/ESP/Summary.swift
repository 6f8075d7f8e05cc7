import ESP

/// How often each verdict was given.
struct Summary: CustomStringConvertible {
  private var counts: [String: Int] = [:]

  mutating func count(_ verdict: String) { counts[verdict, default: 0] += 1 }

  var description: String {
    let width = counts.values.map { String($0).count }.max() ?? 0
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { verdict, count in
      String(repeating: " ", count: width - String(count).count) + "\(count)  \(verdict)"
    }.joined(separator: "\n")
  }
}

extension Refusal {
  /// The description without numbers, for counting.
  var name: String {
    switch self {
    case .unsupportedOption: "option or extension header is not supported"
    case .wrongAHLength: "AH has another length than the association's"
    case .wrongProtocol: "protocol is not the association's"
    case .unknownSPI: "no association has the SPI"
    case .late: "sequence number is below the replay window"
    case .replayed: "sequence number was received before"
    case .wrongMode: "tunnel carries no IP packet"
    case .noHeadRoom, .noTailRoom: "no room around the packet"
    case .packetTooBig: "too big and not to be fragmented"
    default: description
    }
  }
}
