import Testing
import Wire

/// A message with one of everything.
private struct Specimen: Message {
  static let name: StaticString = "specimen"
  static let summary: StaticString = "For tests."
  static let byteCount = 24
  static let order = FieldOrder.guest
  let small = Field<UInt8>(at: 0, "Eight bits.")
  let flags = Field<Packed<SpecimenFlags>>(at: 1, "Bits.")
  let inNetworkOrder = Field<UInt16>(at: 2, "Sixteen bits.", order: .big)
  let fruit = Field<Code<Fruit, UInt32>>(at: 4, "A code.")
  let wide = Field<UInt64>(at: 8, "Sixty-four bits.")
  let several = Field<[3 of UInt16]>(at: 16, "An array.")
  let reserved = Reserved(at: 22, count: 2)
}

private struct SpecimenFlags: BitLayout {
  typealias Storage = UInt8
  static let name: StaticString = "specimen_flag"
  static let summary: StaticString = "For tests."
  let low = Bits(0, "One bit.")
  let middle = Bits(1...4, "Four bits.")
  let reserved = Bits(reserved: 5...7)
}

private enum Fruit: UInt32, Enumeration {
  case apple = 1, pear
  static let name: StaticString = "fruit"
  static let summary: StaticString = "For tests."
  var entry: Entry {
    switch self {
    case .apple: Entry("APPLE", "Round.", formerly: ("APFEL", until: SpecVersion(1, 0)))
    case .pear: Entry("PEAR", "Longer.", since: SpecVersion(2, 0))
    }
  }
}

@Suite struct ReaderTests {
  @Test(arguments: ByteOrder.allCases)
  func `what is written is read, and stands in the guest's order`(_ guest: ByteOrder) throws {
    var bytes = [UInt8](repeating: 0, count: 24)
    var span = bytes.mutableSpan
    var writer = try Writer<Specimen>(span.mutableBytes, guest: guest)
    writer.small = 7
    writer.inNetworkOrder = 0x0102
    writer.fruit = Code(.pear)
    writer.wide = 0x0102_0304_0506_0708
    writer.several = [1, 2, 3]
    var flags = Packed<SpecimenFlags>()
    flags[\.middle] = 0xff
    writer.flags = flags

    let reader = try Reader<Specimen>(bytes.span.bytes, guest: guest)
    #expect(reader.small == 7)
    #expect(reader.fruit.known == .pear)
    #expect(reader.wide == 0x0102_0304_0506_0708)
    #expect(reader.several[2] == 3)
    #expect(reader.flags[\.middle] == 0xf)
    #expect(reader.flags[\.low] == 0)
    #expect(reader[isZero: \.reserved])
    #expect(Array(bytes[2..<4]) == [1, 2])
    #expect(bytes[8] == (guest == .little ? 8 : 1))
    #expect(bytes[1] == 0b1_1110)
  }

  @Test func `a message that does not fit is refused by name and size`() {
    let bytes = [UInt8](repeating: 0, count: 23)
    #expect(throws: WireError.tooShort(message: "specimen", needed: 24, found: 23)) {
      _ = try Reader<Specimen>(bytes.span.bytes)
    }
  }

  @Test func `an unknown code keeps its number`() throws {
    var bytes = [UInt8](repeating: 0, count: 24)
    bytes[4] = 9
    let reader = try Reader<Specimen>(bytes.span.bytes)
    #expect(reader.fruit.known == nil)
    #expect(reader.fruit.rawValue == 9)
  }

  @Test func `the schema describes itself in the order in which it is written`() {
    #expect(Specimen.fields.map(\.name) == ["small", "flags", "in_network_order", "fruit", "wide", "several", "reserved"])
    #expect(Specimen.fields.map(\.offset) == [0, 1, 2, 4, 8, 16, 22])
    #expect(SpecimenFlags.ranges.map(\.name) == ["low", "middle", "reserved"])
  }

  @Test func `a reference knows the names behind a key path`() {
    #expect(FieldReference.field(\Specimen.wide) == FieldReference.field(\Specimen.wide))
    #expect(FieldReference.field(\Specimen.wide).field == "wide")
    #expect(FieldReference.bits(\Specimen.flags, \.middle).bits == "middle")
  }

  @Test func `an entry has the names and the lifetime that it states`() {
    #expect(Fruit.apple.entry.name(in: SpecVersion(1, 0)) == "APFEL")
    #expect(Fruit.apple.entry.name(in: SpecVersion(2, 0)) == "APPLE")
    #expect(!Fruit.pear.entry.exists(in: SpecVersion(1, 9)))
  }
}

@Test(arguments: [
  ("inputLength", "input_length"), ("spi", "spi"), ("ESPInfo", "esp_info"), ("esnHigh", "esn_high"), ("sha256Bits", "sha256_bits"),
])
func `a Swift name becomes the interface's`(_ swift: String, _ interface: String) {
  #expect(swift.snakeCased == interface)
}

@Test func `a version is major shifted by 24, or minor`() {
  #expect(SpecVersion("2.0")?.register == 0x0200_0000)
  #expect(SpecVersion(register: 0x0000_0004) == SpecVersion(0, 4))
  for bad in ["", "2", "2.", ".0", "2.0.0", "300.0", "1.16777216", "a.b"] { #expect(SpecVersion(bad) == nil) }
}

@Test(arguments: [
  (guest: 4, device: 2, most: 4094, queues: 8), (1, 1, 4094, 2), (1, 3, 4094, 6), (3, 4, 4094, 12), (4, 2, 3, 6), (0, 0, 1, 2),
])
func `data queues are the least common multiple of both scalings, in whole pairs`(
  _ example: (guest: Int, device: Int, most: Int, queues: Int)
) {
  #expect(
    QueueTopology.dataQueues(guestScaling: example.guest, deviceScaling: example.device, maximumPairs: example.most)
      == example.queues)
}
