public import Spec
import Wire

/// An accelerator: who has it open, what it has done, and the packets that wait for it.
public final class LookAsideDevice {
  public let name: String
  /// Its number, which no other ever has.
  public let number: UInt32
  public private(set) var applications: [LookAsideApplication] = []
  @exclusivity(unchecked) public internal(set) var counters = Counters()
  let instance: IPsecInstance
  /// SAs by the driver's numbers.
  var associations: [UInt64: LookAsideSA] = [:]
  /// Where packets and results lie meanwhile.
  let memory: PacketMemory
  /// Packets that wait: each keeps itself until it is ended, and is out of here before.
  @exclusivity(unchecked) private var backlog = Backlog<Unmanaged<LookAsidePacket>>()
  /// What had come back when a queue was found full: before more has, there is no use in trying again.
  @exclusivity(unchecked) private var fullAt: UInt64?
  /// What is handed to the driver at once: a reference that is not counted, as its packet keeps it, has the same bytes
  /// as one that is.
  private let run = UnsafeMutableBufferPointer<Unmanaged<IPsecRequest>>.allocate(capacity: LookAsideDevice.batch)
  /// Bytes of each; a packet may be gone when its request was submitted.
  private let lengths = UnsafeMutableBufferPointer<Int>.allocate(capacity: LookAsideDevice.batch)

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
    memory = PacketMemory(instance.kernel, for: name)
    instance.notified = { [unowned self] event in
      guard let sa = event.sa.flatMap({ associations[$0] }) else { return }
      sa.application.notified?(sa, event)
    }
  }

  deinit {
    run.deallocate()
    lengths.deallocate()
  }

  // MARK: Users

  public var mode: GAPI.Mode { applications.first?.mode ?? .available }
  public var saCount: Int { associations.count }
  /// Packets that it has taken and not given back.
  public var inFlight: Int { backlog.count + Int(instance.counters.inFlight) }

  /// It is not being reset.
  public var isReady: Bool { instance.state != .recovering }

  func accepts(_ mode: GAPI.Mode) -> Bool {
    self.mode == .available || (self.mode == .shared && mode == .shared)
  }

  func add(_ application: LookAsideApplication) { applications.append(application) }

  func drop(_ application: LookAsideApplication) {
    applications.removeAll { $0 === application }
    if applications.isEmpty { memory.shrink() }
  }

  /// It has gone: what waits is given back, and every user is told.
  func breakDown() {
    while let packet = backlog.popFirst()?.takeUnretainedValue() {
      packet.end(DriverError(.ENODEV, name, "device has gone"))
    }
    memory.shrink()
    associations = [:]
    for application in applications { application.breakDown() }
  }

  // MARK: Packets

  /// Puts packets at the end of those that wait.
  ///
  /// - Throws: `DriverError`: ENOSPC where too many wait, EBUSY for one that is under way; none of them is taken then.
  func enqueue(_ packets: Span<LookAsidePacket>) throws(DriverError) {
    try makeRoom(for: packets.count)
    for index in packets.indices {
      guard !packets[index].isUnderWay else {
        for other in 0..<index { packets[other].stay() }
        throw DriverError(.EBUSY, name, "a packet is under way")
      }
      packets[index].leave()
    }
    for index in packets.indices {
      packets[index].keepItself()
      backlog.append(.passUnretained(packets[index]))
    }
  }

  private func makeRoom(for count: Int) throws(DriverError) {
    guard inFlight + count <= GAPI.maxInFlight.value else {
      throw DriverError(.ENOSPC, name, "\(inFlight) packets are in flight")
    }
  }

  /// Takes a packet that is waited for, and looks whether it has come back: past the backlog, if nobody is in it.
  ///
  /// - Throws: `DriverError`: as `enqueue`.
  func process(_ packet: LookAsidePacket) throws(DriverError) {
    guard backlog.count == 0, instance.state == .live, !packet.isAbandoned, !packet.isUnderWay else {
      try enqueue(CollectionOfOne(packet).span)
      advance(isPolled: true)
      return
    }
    try makeRoom(for: 1)
    packet.leave()
    // Its owner may come with it again before this is over.
    let byteCount = packet.inputByteCount
    do throws(DriverError) {
      try packet.prepare().lend { request throws(DriverError) in
        try instance.submit(request, cpu: cpu(for: packet.sa))
      }
      note(byteCount)
    } catch {
      guard error.errno == .ENOSPC, instance.counters.inFlight > 0 else {
        packet.sa.submitFailed += 1
        return packet.end(error)
      }
      // A full queue empties.
      backlog.append(.passUnretained(packet))
    }
    instance.poll()
    if packet.isUnderWay { packet.keepItself() }
  }

  /// Where packets of an SA go.
  private func cpu(for sa: LookAsideSA) -> Int {
    let count = instance.kernel.cpuCount
    return count == 1 ? 0 : Int(sa.association.identity) % count
  }

  /// A packet was handed to the driver.
  private func note(_ byteCount: Int) {
    counters.packetsIn += 1
    counters.bytesIn += UInt64(byteCount)
  }

  /// Hands as many packets to the driver as its queues take; whether there was any. A device that is idle wakes up.
  ///
  /// - Parameter isPolled: whether what the device is done with by then is taken from the rings, without an interrupt.
  @discardableResult
  func advance(isPolled: Bool = false) -> Bool {
    var hasMoved = false
    if backlog.count > 0 { instance.wake() }
    while instance.state == .live, let first = backlog.first?.takeUnretainedValue() {
      guard !first.isAbandoned else {
        backlog.removeFirst(1)
        first.end(DriverError(.ETIMEDOUT, name, "nobody waits any more"))
        continue
      }
      if fullAt == instance.counters.returned { break }
      do throws(DriverError) {
        let count = try gather(first.sa)
        let requests = UnsafeRawBufferPointer(run).assumingMemoryBound(to: IPsecRequest.self)[..<count]
        let taken = try instance.submit(
          UnsafeBufferPointer(rebasing: requests).span, cpu: cpu(for: first.sa), isPolled: isPolled
        ) { taken in
          // From here on, whoever is told of a packet may come with the next.
          for index in 0..<taken { note(lengths[index]) }
          backlog.removeFirst(taken)
          fullAt = taken == count ? nil : instance.counters.returned
        }
        hasMoved = true
        if isPolled { instance.poll() }
        guard taken == count else { return true }
      } catch {
        // A full queue empties; anything else is the packet's fault, or will not pass.
        if error.errno == .ENOSPC, instance.counters.inFlight > 0 {
          fullAt = instance.counters.returned
          return hasMoved
        }
        first.sa.submitFailed += 1
        backlog.removeFirst(1)
        hasMoved = true
        first.end(error)
      }
    }
    return hasMoved
  }

  /// Packets that are handed over at a time.
  private static let batch = 64

  /// Gathers packets from the front, as long as they are of one SA; how many there are.
  private func gather(_ sa: LookAsideSA) throws(DriverError) -> Int {
    let most = min(Self.batch, backlog.count)
    for index in 0..<most {
      var request: Unmanaged<IPsecRequest>?
      do throws(DriverError) {
        request = try backlog[index].lend { packet throws(DriverError) in
          lengths[index] = packet.inputByteCount
          return packet.sa === sa && !packet.isAbandoned ? try packet.prepare() : nil
        }
      } catch {
        // It is told so when it is the first.
        if index == 0 { throw error }
      }
      guard let request else { return index }
      run[index] = request
    }
    return most
  }

  /// Waits until a packet has come back, or will not any more.
  func wait(for packet: LookAsidePacket) {
    _ = instance.kernel.scheduler.wait(upTo: instance.parameters.commandTimeout) {
      advance()
      return packet.result != nil
    }
  }
}
