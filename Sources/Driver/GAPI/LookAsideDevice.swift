public import Spec
import Wire

/// An accelerator: who has it open, what it has done, and the packets that wait for it.
public final class LookAsideDevice {
  public let name: String
  /// Its number, which no other ever has.
  public let number: UInt32
  public internal(set) var applications: [LookAsideApplication] = []
  public internal(set) var counters = Counters()
  let instance: IPsecInstance
  /// SAs by the driver's numbers.
  var associations: [UInt64: LookAsideSA] = [:]
  private var backlog = Backlog<LookAsidePacket>()

  /// What went in and came out, whoever used it.
  public struct Counters: Sendable, Hashable {
    public var packetsIn: UInt64 = 0
    public var bytesIn: UInt64 = 0
    public var packetsOut: UInt64 = 0
    public var bytesOut: UInt64 = 0
    public var sasCreated: UInt64 = 0
    public var sasDeleted: UInt64 = 0
    public var sasModified: UInt64 = 0
  }

  init(_ instance: IPsecInstance, number: UInt32) {
    self.instance = instance
    self.number = number
    name = instance.device.name
    instance.notified = { [unowned self] event in
      guard let sa = event.sa.flatMap({ associations[$0] }) else { return }
      sa.application.notified?(sa, event)
    }
  }

  // MARK: Users

  public var mode: GAPI.Mode { applications.first?.mode ?? .available }
  public var saCount: Int { associations.count }
  /// Packets that it has taken and not given back.
  public var inFlight: Int { backlog.count + Int(instance.counters.inFlight) }

  func accepts(_ mode: GAPI.Mode) -> Bool {
    self.mode == .available || (self.mode == .shared && mode == .shared)
  }

  /// It has gone: what waits is given back, and every user is told.
  func breakDown() {
    while let packet = backlog.popFirst() { packet.end(.failure(DriverError(.ENODEV, name, "device has gone"))) }
    associations = [:]
    for application in applications { application.breakDown() }
  }

  // MARK: Packets

  /// Puts packets at the end of those that wait.
  ///
  /// - Throws: `DriverError`: ENOSPC where too many wait; none of them is taken then.
  func enqueue(_ packets: [LookAsidePacket]) throws(DriverError) {
    guard inFlight + packets.count <= GAPI.maxInFlight.value else {
      throw DriverError(.ENOSPC, name, "\(inFlight) packets are in flight")
    }
    for packet in packets { backlog.append(packet) }
  }

  /// Hands as many packets to the driver as its queues take; whether there was any.
  func advance() -> Bool {
    var hasMoved = false
    while let first = backlog.first, instance.state == .live {
      guard !first.isAbandoned else {
        backlog.removeFirst(1)
        continue
      }
      let sa = first.sa
      let run = backlog.prefix(Self.batch) { $0.sa === sa && !$0.isAbandoned }
      do throws(DriverError) {
        var requests: [IPsecRequest] = []
        for packet in run { requests.append(try packet.prepare()) }
        let taken = try instance.submit(requests, cpu: Int(sa.association.identity) % instance.kernel.cpuCount)
        for packet in run.prefix(taken) { account(packet) }
        backlog.removeFirst(taken)
        hasMoved = true
        guard taken == run.count else { return true }
      } catch {
        // A full queue empties; anything else is the packet's fault, or will not pass.
        if error.errno == .ENOSPC, instance.counters.inFlight > 0 { return hasMoved }
        sa.submitFailed += 1
        backlog.removeFirst(1)
        hasMoved = true
        first.end(.failure(error))
      }
    }
    return hasMoved
  }

  /// Packets that are handed over at a time.
  private static let batch = 64

  private func account(_ packet: LookAsidePacket) {
    counters.packetsIn += 1
    counters.bytesIn += UInt64(packet.inputByteCount)
  }
}
