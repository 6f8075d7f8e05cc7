/// What waits for its turn, in order.
public struct Backlog<Element> {
  private var elements: [Element] = []
  private var start = 0

  public init() {}

  public var count: Int { elements.count - start }
  public var first: Element? { count > 0 ? elements[start] : nil }

  public mutating func append(_ element: Element) { elements.append(element) }

  /// The elements, counted from the front.
  subscript(_ index: Int) -> Element { elements[start + index] }

  mutating func removeFirst(_ count: Int) {
    start += count
    // What was taken is let go of now and then, and not each time.
    guard start > 4096 || start == elements.count else { return }
    elements.removeFirst(start)
    start = 0
  }

  public mutating func popFirst() -> Element? {
    guard let first else { return nil }
    removeFirst(1)
    return first
  }

  public mutating func removeAll(where condition: (Element) -> Bool) {
    elements.removeFirst(start)
    start = 0
    elements.removeAll(where: condition)
  }

  /// Takes those out that a condition holds for.
  public mutating func extract(where condition: (Element) -> Bool) -> [Element] {
    let extracted = elements[start...].filter(condition)
    if !extracted.isEmpty { removeAll(where: condition) }
    return extracted
  }
}
