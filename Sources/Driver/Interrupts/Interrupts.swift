import DeviceTree
public import Virtio

/// The interrupt controller's domain, and who handles what.
///
/// What devices raise is kept until the scheduler delivers it: a handler never runs within a driver's own code.
public final class Interrupts {
  private unowned let kernel: Kernel
  private var lines: [Int: InterruptLine] = [:]
  private var bySource: [InterruptLine.Source: InterruptLine] = [:]
  private var nextNumber = 16
  private var nextDevice: UInt64 = 1 << 63
  private var raised: [InterruptLine] = []
  private let threads: WorkQueue
  /// Path of the controller's node once its driver is there; nil before, when nobody can have an interrupt.
  public internal(set) var controller: String?
  /// Who takes messages; nobody before the controller's driver is there, and where the tree names none.
  var messages: [MessageController] = []

  init(_ kernel: Kernel) {
    self.kernel = kernel
    threads = WorkQueue("irq", kernel)
  }

  // MARK: The hardware's side

  /// A device sets the level of its line.
  public func setLine(_ number: UInt32, _ isAsserted: Bool) {
    guard let line = bySource[.line(number)] else {
      if isAsserted { unclaimed.insert(number) } else { unclaimed.remove(number) }
      return
    }
    line.isAsserted = isAsserted
    if isAsserted { raised.append(line) } else { line.stuck = 0 }
  }
  /// Lines that are asserted before anybody asked for them.
  private var unclaimed: Set<UInt32> = []

  /// A device writes a message; one that goes elsewhere, or that nobody waits for, is dropped.
  ///
  /// - Parameter device: as the message controller numbers it.
  public func message(from device: UInt32, address: UInt64, data: UInt32) {
    guard let index = messages.firstIndex(where: { $0.doorbell == address }) else { return }
    raise(data, of: Self.number(of: device, at: index))
  }

  /// The number, among all devices, of one that a message controller numbers.
  private static func number(of device: UInt32, at controller: Int) -> UInt64 {
    UInt64(controller) << 32 | UInt64(device)
  }

  /// A device has an event.
  func raise(_ event: UInt32, of device: UInt64) {
    guard let line = bySource[.message(device: device, event: event)] else { return }
    line.isPending = true
    raised.append(line)
  }

  // MARK: The drivers' side

  /// The kernel's number for a controller's line (`irq_create_of_mapping`).
  ///
  /// - Throws: `DriverError`, EPROBE_DEFER before the controller's driver is there, EINVAL for what is no line of it.
  func map(_ specifier: InterruptSpecifier, for owner: String) throws(DriverError) -> Int {
    guard controller == specifier.controller else {
      throw DriverError(.EPROBE_DEFER, owner, "interrupt controller \(specifier.controller) is not there yet")
    }
    let number: UInt32
    do throws(DeviceTreeError) { number = try specifier.input() } catch {
      throw DriverError(.EINVAL, error.place, error.problem)
    }
    if let line = bySource[.line(number)] { return line.number }
    let line = make(.line(number))
    line.isEdge = specifier.isEdge
    line.isAsserted = unclaimed.remove(number) != nil
    return line.number
  }

  /// Interrupts for the events of a device that a message controller numbers, and where it writes its messages.
  ///
  /// - Throws: `DriverError`: ENOTSUPP where there is no such controller, else as below.
  func allocateMessages(
    _ count: Int, of device: MessageSpecifier, for owner: String
  ) throws(DriverError) -> (doorbell: UInt64, numbers: [Int]) {
    guard let index = messages.firstIndex(where: { $0.path == device.controller }) else {
      throw DriverError(.ENOTSUPP, owner, "no message controller \(device.controller)")
    }
    let number = Self.number(of: device.device, at: index)
    return (messages[index].doorbell, try allocateMessages(count, of: number, for: owner))
  }

  /// Interrupts for a device's events, spread over the CPUs (`pci_alloc_irq_vectors`) until a driver knows better.
  ///
  /// - Throws: `DriverError`, ENOSPC where none are to be had, or where the device's number is another's: a tree may
  ///   map several functions to one.
  func allocateMessages(_ count: Int, of device: UInt64, for owner: String) throws(DriverError) -> [Int] {
    guard !kernel.faults.strikes(.interrupt) else { throw DriverError(.ENOSPC, owner, "no vectors") }
    guard (0..<count).allSatisfy({ bySource[.message(device: device, event: UInt32($0))] == nil }) else {
      throw DriverError(.ENOSPC, owner, "messages of device \(UInt32(truncatingIfNeeded: device)) are another's")
    }
    return (0..<count).map { event in
      let line = make(.message(device: device, event: UInt32(event)))
      line.affinity = event % kernel.cpuCount
      return line.number
    }
  }

  /// A number for a device that has no bus to say which one it is, beyond those that a tree can give.
  func takeNumber() -> UInt64 {
    defer { nextDevice += 1 }
    return nextDevice
  }

  func freeMessages(_ numbers: [Int]) {
    for number in numbers {
      guard let line = lines.removeValue(forKey: number) else { continue }
      precondition(line.actions.isEmpty, "interrupt \(number) is freed while it has a handler")
      bySource[line.source] = nil
    }
  }

  private func make(_ source: InterruptLine.Source) -> InterruptLine {
    let line = InterruptLine(number: nextNumber, source: source, cpuCount: kernel.cpuCount)
    nextNumber += 1
    lines[line.number] = line
    bySource[source] = line
    return line
  }

