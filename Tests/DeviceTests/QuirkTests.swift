import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// The published driver's habits, byte by byte as it writes them on a little-endian guest.
@Suite struct QuirkTests {
  private func makeBench(_ quirks: Set<V1_0.DriverQuirk>) throws -> Testbench {
    try Testbench(version: .v1_0) { $0.quirks = quirks }
  }

  private func le(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) } }

  private func handle(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  private func fixed(_ bytes: [UInt8]) -> [UInt8] { le(UInt32(bytes.count)) + bytes + zeros(64 - bytes.count) }
  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  /// One SA of AES-GCM in an IPv4 tunnel: flags say no ESN, no replay check, no UDP encapsulation.
  private func sa(
    flags: UInt8 = 0b1_1100, cipher: UInt8 = 11, auth: UInt8? = nil, key: [UInt8] = Samples.key, udp: [UInt8] = []
  ) -> [UInt8] {
    let parameters = le(0x1001) + [50, flags, 0] + le(0)
    let tunnel = le(0xc000_0201) + le(0xc000_0202) + [1 << 4, 0]
    let esp: [UInt8] = [auth == nil ? 0x20 : 0x30, cipher, 8, 16] + le(0) + [auth ?? 0, 0, 16]
    let authKey = auth == nil ? [] : fixed([UInt8](1...32))
    return parameters + tunnel + esp + fixed(key) + authKey + fixed(Samples.salt) + udp
  }

  /// ADD_OUT_SA as far as the driver's own data go.
  private func add(_ sa: [UInt8], group: UInt64 = 0, length: Int? = nil, count: UInt32 = 1) -> [UInt8] {
    [2, 3] + handle(group) + zeros(8) + le(count) + le(UInt32(length ?? sa.count)) + sa
  }

  /// The result of a command whose answer has buffers of its own.
  private func result(_ bench: Testbench, _ command: [UInt8], room: Int) throws -> UInt8? {
    let answer = try bench.machine.exchange([command], room: [room], on: 0, whole: true)
    return answer.dropLast().last
  }

  /// Sends one readable buffer; what stands in it afterwards.
  private func inOneBuffer(_ bench: Testbench, _ bytes: [UInt8], queue index: Int = 0) throws -> [UInt8] {
    let memory = bench.machine.heap.memory, address: UInt64 = 0xf0_0000
    try memory.write(bytes, at: address)
    let queue = bench.machine.queues[index]
    let buffers = [Buffer(address: address, byteCount: UInt32(bytes.count))]
    try queue.add(buffers.span, readableCount: 1, token: 0)
    queue.kick()
    #expect(try #require(try queue.reap()).byteCount == 0, "nothing is writable")
    return try memory.bytes(address: address, byteCount: bytes.count)
  }

  private func open(_ sealed: [UInt8], _ change: (inout Parameters) -> Void = { _ in }) throws -> [UInt8] {
    var parameters = Samples.gcmTunnelParameters
    change(&parameters)
    return try InboundAssociation(parameters).open(sealed)
  }

  private func seal(on sa: UInt64, _ bench: Testbench) throws -> [UInt8] {
    try bench.encap(Samples.packet(), on: TestSA(handle: Handle(sa)!, direction: .outbound, group: nil))
  }

  // MARK: zero-handle-is-no-group

  @Test func `zeros mean no group with the quirk, and are a group that is not there without it`() throws {
    let with = try makeBench([.zeroHandleIsNoGroup]), without = try makeBench([])
    #expect(try result(with, add(sa()), room: 10) == 0)
    #expect(try result(without, add(sa()), room: 10) == 1)
    #expect(try open(try seal(on: 1, with)) == Samples.packet())
    // In every message that has a group: delete, read, read first n.
    let name = handle(0) + handle(1)
    let messages: [([UInt8], Int)] = [
      ([2, 6] + name, 600), ([2, 7] + handle(0) + le(1) + zeros(8), 700), ([2, 4] + name, 2),
    ]
    for (message, room) in messages {
      #expect(try result(without, message, room: room) == 1)
      #expect(try result(with, message, room: room) == 0)
    }
  }

  @Test func `a data request names the SA's group, or is refused`() throws {
    let bench = try makeBench([])
    let group = try bench.addGroup(), other = try bench.addGroup()
    let sa = try bench.addSA(Samples.gcmTunnel, group: group)
    for (named, isFound) in [(group, true), (other, false)] {
      let request = TestSA(handle: sa.handle, direction: .outbound, group: named)
      #expect(((try? bench.encap(Samples.packet(), on: request)) != nil) == isFound)
    }
  }

  // MARK: sa-len-from-message-start

  @Test func `sa_len counts from the control header on with the quirk, and from the SAs without it`() throws {
    let sa = sa()
    let whole = 2 + 24 + sa.count
    let cases: [(quirks: Set<V1_0.DriverQuirk>, good: Int, bad: Int)] = [
      ([.zeroHandleIsNoGroup, .saLengthFromMessageStart], whole, sa.count),
      ([.zeroHandleIsNoGroup], sa.count, whole),
    ]
    for (quirks, good, bad) in cases {
      let bench = try makeBench(quirks)
      #expect(try result(bench, add(sa, length: bad), room: 10) == 1)
      #expect(try result(bench, add(sa, length: good), room: 10) == 0)
      #expect(try open(try seal(on: 1, bench)) == Samples.packet())
    }
  }

  @Test(arguments: [0, 1, 25, 26, 0xffff_ffff]) func `a length that ends within what precedes the SAs is malformed`(
    length: Int
  ) throws {
    let bench = try makeBench([.zeroHandleIsNoGroup, .saLengthFromMessageStart])
    #expect(try result(bench, add(sa(), length: length), room: 10) == 1)
  }

  // MARK: udp-info-if-bit-set

  @Test func `UDP information follows a bit that is set with the quirk, and one that is clear without it`() throws {
    let udp: [UInt8] = [1, 0x94, 0x11, 0x95, 0x11]
    let isSet = sa(flags: 0b1_1100, udp: udp), isClear = sa(flags: 0b0_1100, udp: udp)
    let cases: [(quirks: Set<V1_0.DriverQuirk>, good: [UInt8], bad: [UInt8])] = [
      ([.zeroHandleIsNoGroup, .udpInfoIfBitSet], isSet, isClear), ([.zeroHandleIsNoGroup], isClear, isSet),
    ]
    for (quirks, good, bad) in cases {
      let bench = try makeBench(quirks)
      #expect(try result(bench, add(bad), room: 10) == 1)
      #expect(try result(bench, add(good), room: 10) == 0)
      let sealed = try seal(on: 1, bench)
      #expect(Array(sealed[20..<24]) == [0x11, 0x95, 0x11, 0x94])
    }
  }

  @Test func `with the quirk, it is the set bit that needs UDP_ENCAPSULATION`() throws {
    let all = AcceleratorProfile(.v1_0).features.subtracting(FeatureSet(.udpEncapsulation))
    let bench = try Testbench(version: .v1_0, features: all) {
      $0.quirks = [.zeroHandleIsNoGroup, .udpInfoIfBitSet]
    }
    #expect(try result(bench, add(sa(flags: 0b0_1100)), room: 10) == 0)
    #expect(try result(bench, add(sa(flags: 0b1_1100, udp: zeros(5))), room: 10) == 1)
  }

  // MARK: gcm16-as-ccm16, g-api-auth-numbers

  @Test func `AES-GCM under the number of AES_CCM_ICV16 is taken for what it is only with the quirk`() throws {
    let with = try makeBench([.zeroHandleIsNoGroup, .gcm16AsCCM16]), without = try makeBench([.zeroHandleIsNoGroup])
    #expect(try result(with, add(sa(cipher: 8)), room: 10) == 0)
    #expect(try open(try seal(on: 1, with)) == Samples.packet())
    // CCM's salt has three bytes, GCM's four.
    #expect(try result(without, add(sa(cipher: 8)), room: 10) == 1)
  }

  @Test func `integrity algorithms in the g-API's numbering are one off, and none is 1`() throws {
    let with = try makeBench([.zeroHandleIsNoGroup, .gAPIAuthNumbers]), without = try makeBench([.zeroHandleIsNoGroup])
    // SHA-256 is 5 in the g-API and 4 in messages; 5 in messages is SHA-384, whose key has 48 bytes.
    #expect(try result(with, add(sa(cipher: 4, auth: 5)), room: 10) == 0)
    let sealed = try seal(on: 1, with)
    let plain = try open(sealed) {
      $0.protection = .separate(
        .aesCBC, key: Key(Samples.key), .hmacSHA256_128, authenticationKey: Key([UInt8](1...32)))
    }
    #expect(plain == Samples.packet())
    #expect(try result(without, add(sa(cipher: 4, auth: 5)), room: 10) == 1)
    #expect(try result(with, add(sa(cipher: 4, auth: 0)), room: 10) == 1)
  }

  // MARK: control-in-one-readable-buffer

  static let shared: Set<V1_0.DriverQuirk> = [
    .controlInOneReadableBuffer, .zeroHandleIsNoGroup, .saLengthFromMessageStart,
  ]

  @Test func `a command is answered in its one readable buffer, the SA's handle in the field that is there for it`()
    throws
  {
    let bench = try makeBench(Self.shared)
    // ADD_GROUP: header, room for the handle, result.
    var answer = try inOneBuffer(bench, [2, 1] + zeros(8) + [0xff, 0xff])
    #expect(answer == [2, 1] + handle(1) + [0, 0])
    let description = sa()
    let command = add(description, group: 1, length: 26 + description.count)
    answer = try inOneBuffer(bench, command + [0xff, 0xff])
    #expect(Array(answer.suffix(2)) == [0, 0])
    #expect(Array(answer[10..<18]) == handle(2))
    #expect(Array(answer[..<10]) == Array(command[..<10]))
    #expect(Array(answer[18..<command.count]) == Array(command[18...]))
    let request = TestSA(handle: Handle(2)!, direction: .outbound, group: Handle(1))
    #expect(try open(try bench.encap(Samples.packet(), on: request)) == Samples.packet())
  }

  @Test func `reading answers over the question where both are one structure`() throws {
    let bench = try makeBench(Self.shared)
    let description = sa()
    _ = try inOneBuffer(bench, add(description, length: 26 + description.count) + [0, 0])
    // READ_FIRST_N_OUT_SAs: handles, count and cursor, then an entry of handle, state and description.
    let answer = try inOneBuffer(bench, [2, 7] + handle(0) + le(3) + zeros(8 + 8 + 8 + description.count) + [9, 9])
    #expect(Array(answer[10..<14]) == le(1))
    #expect(Array(answer[22..<30]) == handle(1))
    #expect(Array(answer[38..<42]) == le(0x1001))
    #expect(Array(answer.suffix(2)) == [0, 0])
    let capabilities = try inOneBuffer(bench, [1, 1] + zeros(8) + [9, 9])
    #expect(capabilities == [1, 1] + le(0xff) + le(0x1fff) + [0, 0])
  }

  @Test func `a command that fails changes nothing of the buffer but the result`() throws {
    let bench = try makeBench(Self.shared)
    for command in [[2, 4] + handle(0) + handle(77), [9, 9, 9], add(sa(), length: 3)] as [[UInt8]] {
      let answer = try inOneBuffer(bench, command + [0, 0])
      #expect(Array(answer.dropLast(2)) == command)
      #expect(answer[command.count] == 1 && answer[command.count + 1] != 0)
    }
    #expect(bench.accelerator.counters.unanswered == 0)
  }

  @Test func `without the quirk, a readable buffer is left as it is`() throws {
    let bench = try makeBench([.zeroHandleIsNoGroup])
    let command: [UInt8] = [2, 1] + zeros(10)
    #expect(try inOneBuffer(bench, command) == command)
    #expect(bench.accelerator.counters.unanswered == 1)
  }

  @Test func `with the quirk, an answer in a buffer of its own is still given`() throws {
    let bench = try makeBench(Self.shared)
    #expect(try result(bench, [2, 1], room: 10) == 0)
  }

  // MARK: data-header-write-back

  /// The header as the driver fills it in.
  private func header(sa: UInt64, input: Int, output: Int) -> [UInt8] {
    handle(0) + handle(sa) + le(1) + le(UInt32(input)) + le(1) + le(UInt32(output)) + le(0) + zeros(12)
  }

  @Test func `the result of a packet goes into its readable header, and the output has the writable bytes to itself`()
    throws
  {
    let bench = try makeBench([.zeroHandleIsNoGroup, .dataHeaderWriteBack])
    #expect(try result(bench, add(sa()), room: 10) == 0)
    let memory = bench.machine.heap.memory, queue = bench.machine.queues[2], packet = Samples.packet()
    let base: UInt64 = 0xf0_0000
    for (number, error) in [(UInt64(1), false), (99, true)] {
      try memory.write(header(sa: number, input: packet.count, output: 400), at: base)
      try memory.write(packet, at: base + 64)
      let buffers = [
        Buffer(address: base, byteCount: 48), Buffer(address: base + 64, byteCount: UInt32(packet.count)),
        Buffer(address: base + 4096, byteCount: 400),
      ]
      try queue.add(buffers.span, readableCount: 2, token: 0)
      queue.kick()
      let completion = try #require(try queue.reap())
      let written = try memory.bytes(address: base + 36, byteCount: 12)
      let reply = try Reader<V1_0.DataReply>(written.span.bytes)
      #expect(reply.result.known == (error ? .error : .ok))
      #expect(reply.outputDataLength == completion.byteCount)
      #expect((reply.errorCode != 0) == error)
      let front = try memory.bytes(address: base, byteCount: 36)
      #expect(front == Array(header(sa: number, input: packet.count, output: 400)[..<36]))
      if error { continue }
      let sealed = try memory.bytes(address: base + 4096, byteCount: Int(completion.byteCount))
      #expect(try open(sealed) == packet)
    }
  }

  @Test func `without the quirk, the header stays as the driver wrote it`() throws {
    let bench = try makeBench([.zeroHandleIsNoGroup])
    let bytes = header(sa: 1, input: 0, output: 0)
    #expect(try inOneBuffer(bench, bytes, queue: 2) == bytes)
  }

  @Test func `a header that is cut is left alone, with the quirk as well`() throws {
    let bench = try makeBench([.zeroHandleIsNoGroup, .dataHeaderWriteBack])
    let bytes = Array(header(sa: 1, input: 0, output: 0)[..<47])
    #expect(try inOneBuffer(bench, bytes, queue: 2) == bytes)
  }

  // MARK: All

  @Test(arguments: V1_0.DriverQuirk.allCases) func `a quirk changes nothing in 0.4 and 2.0`(quirk: V1_0.DriverQuirk)
    throws
  {
    for version in [SpecVersion.v0_4, .v2_0] {
      let with = try Testbench(version: version) { $0.quirks = [quirk] }, without = try Testbench(version: version)
      let sealed = try with.encap(Samples.packet(), on: try with.addSA(Samples.gcmTunnel))
      #expect(sealed == (try without.encap(Samples.packet(), on: try without.addSA(Samples.gcmTunnel))))
    }
  }
}
