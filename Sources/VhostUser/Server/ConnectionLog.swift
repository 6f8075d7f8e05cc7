/// What whoever runs a device hears of one connection: each line once, and not without end, whatever a front end or its
/// guest does again and again.
final class ConnectionLog {
  private let write: (String) -> Void
  private var told: Set<String> = []
  /// Most different lines about one connection.
  private static let limit = 64

  init(_ write: @escaping (String) -> Void) { self.write = write }

  /// Another front end has come.
  func begin() { told = [] }

  func tell(_ line: String) {
    if told.count < Self.limit, told.insert(line).inserted { write(line) }
  }
}
