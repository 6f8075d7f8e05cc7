import Device
import ESP
import Model
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct HostileTests {
  /// A live device, and the number of an SA in each direction.
  private func makeBench(_ features: FeatureSet? = nil) throws -> (Testbench, TestSA, TestSA) {
    let bench = try Testbench(features: features)
    return (bench, try bench.addSA(Samples.gcmTunnel), try bench.addSA(Samples.gcmTunnel, direction: .inbound))
  }

  private func status(_ answer: [UInt8]) throws -> V2_0.Status? {
    try Reader<V2_0.ControlStatus>(answer.span.bytes).status.known
  }

  @Test func `a command cut at any length is malformed, and adds nothing`() throws {
    let (bench, _, _) = try makeBench()
    var parts = Parts()
    parts.append("sa") { V2_0.fill(&$0, Samples.gcmTunnel) }
    let whole = ModernRequest.grammar.request("add_out_sa", of: "control", parts)
    for length in 0..<whole.count {
      #expect(try status(try bench.control(Array(whole[..<length]), room: 64)) == .malformed)
    }
    #expect(try status(try bench.control(whole + [0], room: 64)) == .malformed)
    #expect(try status(try bench.control(whole, room: 64)) == .ok)
  }

  @Test func `a request cut at any length is malformed, and so is one with a byte too many`() throws {
    let (bench, sa, _) = try makeBench()
    let whole = ModernRequest.bytes(Samples.packet(), on: sa, room: 200)
    for length in 0..<whole.count {
      let answer = try bench.machine.exchange(Array(whole[..<length]), room: 216, on: 2)
      #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known == .malformed)
    }
    for room in 0..<216 {
      let answer = try bench.machine.exchange(whole, room: room, on: 2)
      if room >= 16 { #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known == .noSpace) }
    }
    #expect(try bench.encap(Samples.packet(), on: sa).count > 0)
  }

  @Test func `any bit that is reserved is refused where it stands`() throws {
    let (bench, sa, _) = try makeBench()
    var parts = Parts()
    parts.append("sa") { V2_0.fill(&$0, Samples.gcmTunnel) }
    let whole = ModernRequest.grammar.request("add_out_sa", of: "control", parts)
    // add_sa's reserved bytes, sa_entry's flags and reserved bytes.
    for (byte, bit) in [(20, 0), (23, 7), (31, 7), (36, 0), (39, 3)] {
      var bytes = whole
      bytes[byte] |= 1 << UInt8(bit)
      #expect(try status(try bench.control(bytes, room: 64)) == .malformed)
    }
    for (byte, bit) in [(19, 0), (22, 0), (23, 7)] {
      var bytes = ModernRequest.bytes(Samples.packet(), on: sa, room: 200)
      bytes[byte] |= 1 << UInt8(bit)
      let answer = try bench.machine.exchange(bytes, room: 216, on: 2)
      #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known == .malformed)
    }
  }

  @Test func `a chain with readable and writable swapped is given back empty`() throws {
    let (bench, _, _) = try makeBench()
    for index in 0..<3 {
      #expect(try bench.machine.exchange([[UInt8]](), room: [64], on: index).count <= 16)
      #expect(try bench.machine.exchange([[UInt8](repeating: 1, count: 64)], room: [Int](), on: index) == [])
    }
    #expect(bench.accelerator.counters.unanswered > 0)
    #expect(try bench.command("get_capabilities", Parts())[\V2_0.Capabilities.maxSas] > 0)
  }

  @Test func `every class and command, known or not, is answered`() throws {
    let (bench, _, _) = try makeBench()
    for commandClass in UInt16(0)..<8 {
      for command in UInt16(0)..<32 {
        let bytes: [UInt8] = [UInt8(commandClass), 0, UInt8(command), 0, 0, 0, 0, 0]
        let answer = try status(try bench.control(bytes, room: 4096))
        #expect(answer != nil && answer != .internalError)
      }
    }
  }

  @Test func `an attribute that is not known is refused unless it says that it may be ignored`() throws {
    let (bench, _, _) = try makeBench()
    var parts = Parts()
    parts.append("sa") { V2_0.fill(&$0, Samples.gcmTunnel) }
    let whole = ModernRequest.grammar.request("add_out_sa", of: "control", parts)
    for (type, expected) in [(UInt16(0x7f), V2_0.Status.unknownAttribute), (0x80ff, .ok)] {
      var bytes = whole + [UInt8(type & 0xff), UInt8(type >> 8), 3, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0]
      bytes[4] += 16
      bytes[32] += 16
      #expect(try status(try bench.control(bytes, room: 64)) == expected)
    }
  }

  static let seed = UInt64.random(in: 0...UInt64.max)

  @Test func `random control messages are answered and never crash`() throws {
    let (bench, _, _) = try makeBench()
    let layout = Layout(Spec.v2_0)
    var random = SplitMix(seed: Self.seed)
    let commands = layout.services.first { $0.name == "control" }!.commands
    var samplers = commands.map { ChainSampler($0, of: layout, bigEndianGuest: false, seed: random.next()) }
    for round in 0..<3000 {
      let index = round % samplers.count
      var bytes = samplers[index].next().readable
      for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<8, using: &random) == 0 {
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      }
      let answer = try bench.control(bytes, room: Int.random(in: 8...5000, using: &random))
      #expect(try status(answer) != nil, "seed \(Self.seed), round \(round), \(commands[index].name)")
    }
    #expect(!bench.machine.session.needsReset, "seed \(Self.seed)")
  }

  @Test func `random data requests are answered, never crash and never write beyond their room`() throws {
    let (bench, out, inbound) = try makeBench()
    var random = SplitMix(seed: Self.seed)
    for round in 0..<3000 {
      let sa = Bool.random(using: &random) ? out : inbound
      let room = Int.random(in: 0...400, using: &random)
      var bytes = ModernRequest.bytes(Samples.packet(Int.random(in: 0...200, using: &random)), on: sa, room: room)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let limit = Bool.random(using: &random) ? min(60, bytes.count) : bytes.count
        bytes[Int.random(in: 0..<limit, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let answer = try bench.machine.exchange(bytes, room: 16 + room, on: sa.direction == .outbound ? 2 : 1)
      #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known != nil, "seed \(Self.seed), round \(round)")
    }
    #expect(!bench.machine.session.needsReset, "seed \(Self.seed)")
  }

  @Test func `a well-formed chain of the grammar's sampler is cut as the grammar cuts it`() throws {
    // The data path parses by hand; whatever the grammar makes must not be malformed.
    let (bench, _, _) = try makeBench()
    let layout = Layout(Spec.v2_0)
    let command = layout.services.first { $0.name == "data" }!.commands[0]
    var sampler = ChainSampler(command, of: layout, bigEndianGuest: false, seed: Self.seed)
    for round in 0..<300 {
      let chain = sampler.next()
      let count = Int(try Reader<V2_0.DataRequest>(chain.readable.span.bytes).following) + 1
      // The answer ends with what is written; the room for it is what the headers say.
      let room = try (0..<count).reduce(0) { room, index in
        let header = Array(chain.readable[(index * V2_0.DataRequest.byteCount)...])
        return room + V2_0.Completion.byteCount
          + Int(try Reader<V2_0.DataRequest>(header.span.bytes).outputCapacity)
      }
      let answer = try bench.machine.exchange(chain.readable, room: room, on: 2)
      let status = try Reader<V2_0.Completion>(answer.span.bytes).status.known
      #expect(status == .noSuchSA || status == .invalidValue, "seed \(Self.seed), round \(round)")
    }
  }

  @Test func `an error never shows a key`() throws {
    let key = Samples.key.map { String($0, radix: 16) }.joined()
    for rejection in [Rejection.keyRejected(.cipher), .invalidValue(.cipher), .malformed(offset: 7)] {
      #expect(!"\(rejection)".contains(key))
    }
    #expect("\(Samples.gcmTunnel)".contains("secret bits"))
    #expect(!"\(Samples.gcmTunnel)".contains("1, 2, 3, 4"))
  }
}
