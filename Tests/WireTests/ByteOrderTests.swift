import Testing
import Wire

@Test func `an integer stored in one order reads reversed in the other`() {
  let bytes: [UInt8] = [0x12, 0x34, 0x56, 0x78]
  #expect(bytes.span.bytes.load(UInt32.self, at: 0, .big) == 0x1234_5678)
  #expect(bytes.span.bytes.load(UInt32.self, at: 0, .little) == 0x7856_3412)
}
