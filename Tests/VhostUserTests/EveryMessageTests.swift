import Testing
@testable import VhostUser
import Virtio
import Wire

/// What is checked of every message before anything is done of it.
@Suite struct EveryMessageTests {
  @Test(arguments: Request.allCases)
  func `a payload shorter or longer than the rule is refused by every request`(request: Request) throws {
    let test = try TestBackend()
    for count in request.rule.payload.wrongSizes {
      _ = test.ask(
        request, Payload([UInt8](repeating: 0, count: count)),
        try TestBackend.descriptors(request.rule.descriptors.lowerBound), flags: .requestWithResult)
      #expect(test.refusals.last == "\(request.rule.name): a payload of \(count) bytes")
    }
    #expect(test.refusals.count == request.rule.payload.wrongSizes.count)
  }

  @Test(arguments: [Request.addMemoryRegion, .removeMemoryRegion], [8, 72])
  func `one region is no more and no less than one`(request: Request, count: Int) throws {
    let test = try TestBackend()
    _ = test.ask(request, Payload([UInt8](repeating: 0, count: count)), try TestBackend.descriptors(1))
    #expect(test.refusals == ["\(request.rule.name): a payload of \(count) bytes"])
  }

  @Test(arguments: Request.allCases)
  func `too few and too many descriptors are refused by every request`(request: Request) throws {
    let test = try TestBackend()
    let allowed = request.rule.descriptors
    for count in [allowed.lowerBound - 1, allowed.upperBound + 1, 65] where count >= 0 {
      _ = test.ask(request, request.zeros, try TestBackend.descriptors(count))
      #expect(test.refusals.last == "\(request.rule.name): \(count) file descriptors")
    }
    #expect(!test.refusals.isEmpty)
  }

  @Test(arguments: [Request.setRingKick, .setRingCall, .setRingError], [(0, 0), (0x100, 1)])
  func `a ring's descriptor is there just if it is said to be`(request: Request, bits: (UInt64, Int)) throws {
    let test = try TestBackend()
    _ = test.ask(request, Payload(number: bits.0), try TestBackend.descriptors(bits.1))
    #expect(test.refusals == ["\(request.rule.name): \(bits.1) file descriptors"])
  }

  @Test(arguments: [0, 1, 3])
  func `a memory table has a descriptor for each region`(count: Int) throws {
    let test = try TestBackend()
    let regions = [0, 1].map { Payload.region(guest: $0 << 20, size: 4096, user: $0 << 20) }
    _ = test.ask(.setMemoryTable, .table(regions), try TestBackend.descriptors(count))
    #expect(test.refusals == ["SET_MEM_TABLE: \(count) file descriptors"])
  }

  @Test(arguments: Request.allCases.filter { $0.ringIndexWidth != nil })
  func `a ring that is not there is refused by every request that names one`(request: Request) throws {
    let test = try TestBackend()
    let count = test.backend.rings.count
    let highest = request.ringIndexWidth == 8 ? 0xff : 0xffff_ffff
    for index in [count, count + 1, 0x7f, highest] {
      var payload = request.zeros
      payload[\RingNumber.index] = UInt32(index)
      let descriptors = request.ringIndexWidth == 8 ? 1 : 0
      _ = test.ask(request, payload, try TestBackend.descriptors(descriptors), flags: .requestWithResult)
      #expect(test.refusals.last == "\(request.rule.name): there is no ring \(index)")
    }
    #expect(test.refusals.count == 4)
  }

  @Test(
    arguments: [Request.getInflightRegion, .setInflightRegion],
    [(0, 64), (5, 64), (0xffff, 64), (4, 0), (4, 0x8001)])
  func `an in-flight region of queues that are not there is refused`(request: Request, sizes: (UInt16, UInt16)) throws {
    let test = try TestBackend()
    var payload = Payload(InflightDescription.self)
    payload[\InflightDescription.queueCount] = sizes.0
    payload[\InflightDescription.queueSize] = sizes.1
    let descriptors = try TestBackend.descriptors(request.rule.descriptors.lowerBound)
    let outcome = test.ask(request, payload, descriptors)
    #expect(outcome == .close)
    let what = sizes.0 == 4 ? "a queue size of \(sizes.1)" : "an in-flight region of \(sizes.0) queues"
    #expect(test.refusals == ["\(request.rule.name): \(what)"])
  }

