import Clockwork
import CycleModel
import Device
import Virtio

/// The device as the pipeline drives it: chain by chain, step by step, over real rings.
final class DeviceSide {
  private let machine: Machine
  private let queues: [DeviceQueue]
  /// What each chain under way is at in the device; by item.
  private var tickets: [Ticket?]
  /// Tickets of each queue that are not under way.
  private var idle: [[Ticket]] = []
  /// How far each chain has come; by item.
  private(set) var progress: Cells<Progress>
  /// Queues for which the driver is to ring.
  private(set) var isAsleep: [Bool] = []

  enum Progress: UInt8 { case added, taken, worked, used, failed }

  init(_ machine: Machine, items: Int) {
    self.machine = machine
    queues = machine.device.queues
    tickets = Array(repeating: nil, count: items)
    progress = Cells(repeating: .added, count: items)
    start()
  }

  /// Lets the pipeline decide; after a reset, too.
  func start() {
    tickets = tickets.map { _ in nil }
    idle = machine.queues.map { _ in [] }
    isAsleep = machine.queues.map { _ in true }
    machine.accelerator.onNotify = { _, _ in }
    machine.forgetInterrupts()
  }

  /// Lets the device serve a queue as soon as the driver rings.
  func stop() { machine.accelerator.onNotify = nil }

  var items: Int { tickets.count }
  private func queue(_ index: Int) -> DeviceQueue { queues[index] }

  /// A chain was put on the ring, or its answer was taken from it.
  func wasAdded(_ item: UInt32) { progress[Int(item)] = .added }

  func wasReaped(_ item: UInt32, on queue: Int) {
    if let ticket = tickets[Int(item)] { idle[queue].append(ticket) }
    tickets[Int(item)] = nil
  }

  // MARK: Steps

  func take(_ item: UInt32, from index: Int) -> Request? {
    let ticket = idle[index].popLast() ?? machine.accelerator.makeTicket(for: queue(index), of: machine.device)
    guard let ticket, machine.accelerator.take(ticket) else { return nil }
    tickets[Int(item)] = ticket
    progress[Int(item)] = .taken
    if ticket.isMalformed { return nil }
    let needs = ticket.needs
    var request = Request(
      needs.isCommand ? .control : .data, association: UInt32(truncatingIfNeeded: needs.sa),
      packets: UInt32(needs.packets), descriptors: 2, headerBytes: UInt32(needs.headerByteCount),
      bytesIn: UInt32(needs.inputByteCount), bytesOut: 0)
    (request.cipher, request.integrity) = (needs.cipher, needs.integrity)
    return request
  }

  func process(_ item: UInt32, _ request: inout Request) {
    guard let ticket = tickets[Int(item)] else { return }
    let work = machine.accelerator.work(ticket)
    progress[Int(item)] = .worked
    request.bytesOut = UInt32(work.outputByteCount)
    request.refused = UInt32(work.refused)
    request.notifies = work.notifies
  }

  func use(_ item: UInt32, hasFailed: Bool) {
    guard let ticket = tickets[Int(item)] else { return }
    machine.accelerator.use(ticket, hasFailed: hasFailed)
    progress[Int(item)] = hasFailed ? .failed : .used
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

  /// Delivers events; the notification queue if there were any.
  func notify() -> Int? {
    let before = machine.accelerator.notificationCounters.delivered
    machine.accelerator.deliverNotifications(of: machine.device)
    machine.forgetInterrupts()
    return machine.accelerator.notificationCounters.delivered > before ? machine.queues.count - 1 : nil
  }

  // MARK: Checkpoints

  /// Whether the driver sees the chain, or will with the next `publish`.
  func isUsed(_ item: UInt32) -> Bool { progress[Int(item)] == .used || progress[Int(item)] == .failed }

  /// Lets `other` take its next chain, and brings it to where this one has it.
  func restore(_ item: UInt32, on queue: Int, to other: DeviceSide) {
    _ = other.take(item, from: queue)
    guard let ticket = tickets[Int(item)], let new = other.tickets[Int(item)] else { return }
    if progress[Int(item)] == .taken { return }
    other.machine.accelerator.restore(machine.accelerator.save(ticket), to: new)
    other.progress[Int(item)] = .worked
    if isUsed(item) { other.use(item, hasFailed: progress[Int(item)] == .failed) }
  }
}