  /// Installs handlers (`request_threaded_irq`); several drivers may share a line.
  ///
  /// - Parameters:
  ///   - handler: runs when the interrupt is delivered, and says whether it was the device's.
  ///   - thread: runs later, when `handler` asks for it.
  /// - Returns: what to free it with.
  /// - Throws: `DriverError`, EINVAL for an interrupt that is not there, EBUSY where none is to be had.
  func request(
    _ number: Int, _ name: String, handler: @escaping () -> IRQReturn, thread: (() -> Void)? = nil
  ) throws(DriverError) -> InterruptLine.Action {
    guard let line = lines[number] else { throw DriverError(.EINVAL, name, "no interrupt \(number)") }
    guard !kernel.faults.strikes(.interrupt) else { throw DriverError(.EBUSY, name, "interrupt \(number) is taken") }
    let work = thread.map { threads.makeWork("irq/\(number)-\(name)", $0) }
    let action = InterruptLine.Action(name, handler: handler, thread: work)
    // The first handler switches a line on again that nobody cared for.
    if line.actions.isEmpty { (line.isDisabled, line.spurious, line.stuck) = (false, 0, 0) }
    line.actions.append(action)
    kernel.trace(.interrupt, "irq \(number)", "request_irq name=\(name)")
    if line.isAsserted { raised.append(line) }
    return action
  }

  /// Removes handlers, and sees to it that none runs any more (`free_irq`).
  func free(_ number: Int, _ action: InterruptLine.Action) {
    if let thread = action.thread { threads.cancel(thread) }
    lines[number]?.actions.removeAll { $0 === action }
    kernel.trace(.interrupt, "irq \(number)", "free_irq name=\(action.name)")
  }

  /// Lets a CPU take the interrupt (`irq_set_affinity`).
  ///
  /// - Throws: `DriverError`, EINVAL for an interrupt or a CPU that is not there.
  public func setAffinity(_ number: Int, cpu: Int) throws(DriverError) {
    guard let line = lines[number], (0..<kernel.cpuCount).contains(cpu) else {
      throw DriverError(.EINVAL, "irq \(number)", "no CPU \(cpu)")
    }
    line.affinity = cpu
  }

  /// Handlers in use.
  public var actionCount: Int { lines.values.reduce(0) { $0 + $1.actions.count } }
  /// Messages in use.
  public var messageCount: Int {
    lines.values.count { if case .message = $0.source { true } else { false } }
  }

  // MARK: Delivery

  /// Hands what was raised to the handlers; whether there was anything.
  func deliver() -> Bool {
    guard !raised.isEmpty else { return false }
    // What is raised meanwhile waits for the next time; a handler that waits may have others delivered within.
    for _ in 0..<raised.count where !raised.isEmpty {
      let line = raised.removeFirst()
      if !line.isDisabled { handle(line) }
    }
    return true
  }

  private func handle(_ line: InterruptLine) {
    guard line.isPending || line.isAsserted, !line.actions.isEmpty else { return }
    line.isPending = false
    line.counts[line.affinity] += 1
    kernel.scheduler.spend(500)
    var isHandled = false
    for action in line.actions {
      kernel.trace(.interrupt, "irq \(line.number)", "irq_handler_entry name=\(action.name)")
      switch action.handler() {
      case .none: continue
      case .handled: isHandled = true
      case .wakeThread:
        isHandled = true
        if let thread = action.thread { threads.queue(thread) }
      }
    }
    line.spurious = isHandled ? 0 : line.spurious + 1
    if line.isAsserted { line.stuck += 1 }
    if line.spurious >= 100 {
      line.isDisabled = true
      kernel.trace(.message, "irq \(line.number)", "nobody cared")
    } else if line.stuck >= Self.patience {
      line.isDisabled = true
      kernel.trace(.message, "irq \(line.number)", "stays asserted, whatever its handlers do: disabled")
    } else if line.isAsserted {
      raised.append(line)
    }
  }

  /// How often handlers are called for a line that does not fall in between. Linux would call them for ever; here
  /// nobody would ever see what else there is.
  private static let patience = 10_000

  /// As `/proc/interrupts` shows them.
  public var table: String {
    let header = "     " + (0..<kernel.cpuCount).map { pad("CPU\($0)", 10) }.joined() + "\n"
    return header + lines.values.sorted { $0.number < $1.number }.filter { !$0.actions.isEmpty }.map { line in
      let kind = switch line.source {
      case .line(let number): "GICv3 \(pad("\(number)", 3)) \(line.isEdge ? "Edge" : "Level")"
      // A device has 2048 at most (MSI-X).
      case .message(let device, let event): "ITS-MSI \((device & UInt64(UInt32.max)) << 11 | UInt64(event)) Edge"
      }
      let counts = line.counts.map { pad("\($0)", 10) }.joined()
      return pad("\(line.number)", 4) + ":" + counts + "  " + kind + "  "
        + line.actions.map(\.name).joined(separator: ", ") + "\n"
    }.joined()
  }
}

/// A device's wire to one line of the controller.
public final class InterruptWire: InterruptController {
  private weak var interrupts: Interrupts?
  private let number: UInt32
  private let device: UInt32

  /// - Parameter device: as the message controller numbers it.
  public init(_ interrupts: Interrupts?, line number: UInt32, device: UInt32 = 0) {
    self.interrupts = interrupts
    self.number = number
    self.device = device
  }

  public func setLine(_ isAsserted: Bool) { interrupts?.setLine(number, isAsserted) }
  public func message(address: UInt64, data: UInt32) { interrupts?.message(from: device, address: address, data: data) }
}
