import Device
import Spec
import Testing
@testable import VhostUser
import Wire

/// What --trace shows.
@Suite struct TraceTests {
  @Test func `frames are shown by their names, fields and descriptors`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    _ = try guest.addSA(Samples.sa)
    let lines = Set(served.trace)
    for line in [
      "-> GET_FEATURES", "<- GET_QUEUE_NUM value=4", "<- GET_MAX_MEM_SLOTS value=0x40",
      "-> SET_VRING_ERR index=3 is_absent=0 reserved=0 fds=1 need-reply", "<- SET_VRING_ERR value=0",
      "-> ADD_MEM_REG {guest_address=0x100000000 size=0x100000 user_address=0x7f0100000000 mmap_offset=0} fds=1 "
        + "need-reply",
      "-> SET_VRING_ENABLE index=2 num=1 need-reply", "-> SET_STATUS value=0xf need-reply",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  @Test func `a configuration is shown byte by byte and an unknown request by its number`() {
    let write = FrameTrace(Frame(25, .configuration(4, [1, 0xab])), .fromFrontEnd)
    #expect(write.description == "-> SET_CONFIG offset=4 size=2 flags=0 bytes=01ab")
    let unknown = FrameTrace(Frame(77, Payload([1, 2])), .fromFrontEnd)
    #expect(unknown.description == "-> request 77 bytes=2")
  }

  @Test(arguments: Request.allCases)
  func `every request is shown with its fields, and what is too short for them by its size`(request: Request) throws {
    let message = try ValidMessage(request)
    let line = FrameTrace(Frame(request.rawValue, message.payload), .fromFrontEnd).description
    #expect(line.hasPrefix("-> \(request.rule.name)"))
    for name in request.rule.payload.fieldNames { #expect(line.contains("\(name)="), "\(line)") }
    for count in 1..<max(1, min(message.payload.bytes.count, request.rule.payload.least)) {
      let cut = FrameTrace(Frame(request.rawValue, Payload(Array(message.payload.bytes.prefix(count)))), .fromFrontEnd)
      #expect(cut.description.contains(" bytes=\(count)"), "\(cut)")
    }
  }

  @Test func `no key is in a trace or a log`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    let sa = try guest.addSA(Samples.sa)
    _ = try guest.process(Samples.packet(), on: sa)
    try guest.start()
    let key = (1...16).map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
    for line in served.trace + served.log { #expect(!line.contains(key) && !line.contains("01020304")) }
  }
}

extension RequestRule.Payload {
  /// What every frame starts with.
  private var message: (any Message.Type)? {
    switch self {
    case .none: nil
    case .message(let message), .bytes(after: let message), .list(let message, of: _): message
    }
  }

  /// Fewest bytes that have fields.
  fileprivate var least: Int { message?.byteCount ?? 0 }

  /// Of fields that are numbers.
  fileprivate var fieldNames: [String] {
    var messages = message.map { [$0] } ?? []
    if case .list(_, of: let element) = self { messages.append(element) }
    return messages.flatMap { $0.fields }.compactMap {
      switch $0.shape.meaning {
      case .reserved, .bits: nil
      default: "\($0.name)"
      }
    }
  }
}
