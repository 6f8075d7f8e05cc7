/// One client's transfers that wait; the storage never grows.
struct PendingTransfers: ~Copyable, Sendable {
  private var places: Cells<Bus.Transfer>
  private var head = 0
  private(set) var count = 0

  init(capacity: Int) {
    let none = Bus.Transfer(code: 0, subject: 0, bytes: 0, latency: 0)
    places = Cells(repeating: none, count: max(1, capacity))
  }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ transfer: Bus.Transfer) {
    precondition(count < places.count, "a client asks for no more transfers than it said")
    let place = head + count
    places[place < places.count ? place : place - places.count] = transfer
    count += 1
  }

  mutating func removeFirst() -> Bus.Transfer {
    let transfer = places[head]
    head = head + 1 == places.count ? 0 : head + 1
    count -= 1
    return transfer
  }

  mutating func removeAll() { count = 0 }
}

extension PendingTransfers: Duplicable {
  borrowing func copy() -> PendingTransfers { PendingTransfers(copying: self) }

  private init(copying other: borrowing PendingTransfers) {
    places = other.places.copied()
    (head, count) = (other.head, other.count)
  }
}
