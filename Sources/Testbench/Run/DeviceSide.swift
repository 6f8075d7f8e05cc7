import Clockwork
import CycleModel
import Device
import Virtio

/// The device as the pipeline drives it: chain by chain, step by step, over real rings.
///
/// Accesses to its variables are not checked at run time for overlap: each reads or writes one whole value, or one
/// element, and ends before anything else is called.
final class DeviceSide {
  private let machine: Machine
  private let accelerator: Accelerator
  private let queues: [DeviceQueue]
  /// By item.
  @exclusivity(unchecked) private var chains: Cells<Chain>
  /// Items whose work is started, oldest first, and not yet done.
  @exclusivity(unchecked) private var started: Cells<UInt32>
  @exclusivity(unchecked) private var startedCount = 0
  /// Tickets of each queue that no chain has.
  @exclusivity(unchecked) private var idle: [[Unmanaged<Ticket>]] = []
  /// All tickets: keeps them alive, so that no packet counts references.
  private var tickets: [Ticket] = []
  /// Queues for which the driver is to ring.
  @exclusivity(unchecked) private(set) var isAsleep: [Bool] = []

  enum Progress: UInt8 { case added, taken, worked, used, failed }

  /// A chain under way, or the last one of that number: its ticket may do for the next.
  private struct Chain {
    var ticket: Unmanaged<Ticket>?
    var progress = Progress.added
  }

  init(_ machine: Machine, items: Int) {
    self.machine = machine
    accelerator = machine.accelerator
    queues = machine.device.queues
    chains = Cells(repeating: Chain(), count: items)
    started = Cells(repeating: 0, count: items)
    start()
  }

  /// Lets the pipeline decide; after a reset, too.
  func start() {
    chains = Cells(repeating: Chain(), count: items)
    startedCount = 0
    tickets = []
    idle = machine.queues.map { _ in [] }
    isAsleep = machine.queues.map { _ in true }
    accelerator.onNotify = { _, _ in }
    machine.forgetInterrupts()
  }

  /// Lets the device serve a queue as soon as the driver rings.
  func stop() { accelerator.onNotify = nil }

  var items: Int { chains.count }
  private func queue(_ index: Int) -> DeviceQueue { queues[index] }

  /// A chain was put on the ring.
  func wasAdded(_ item: UInt32) { chains[Int(item)].progress = .added }

  /// How far a chain has come.
  func progress(of item: UInt32) -> Progress { chains[Int(item)].progress }

  // MARK: Steps

  func take(_ item: UInt32, from index: Int) -> Request? {
    ticket(for: item, of: index)?._withUnsafeGuaranteedRef { ticket in
      guard accelerator.take(ticket) else { return nil }
      chains[Int(item)].progress = .taken
      return ticket.isMalformed ? nil : Request(ticket.needs)
    }
  }

  /// The ticket that the item had before, if it is the queue's.
  private func ticket(for item: UInt32, of queue: Int) -> Unmanaged<Ticket>? {
    if let ticket = chains[Int(item)].ticket {
      let owner = ticket._withUnsafeGuaranteedRef { $0.queue.index }
      if owner == queue { return ticket }
      idle[owner].append(ticket)
    }
    let ticket = idle[queue].popLast() ?? makeTicket(for: queue)
    chains[Int(item)].ticket = ticket
    return ticket
  }

  private func makeTicket(for queue: Int) -> Unmanaged<Ticket>? {
    guard let ticket = accelerator.makeTicket(for: queues[queue], of: machine.device) else { return nil }
    tickets.append(ticket)
    return .passUnretained(ticket)
  }

  func start(_ item: UInt32) {
    started[startedCount] = item
    startedCount += 1
  }

  func finish(_ item: UInt32, _ request: inout Request) {
    if progress(of: item) == .taken { workOff() }
    guard let work = chains[Int(item)].ticket?._withUnsafeGuaranteedRef({ $0.outcome }) else { return }
    request.bytesOut = UInt32(work.outputByteCount)
    request.refused = UInt32(work.refused)
    request.events = UInt32(work.events)
  }

  /// Does what was started, in that order. Until somebody looks, it waits: packets that follow each other at once find
  /// code and tables of the engine in the processor's cache.
  func workOff() {
    for place in 0..<startedCount {
      let item = Int(started[place])
      chains[item].ticket?._withUnsafeGuaranteedRef { accelerator.work($0) }
      chains[item].progress = .worked
    }
    startedCount = 0
  }

  func use(_ item: UInt32, hasFailed: Bool) {
    chains[Int(item)].ticket?._withUnsafeGuaranteedRef { accelerator.use($0, hasFailed: hasFailed) }
    chains[Int(item)].progress = hasFailed ? .failed : .used
  }

  func publish(_ index: Int) -> Bool { machine.publish(queue(index)) }

  func sleep(_ index: Int) -> Bool {
    isAsleep[index] = true
    return queue(index).enableNotifications()
  }

  func wake(_ index: Int) {
    isAsleep[index] = false
    queue(index).disableNotifications()
  }

  /// Delivers the next event; the notification queue if there was one.
  func notify() -> Int? {
    workOff()
    let before = accelerator.notificationCounters.delivered
    accelerator.deliverNotifications(of: machine.device, atMost: 1)
    machine.forgetInterrupts()
    return accelerator.notificationCounters.delivered > before ? machine.queues.count - 1 : nil
  }

  /// The last event that was raised finds no place.
  func dropEvent() {
    workOff()
    accelerator.discardNotification()
  }

  // MARK: Checkpoints

  /// Whether the driver sees the chain, or will with the next `publish`.
  func isUsed(_ item: UInt32) -> Bool { progress(of: item) == .used || progress(of: item) == .failed }

  /// Lets `other` take its next chain, and brings it to where this one has it.
  func restore(_ item: UInt32, on queue: Int, to other: DeviceSide) {
    _ = other.take(item, from: queue)
    guard let ticket = chains[Int(item)].ticket?.takeUnretainedValue(),
      let new = other.chains[Int(item)].ticket?.takeUnretainedValue()
    else { return }
    if progress(of: item) == .taken { return }
    other.accelerator.restore(accelerator.save(ticket), to: new)
    other.chains[Int(item)].progress = .worked
    if isUsed(item) { other.use(item, hasFailed: progress(of: item) == .failed) }
  }
}

extension Request {
  fileprivate init(_ needs: Needs) {
    self.init(
      needs.isCommand ? .control : .data, association: UInt32(truncatingIfNeeded: needs.sa),
      packets: UInt32(needs.packets), descriptors: 2, headerBytes: UInt32(needs.headerByteCount),
      bytesIn: UInt32(needs.inputByteCount), bytesOut: 0)
    algorithms = needs.algorithms
  }
}