  @Test(arguments: Request.allCases.filter { $0.rule.feature != nil })
  func `what was not negotiated is refused`(request: Request) throws {
    let test = try TestBackend(features: [])
    _ = test.ask(request, request.zeros, try TestBackend.descriptors(request.rule.descriptors.lowerBound))
    #expect(test.refusals == ["\(request.rule.name): its protocol feature was not negotiated"])
  }

  @Test func `an unknown request is passed over, and answered if an answer is wanted`() throws {
    let test = try TestBackend()
    for number in [UInt32(0), 19, 22, 35, 41, 45, .max] {
      #expect(test.ask(Frame(number, Payload([1, 2, 3]))) == .silence)
      let asked = Frame(
        number, flags: .requestWithResult, Payload([]), descriptors: try TestBackend.descriptors(3))
      #expect(test.ask(asked) == .reply(Payload(number: 1)))
    }
    #expect(test.refusals.count == 14 && test.refusals[0] == "request 0: an unknown request")
  }

  // MARK: Over the socket

  @Test func `a payload larger than the largest ends the connection, whatever the request`() throws {
    let served = try Served()
    defer { served.end() }
    for request in Request.allCases {
      let socket = try served.connect()
      let frame = Frame(request.rawValue, Payload([UInt8](repeating: 0, count: Frame.payloadLimit + 1)))
      try socket.send(Array(frame.bytes.prefix(FrameHeader.byteCount)))
      let hasEnded = socket.ends()
      #expect(hasEnded)
    }
    let line = "not the protocol: a payload of \(Frame.payloadLimit + 1) bytes"
    #expect(served.log == Array(repeating: line, count: Request.allCases.count))
  }

  @Test(arguments: [0, 2, 3] as [UInt32])
  func `another version of the protocol ends the connection`(version: UInt32) throws {
    let served = try Served()
    defer { served.end() }
    let socket = try served.connect()
    try socket.send(Frame(Request.getFeatures.rawValue, flags: Packed(rawValue: version)).bytes)
    let hasEnded = socket.ends()
    #expect(hasEnded)
    #expect(served.log == ["not the protocol: version \(version)"])
  }

  @Test func `an unknown request is told of once, and the connection goes on`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    for _ in 0..<5 { try guest.frontEnd.transmit(Frame(77, Payload([1, 2, 3]))) }
    _ = try guest.process(Samples.packet(), on: sa)
    #expect(try guest.frontEnd.number(.getQueueCount) == 4)
    #expect(served.log == ["request 77: an unknown request"])
  }
}

extension RequestRule.Payload {
  /// Sizes in bytes next to those that it allows.
  fileprivate var wrongSizes: [Int] {
    switch self {
    case .none: [1, 8, 4096]
    case .message(let message): [0, message.byteCount - 1, message.byteCount + 1, 4096]
    case .list(let header, let element):
      [0, header.byteCount - 1, header.byteCount + 1, header.byteCount + element.byteCount - 1,
        header.byteCount + element.byteCount + 1, 4096]
    case .bytes(let header): [0, header.byteCount - 1]
    }
  }
}

extension Request {
  /// Zeros of a size that the request can have.
  fileprivate var zeros: Payload {
    switch rule.payload {
    case .none: Payload([])
    case .message(let message), .bytes(after: let message), .list(let message, of: _): Payload(message)
    }
  }

  /// In how many bits the request names a ring; nil where it names none.
  fileprivate var ringIndexWidth: Int? {
    guard case .message(let message) = rule.payload else { return nil }
    return if message == RingDescriptor.self { 8 } else if message == RingNumber.self || message == RingAddresses.self {
      32
    } else { nil }
  }
}
