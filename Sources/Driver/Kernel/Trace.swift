/// Something that happened in the kernel.
public struct TraceEvent: Sendable, Hashable, CustomStringConvertible {
  /// Nanoseconds since boot.
  public let time: UInt64
  public let kind: Kind
  /// Driver and device as `dev_info` prints them, or the subsystem.
  public let source: String
  public let text: String

  /// What a trace can be cut down to.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// What drivers say: the lines of `dmesg`.
    case message
    /// Devices and drivers that come, meet, part and go.
    case core
    case uevent
    case module
    case power
    case interrupt
    case work
    case dma
    case register
    case virtio

    /// Its bit in a mask of kinds.
    fileprivate var bit: UInt16 {
      switch self {
      case .message: 1 << 0
      case .core: 1 << 1
      case .uevent: 1 << 2
      case .module: 1 << 3
      case .power: 1 << 4
      case .interrupt: 1 << 5
      case .work: 1 << 6
      case .dma: 1 << 7
      case .register: 1 << 8
      case .virtio: 1 << 9
      }
    }
  }

  /// As `dmesg` shows it; what is no message has its kind in front, as a tracepoint has.
  public var description: String {
    let seconds = time / 1_000_000_000, micros = time / 1000 % 1_000_000
    let stamp = "[" + pad("\(seconds)", 5) + "." + pad("\(micros)", 6, "0") + "]"
    return kind == .message ? "\(stamp) \(source): \(text)" : "\(stamp) \(kind.rawValue): \(source): \(text)"
  }
}

/// Every event of the kernel, in order; a kind that is not wanted costs one test.
public final class Trace {
  /// What is kept.
  public var kinds: Set<TraceEvent.Kind> { didSet { mask = Self.mask(kinds) } }
  /// The same, for a test that costs nothing.
  @exclusivity(unchecked) private var mask: UInt16
  public private(set) var events: [TraceEvent] = []
  /// Most events to keep; what comes after is counted only.
  public var limit = 1 << 20
  public private(set) var lostCount = 0
  /// Sees each event as it happens.
  public var observer: ((TraceEvent) -> Void)?

  private let clock: Scheduler

  init(_ kinds: Set<TraceEvent.Kind>, _ clock: Scheduler) {
    self.kinds = kinds
    self.clock = clock
    mask = Self.mask(kinds)
  }

  private static func mask(_ kinds: Set<TraceEvent.Kind>) -> UInt16 { kinds.reduce(0) { $0 | $1.bit } }

  /// Whether anybody wants to know.
  @inline(__always)
  func keeps(_ kind: TraceEvent.Kind) -> Bool { mask & kind.bit != 0 }

  /// Takes note of what happens, if anybody wants to know.
  @inline(__always)
  func note(_ kind: TraceEvent.Kind, _ source: @autoclosure () -> String, _ text: @autoclosure () -> String) {
    if _slowPath(keeps(kind)) { record(kind, source(), text()) }
  }

  @inline(never)
  private func record(_ kind: TraceEvent.Kind, _ source: String, _ text: String) {
    let event = TraceEvent(time: clock.now, kind: kind, source: source, text: text)
    observer?(event)
    if events.count < limit { events.append(event) } else { lostCount += 1 }
  }

  /// The events of some kinds as text, without their times: what two runs have in common.
  public func lines(_ kinds: TraceEvent.Kind...) -> [String] {
    events.filter { kinds.contains($0.kind) }.map { "\($0.source): \($0.text)" }
  }

  public func clear() { events = [] }
}

/// Text filled up on the left.
func pad(_ text: String, _ width: Int, _ with: Character = " ") -> String {
  String(repeating: with, count: max(0, width - text.count)) + text
}

/// A number in hexadecimal, of a least width.
func hex(_ value: some BinaryInteger, _ width: Int = 1) -> String { pad(String(value, radix: 16), width, "0") }
