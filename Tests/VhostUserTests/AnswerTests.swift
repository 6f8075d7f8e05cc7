import Testing
@testable import VhostUser
import Virtio
import Wire

/// What becomes of each message that QEMU sends: numbers and names are those of 10.0 and 10.2, hw/virtio/vhost-user.c.
@Suite struct AnswerTests {
  static let known: [UInt32: String] = [
    1: "GET_FEATURES", 2: "SET_FEATURES", 3: "SET_OWNER", 4: "RESET_OWNER", 5: "SET_MEM_TABLE", 6: "SET_LOG_BASE",
    7: "SET_LOG_FD", 8: "SET_VRING_NUM", 9: "SET_VRING_ADDR", 10: "SET_VRING_BASE", 11: "GET_VRING_BASE",
    12: "SET_VRING_KICK", 13: "SET_VRING_CALL", 14: "SET_VRING_ERR", 15: "GET_PROTOCOL_FEATURES",
    16: "SET_PROTOCOL_FEATURES", 17: "GET_QUEUE_NUM", 18: "SET_VRING_ENABLE", 21: "SET_BACKEND_REQ_FD",
    24: "GET_CONFIG", 25: "SET_CONFIG", 31: "GET_INFLIGHT_FD", 32: "SET_INFLIGHT_FD", 34: "RESET_DEVICE",
    36: "GET_MAX_MEM_SLOTS", 37: "ADD_MEM_REG", 38: "REM_MEM_REG", 39: "SET_STATUS", 40: "GET_STATUS",
    42: "SET_DEVICE_STATE_FD", 43: "CHECK_DEVICE_STATE",
  ]

  /// What QEMU sends to back ends of other devices: the bit without which it does not, of the protocol's features.
  static let unoffered: [UInt32: UInt64] = [
    19: 2,  // SEND_RARP
    20: 4,  // NET_SET_MTU
    23: 6,  // SET_VRING_ENDIAN
    26: 7, 27: 7,  // CREATE_ and CLOSE_CRYPTO_SESSION
    28: 8, 29: 8, 30: 8,  // POSTCOPY_ADVISE, _LISTEN, _END
    35: 14,  // VRING_KICK
    41: 18,  // GET_SHARED_OBJECT
  ]

  /// IOTLB_MSG, for a device behind an IOMMU, and GPU_SET_SOCKET.
  static let others: Set<UInt32> = [22, 33]

  @Test func `each of QEMU's messages is known by its number and name, or for other devices`() throws {
    #expect(Dictionary(uniqueKeysWithValues: Request.allCases.map { ($0.rawValue, "\($0.rule.name)") }) == Self.known)
    #expect(Set(Self.known.keys).union(Self.unoffered.keys).union(Self.others) == Set(1...43))
    let test = try TestBackend()
    let protocolFeatures = try #require(test.number(.getProtocolFeatures))
    for (request, bit) in Self.unoffered { #expect(protocolFeatures >> bit & 1 == 0, "request \(request)") }
    // VIRTIO_F_ACCESS_PLATFORM
    #expect(try #require(test.number(.getFeatures)) >> 33 & 1 == 0)
  }

  /// Whether a result was agreed on and is asked for.
  enum Asking: CaseIterable { case forNothing, forResult, forResultUnagreed }

  @Test(arguments: Request.allCases, Asking.allCases)
  func `every message is done and answered just as the protocol says`(request: Request, asking: Asking) throws {
    let agreed: ProtocolFeatures =
      asking == .forResultUnagreed ? .all.subtracting(ProtocolFeatures([.replyAcknowledge])) : .all
    let test = try TestBackend(features: agreed)
    var message = try ValidMessage(request)
    for earlier in message.before {
      var first = try ValidMessage(earlier)
      _ = test.ask(earlier, first.payload, first.takeDescriptors())
      message.source = first.source.take()
      test.backend.advanceTransfer()
    }
    let flags: Packed<FrameFlags> = asking == .forNothing ? .request : .requestWithResult
    let outcome = test.ask(request, message.payload, message.takeDescriptors(), flags: flags)
    #expect(test.refusals == [])
    switch (request.rule.reply, outcome) {
    case (.none, .silence): #expect(asking != .forResult)
    case (.none, .reply(let answer, let hasDescriptor)):
      #expect(asking == .forResult && answer == Payload(number: 0) && !hasDescriptor)
    case (.number, .reply(let answer, let hasDescriptor)), (.result, .reply(let answer, let hasDescriptor)):
      #expect(answer.bytes.count == 8 && !hasDescriptor)
    case (.same, .reply(let answer, let hasDescriptor)), (.sameOrEmpty, .reply(let answer, let hasDescriptor)):
      #expect(answer.bytes.count == message.payload.bytes.count)
      #expect(hasDescriptor == (request == .getInflightRegion))
    default: Issue.record("\(outcome)")
    }
  }
}
