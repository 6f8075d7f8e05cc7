import Device
import ESP
import Spec
import Testbench
import Testing
import Wire

/// What a person is told of a refusal has names beside its numbers.
@Suite struct StatusTextTests {
  private func refusal(_ command: () throws -> Void) -> String? {
    #expect(throws: TestbenchError.self, performing: command)?.description
  }

  @Test func `an offset has the name of the field that stands there`() throws {
    let bench = try Testbench()
    let changes: [(place: String, (inout SADescription) -> Void)] = [
      ("byte 24 of the request: sa_entry.spi", { $0.parameters.spi = 1 }),
      ("replay_window.size", { $0.parameters.replayWindow = 5_000 }),
    ]
    for (place, change) in changes {
      var description = Samples.gcmTunnel
      change(&description)
      let told = refusal { _ = try bench.addSA(description, direction: .inbound) }
      #expect(told?.hasPrefix("device: S_INVALID_VALUE (byte ") == true, "\(told ?? "")")
      #expect(told?.hasSuffix("\(place))") == true, "\(told ?? "")")
    }
  }

  @Test func `in a bundle it is the SA at that offset`() throws {
    let grammar = Grammar(Spec.v2_0)
    var parts = Parts()
    for _ in 0..<2 { parts.append("sa") { V2_0.fill(&$0, Samples.gcmTunnel) } }
    let request = grammar.request("add_out_sa", of: "control", parts)
    let places = (0...request.count).map { grammar.place(ofByte: $0, in: request, of: "control") }
    #expect(places[0] == "ctrl_hdr.class" && places[places.count - 1] == nil)
    #expect(places.count { $0 == "sa_entry.spi" } == 8)
    #expect(places.count { $0 == "attr_hdr.type" } > 4)
  }

  @Test func `bytes that contradict the grammar have names up to there`() throws {
    let bench = try Testbench()
    var request = Grammar(Spec.v2_0).request("flush_sa_all", of: "control", Parts())
    request[4] = 1
    let answer = try bench.control(request, room: 64)
    #expect(throws: TestbenchError.status(.malformed, detail: 8)) { try check(answer, to: request) }
  }

  private func check(_ answer: [UInt8], to request: [UInt8]) throws {
    let status = try Reader<V2_0.ControlStatus>(answer.span.bytes)
    let known = try #require(status.status.known)
    let place = Grammar(Spec.v2_0).place(ofByte: Int(status.detail), in: request, of: "control")
    throw TestbenchError.status(known, detail: status.detail, field: place)
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0]) func `an error of an old version has the name of the new status`(
    version: SpecVersion
  ) throws {
    let bench = try Testbench(version: version)
    let sa = try bench.addSA(Samples.gcmTunnel)
    try bench.deleteSA(sa)
    #expect(refusal { try bench.deleteSA(sa) } == "device: ERR (6: S_NO_SUCH_SA)")
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    var packet = try bench.encap(Samples.packet(), on: try bench.addSA(Samples.gcmTunnel))
    packet[packet.count - 1] ^= 1
    #expect(refusal { _ = try bench.decap(packet, on: inbound) } == "device: ERR (130: S_BAD_ICV)")
  }

  @Test func `attributes and bytes that are needed are named`() {
    let texts: [(V2_0.Status, UInt32, String)] = [
      (.keyRejected, UInt32(V2_0.AttributeType.cipher.rawValue), "S_KEY_REJECTED (ATTR_CIPHER)"),
      (.unknownAttribute, 99, "S_UNKNOWN_ATTRIBUTE (attribute 99)"),
      (.noSpace, 49, "S_NO_SPACE (49 bytes are needed)"),
      (.invalidValue, 8, "S_INVALID_VALUE (byte 8 of the request)"),
      (.noSuchSA, 0, "S_NO_SUCH_SA"),
    ]
    for (status, detail, text) in texts {
      #expect(TestbenchError.status(status, detail: detail).description == "device: \(text)")
    }
  }
}
