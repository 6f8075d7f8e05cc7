import Spec
import Testing
import Wire

@testable import Driver

/// What the driver logs of a refusal has names beside its numbers.
@Suite struct StatusTextTests {
  @Test func `an offset has the name of the field that stands there`() throws {
    var answer = MessageBytes()
    answer.append(V2_0.ControlStatus.self) {
      $0.status = Code(.invalidValue)
      $0.detail = 8
    }
    var bytes: [UInt8] = []
    answer.withBytes { bytes = Array($0) }
    let error = #expect(throws: DriverError.self) { try ModernFormat().answer(bytes, to: .random(5_000)) }
    #expect(error?.problem == "device says S_INVALID_VALUE (byte 8 of the request: amount.length)")
  }

  @Test func `messages within messages are found where they stand`() {
    var inner = MessageBytes()
    inner.append([0, 0, 0, 0])
    inner.append(V2_0.Amount.self)
    var outer = MessageBytes()
    outer.append(V2_0.ControlHeader.self)
    outer.append(inner)
    #expect(outer.place(ofByte: 4) == "ctrl_hdr.length")
    #expect(outer.place(ofByte: 8) == nil)
    #expect(outer.place(ofByte: 12) == "amount.length")
  }
}
