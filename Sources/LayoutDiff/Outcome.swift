/// What came of it when one side's bytes were read by the other.
public enum Outcome: Hashable, Sendable {
  /// Everything arrived as it was meant.
  case understood
  /// The receiver noticed that it does not understand.
  case refused(String)
  /// The receiver took it for something else.
  case misread(String)

  /// Stable identifier.
  public var id: String {
    switch self {
    case .understood: "understood"
    case .refused: "refused"
    case .misread: "misread"
    }
  }

  /// The counter-example: bytes written, and what was made of them.
  public var counterexample: String? {
    switch self {
    case .understood: nil
    case .refused(let text), .misread(let text): text
    }
  }

  /// Whether the sides do not understand each other.
  public var breaks: Bool { self != .understood }

  private var rank: Int {
    switch self {
    case .understood: 0
    case .refused: 1
    case .misread: 2
    }
  }

  /// The worse of the two; of equally bad ones, the first.
  func worst(_ other: Outcome) -> Outcome { other.rank > rank ? other : self }
}
