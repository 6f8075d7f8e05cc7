/// SAs that come and go, by churn, as a driver without a device knows them: only how many.
struct ChurnCounts: Sendable {
  private var churns: [(added: Int, open: Int)]

  init(_ scenario: Scenario) { churns = scenario.churns.map { _ in (0, 0) } }

  /// Whether the driver does not know yet which SA it is to delete.
  func mustWait(_ order: Order) -> Bool {
    guard case .delete(let churn) = order else { return false }
    return churns[churn].added == 0 && churns[churn].open > 0
  }

  /// What is asked for: where there is none to delete, one to add.
  mutating func submitted(_ order: Order) -> Order {
    switch order {
    case .delete(let churn) where churns[churn].added > 0:
      churns[churn].added -= 1
      return order
    case .add(let churn), .delete(let churn):
      churns[churn].open += 1
      return .add(churn: churn)
    case .packet, .several: return order
    }
  }

  /// - Parameter hasFailed: a fault ended it.
  mutating func answered(_ order: Order, hasFailed: Bool) {
    guard case .add(let churn) = order else { return }
    churns[churn].open -= 1
    churns[churn].added += hasFailed ? 0 : 1
  }

  /// The device starts anew, without any.
  mutating func reset() { for churn in churns.indices { churns[churn] = (0, 0) } }
}
