public import Device
import Spec
import Virtio
import Wire

/// Version 2.0 as a driver writes it.
struct ModernDriver: WireDriver {
  static let grammar = Grammar(Spec.v2_0)

  /// Writes the guest's scaling; without registers of its own the device's default stands.
  func select(scaling: Int, _ transport: any DriverTransport) {
    guard scaling > 1 else { return }
    var selection = Packed<GuestQueueSelection>()
    selection[\.guestScaling] = UInt32(scaling)
    transport.writeConfiguration(at: Self.selectionOffset, byteCount: 4, selection.rawValue)
  }

  private static let selectionOffset: Int = {
    let register = Spec.v2_0.registers.last!
    return register.offset.base + register.offset.stride
  }()

  func inexpressible(_ description: SADescription) -> String? { nil }

  func addGroup(_ bench: Testbench) throws(TestbenchError) -> Handle {
    let answer = try bench.command("add_group", Parts(), room: 64)
    return try handle(answer[\V2_0.GroupHandle.group])
  }

  func addition(of descriptions: [SADescription], _ direction: Direction, _ group: Handle?) -> PreparedChain {
    var parts = Parts()
    parts[\V2_0.AddSA.group] = group?.rawValue ?? 0
    for description in descriptions { parts.append("sa") { V2_0.fill(&$0, description) } }
    return command(direction == .outbound ? "add_out_sa" : "add_in_sa", parts)
  }

  func added(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> Handle {
    // It has the same form in both directions.
    let parts = try Self.answer("add_out_sa", answer, to: request)
    return try handle(parts[\V2_0.SAHandle.sa])
  }

  func advance(_ sa: TestSA, to sequence: UInt64, _ bench: Testbench) throws(TestbenchError) {}

  func deletion(of sa: TestSA) -> PreparedChain {
    command(sa.direction == .outbound ? "del_out_sa" : "del_in_sa", Parts(naming: sa))
  }

  func checkDeletion(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) {
    _ = try Self.answer("del_out_sa", answer, to: request)
  }

  private func command(_ name: String, _ parts: Parts) -> PreparedChain {
    PreparedChain(readable: Self.grammar.request(name, of: "control", parts), room: 64)
  }

  /// Parses an answer.
  ///
  /// - Throws: `TestbenchError.status` unless it is OK.
  static func answer(_ name: String, _ bytes: [UInt8], to request: [UInt8]) throws(TestbenchError) -> Parts {
    let answer: Parts
    do throws(Rejection) { answer = try grammar.answer(name, of: "control", bytes, to: request) } catch {
      throw .malformedAnswer("\(name): \(error)")
    }
    let status = answer[\V2_0.ControlStatus.status]
    if status.known == .ok { return answer }
    let detail = answer[\V2_0.ControlStatus.detail]
    guard let known = status.known else { throw .status("\(status.rawValue)", detail: detail) }
    let isOffset = known == .invalidValue || known == .malformed
    let field = isOffset ? grammar.place(ofByte: Int(detail), in: request, of: "control") : nil
    throw .status(known, detail: detail, field: field)
  }

  private func handle(_ value: UInt64) throws(TestbenchError) -> Handle {
    guard let handle = Handle(value) else { throw .malformedAnswer("handle 0") }
    return handle
  }

  // MARK: Data

  func process(
    _ packets: [[UInt8]], on sa: TestSA, queue: Int, _ bench: Testbench
  ) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    let room = packets.map { sa.room(for: $0.count) }
    let answer = try bench.machine.exchange(
      [Self.request(packets, on: sa, room: room)],
      room: [packets.count * V2_0.Completion.byteCount + room.reduce(0, +)], on: queue, whole: true)
    try bench.reapNotifications()
    return try Self.results(answer, room)
  }

  func chain(for packet: [UInt8], on sa: TestSA) -> PreparedChain { chain(for: [packet], on: sa) }

  func chain(inPlace packet: [UInt8], on sa: TestSA) -> PreparedChain {
    var chain = chain(for: packet, on: sa)
    chain.readable = Self.header(of: packet.count, room: sa.room(for: packet.count), inPlace: sa)
    chain.packet = packet
    chain.standing = Standing(offset: V2_0.Completion.byteCount, byteCount: packet.count, isInput: true)
    return chain
  }

  private static func header(of byteCount: Int, room: Int, inPlace sa: TestSA) -> [UInt8] {
    var parts = Parts()
    parts[\V2_0.DataRequest.sa] = sa.handle.rawValue
    parts[\V2_0.DataRequest.outputCapacity] = UInt32(room)
    parts[\V2_0.DataRequest.operation] = Code(sa.direction == .outbound ? .encapsulate : .decapsulate)
    var flags = Packed<V2_0.DataFlags>()
    flags[\.inPlace] = 1
    parts[\V2_0.DataRequest.flags] = flags
    parts.setBytes("input", [UInt8](repeating: 0, count: byteCount))
    return Array(grammar.request("process", of: "data", parts).prefix(V2_0.DataRequest.byteCount))
  }

