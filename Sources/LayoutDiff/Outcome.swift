/// What came of it when one side's bytes were read by the other.
public enum Outcome: Hashable, Sendable {
  /// Everything arrived as it was meant.
  case understood
  /// The device found a reserved byte in use and refused: with zero there, it would have understood.
  case refusedReserved(String)
  /// The receiver noticed that it does not understand.
  case refused(String)
  /// The receiver took it for something else.
  case misread(String)

  /// Stable identifier.
  public var id: String {
    switch self {
    case .understood: "understood"
    case .refusedReserved: "refused-reserved"
    case .refused: "refused"
    case .misread: "misread"
    }
  }

  /// The counter-example: bytes written, and what was made of them.
  public var counterexample: String? {
    switch self {
    case .understood: nil
    case .refusedReserved(let text), .refused(let text), .misread(let text): text
    }
  }

  /// Whether the sides do not understand each other whatever they say.
  public var breaks: Bool {
    switch self {
    case .understood, .refusedReserved: false
    case .refused, .misread: true
    }
  }

  private var rank: Int {
    switch self {
    case .understood: 0
    case .refusedReserved: 1
    case .refused: 2
    case .misread: 3
    }
  }

  /// The worse of the two; of equally bad ones, the first.
  func worst(_ other: Outcome) -> Outcome { other.rank > rank ? other : self }
}
