import Testing

@testable import LayoutDiff

@Suite struct ObservationTests {
  private static let bytes = (0..<96).map { UInt8($0) }

  @Test(arguments: [
    (4..<8, 12..<16, "from 4 on: 04050607 08090a0b 0c0d0e0f"),
    (64..<68, 16..<20, "from 16 on: 10111213; from 64 on: 40414243"),
    (0..<64, 0..<64, "from 0 on: 00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f"),
    (80..<84, 94..<98, "from 80 on: 50515253 54555657 58595a5b 5c5d5e5f"), (8..<12, 96..<100, "from 8 on: 08090a0b"),
  ])
  func `two places that lie apart are both shown`(one: Range<Int>, other: Range<Int>, shown: String) {
    #expect(
      Observation(text: "x", one, other).shown(in: Self.bytes, "area") == "x (area of 96 bytes, \(shown))")
  }

  @Test func `nothing is shown of what is beyond the end`() {
    #expect(Observation(text: "x", range: 96..<98).shown(in: Self.bytes, "area") == "x (area of 96 bytes)")
  }
}