  func chain(for packets: [[UInt8]], on sa: TestSA) -> PreparedChain {
    let room = packets.map { sa.room(for: $0.count) }
    return PreparedChain(
      readable: Self.request(packets, on: sa, room: room),
      room: packets.count * V2_0.Completion.byteCount + room.reduce(0, +))
  }

  func results(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    var (room, count) = ([Int](), 1)
    while room.count < count {
      let start = room.count * V2_0.DataRequest.byteCount
      guard let header = try? Reader<V2_0.DataRequest>(request.span.bytes.extracting(droppingFirst: start)) else {
        throw .malformedAnswer("to a request of \(request.count) bytes")
      }
      if room.isEmpty { count += Int(header.following) }
      room.append(Int(header.outputCapacity))
    }
    return try Self.results(answer, room)
  }

  var answerHeaderByteCount: Int { V2_0.Completion.byteCount }

  func outputLength(_ header: RawSpan, of byteCount: Int) throws(TestbenchError) -> Result<Int, TestbenchError> {
    guard let completion = try? Reader<V2_0.Completion>(header) else { throw .malformedAnswer("no completion") }
    return try Self.outputLength(completion, atMost: byteCount - V2_0.Completion.byteCount)
  }

  private static func outputLength(
    _ completion: borrowing Reader<V2_0.Completion>, atMost room: Int
  ) throws(TestbenchError) -> Result<Int, TestbenchError> {
    let (status, length) = (completion.status, Int(completion.outputLength))
    guard status.known == .ok else {
      return .failure(.status(status.known?.entry.name ?? "\(status.rawValue)", detail: 0))
    }
    guard length <= room else { throw .malformedAnswer("output length \(length)") }
    return .success(length)
  }

  /// The readable bytes of a chain of packets: all headers, then all input.
  ///
  /// The chain's grammar says the same; it is written out here because it runs for every packet.
  static func request(_ packets: [[UInt8]], on sa: TestSA, room: [Int]) -> [UInt8] {
    let size = V2_0.DataRequest.byteCount
    var bytes = [UInt8](repeating: 0, count: packets.count * size)
    bytes.withUnsafeMutableBytes { bytes in
      for (index, packet) in packets.enumerated() {
        let place = UnsafeMutableRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size])
        guard var header = try? Writer<V2_0.DataRequest>(place.mutableBytes) else {
          preconditionFailure("a header has room for a header")
        }
        header.sa = sa.handle.rawValue
        header.inputLength = UInt32(packet.count)
        header.outputCapacity = UInt32(room[index])
        header.operation = Code(sa.direction == .outbound ? .encapsulate : .decapsulate)
        header.following = UInt16(index == 0 ? packets.count - 1 : 0)
      }
    }
    bytes.reserveCapacity(bytes.count + packets.reduce(0) { $0 + $1.count })
    for packet in packets { bytes += packet }
    return bytes
  }

  /// Cuts the writable bytes of a chain into packets.
  static func results(_ bytes: [UInt8], _ room: [Int]) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    var offset = room.count * V2_0.Completion.byteCount
    var results: [Result<[UInt8], TestbenchError>] = []
    for (index, capacity) in room.enumerated() {
      let start = index * V2_0.Completion.byteCount
      guard start <= bytes.count,
        let completion = try? Reader<V2_0.Completion>(bytes.span.bytes.extracting(droppingFirst: start))
      else { throw .malformedAnswer("no completion of packet \(index)") }
      let length = try outputLength(completion, atMost: min(capacity, bytes.count - offset))
      results.append(length.map { Array(bytes[offset..<offset + $0]) })
      offset += capacity
    }
    return results
  }

  // MARK: Notifications

  var needsGroup: Bool { false }
  var notificationByteCount: Int { V2_0.Notification.byteCount }

  func notification(_ bytes: [UInt8]) -> Device.Notification? {
    guard let reader = try? Reader<V2_0.Notification>(bytes.span.bytes), let event = reader.event.known,
      let sa = Handle(reader.sa)
    else { return nil }
    return Device.Notification(
      event: event, group: Handle(reader.group), sa: sa, value: reader.value, coalesced: reader.coalesced)
  }
}

extension Parts {
  /// Names an SA.
  public init(naming sa: TestSA) {
    self.init()
    self[\V2_0.SAHandle.group] = sa.group?.rawValue ?? 0
    self[\V2_0.SAHandle.sa] = sa.handle.rawValue
  }
}

extension Testbench {
  /// Sends a control command of version 2.0 and parses the answer.
  ///
  /// - Throws: `TestbenchError.status` unless it is OK.
  public func command(_ name: String, _ parts: Parts, room: Int = 4096) throws(TestbenchError) -> Parts {
    let request = ModernDriver.grammar.request(name, of: "control", parts)
    return try ModernDriver.answer(name, try control(request, room: room), to: request)
  }
}
