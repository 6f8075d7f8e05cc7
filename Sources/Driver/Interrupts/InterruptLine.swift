/// What a handler says of an interrupt (`irqreturn_t`).
public enum IRQReturn: Sendable {
  /// It was not this device's.
  case none
  case handled
  /// It is, and the rest is for the handler's thread.
  case wakeThread
}

/// An interrupt as the kernel numbers it (`struct irq_desc`).
public final class InterruptLine {
  /// The kernel's number.
  public let number: Int
  /// What the controller calls it: a line by its number, or a message by its device and event.
  public let source: Source
  /// CPU that takes it.
  public internal(set) var affinity = 0
  /// How often it came, on each CPU.
  public internal(set) var counts: [Int]
  var actions: [Action] = []
  /// Whether the device tree says that it comes with an edge.
  var isEdge = false
  /// The level of a line.
  var isAsserted = false
  /// A message, or an edge, that no handler has seen yet.
  var isPending = false
  /// Nobody cared a hundred times, or it stays asserted, whatever its handlers do: it is off.
  public internal(set) var isDisabled = false
  var spurious = 0
  /// How often handlers were called since the line was last low, and left it high.
  var stuck = 0

  public enum Source: Sendable, Hashable {
    case line(UInt32)
    case message(device: UInt64, event: UInt32)
  }

  /// One driver's handlers (`struct irqaction`).
  final class Action {
    let name: String
    let handler: () -> IRQReturn
    let thread: Work?

    init(_ name: String, handler: @escaping () -> IRQReturn, thread: Work?) {
      self.name = name
      self.handler = handler
      self.thread = thread
    }
  }

  init(number: Int, source: Source, cpuCount: Int) {
    self.number = number
    self.source = source
    counts = Array(repeating: 0, count: cpuCount)
  }
}
