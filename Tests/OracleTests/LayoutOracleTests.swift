public import Model
import Spec
public import Testing
import TestSupport
import Wire

extension Layout: CustomTestStringConvertible {
  public var testDescription: String { version }
}

/// What the definition says of each structure and field: its place and size.
private func expected(_ layout: Layout) -> [String] {
  layout.structures.flatMap { structure in
    ["\(structure.name) \(structure.size)"]
      + structure.fields.map { "\(structure.name).\($0.name) \($0.offset) \($0.size)" }
  }
}

@Test(arguments: versions, Toolchain.all)
func `the compiler puts every field where the definition says`(_ layout: Layout, _ toolchain: Toolchain) throws {
  let program = try SelfTestProgram(layout, toolchain)
  let found = try program(["layout"]).split(separator: "\n").map(String.init)
  #expect(found == expected(layout))
}

@Test(arguments: versions, Toolchain.native)
func `a field that is not where the definition says stops the compiler, which names it`(
  _ layout: Layout, _ toolchain: Toolchain
) throws {
  var wrong = layout
  let (structure, field) = (layout.structures.count / 2, layout.structures[layout.structures.count / 2].fields.count - 1)
  wrong.structures[structure].fields[field].offset += 1
  let place = "\(wrong.structures[structure].name).\(wrong.structures[structure].fields[field].name)"
  let failure = #expect(throws: Shell.Failure.self) { _ = try SelfTestProgram(wrong, toolchain) }
  #expect(failure?.description.contains("\(place) is at \(wrong.structures[structure].fields[field].offset)") == true)
}

@Test(arguments: versions)
func `pahole finds every field in the DWARF where the definition says`(_ layout: Layout) throws {
  let program = try SelfTestProgram(layout, Toolchain.native[0], flags: ["-g", "-O0"])
  for structure in layout.structures {
    let text = try Shell.run(["pahole", "-C", "\(layout.prefix)_\(structure.name)", "\(program.folder.path)/selftest/run"])
    let found = text.split(separator: "\n").compactMap { line -> String? in
      guard let place = line.firstMatch(of: /(\w+)(\[\d+\])?(?:\s+__attribute__\(.*\))?;\s*\/\*\s*(\d+)\s+(\d+)\s*\*\//) else { return nil }
      return "\(structure.name).\(place.1) \(place.3) \(place.4)"
    }
    #expect(found == structure.fields.map { "\(structure.name).\($0.name) \($0.offset) \($0.size)" })
    #expect(text.contains("/* size: \(structure.size),"))
    #expect(!text.contains("hole"), "\(structure.name) has a hole")
  }
}

@Test(arguments: versions, [Toolchain.native[0], Toolchain.narrow[0], Toolchain.big])
func `C and Swift read and write the same values in every field`(_ layout: Layout, _ toolchain: Toolchain) throws {
  let program = try SelfTestProgram(layout, toolchain)
  var random = SplitMix(seed: seed)
  let definition = try #require(Spec.all.first { "\($0.version)" == layout.version })
  for guest in ByteOrder.allCases {
    var input = "", wanted = ""
    for message in definition.messages {
      for _ in 0..<20 {
        let bytes = (0..<message.byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        input += "\(message.name) \(bytes.hex) -\n"
        wanted += describe(message, bytes, guest) + bytes.hex + "\n.\n"
      }
    }
    let found = try program(["fields", guest.rawValue], input: input)
    expectEqualLines(found, wanted, input, "seed \(seed), guest \(guest)")
  }
}

/// The fields' values as `Wire` reads them, in the words of the self-test.
private func describe(_ message: any Message.Type, _ bytes: [UInt8], _ guest: ByteOrder) -> String {
  message.fields.map { field in
    let order = (field.order ?? message.order).resolved(guest: guest)
    return (0..<(field.shape.count ?? 1)).map { element in
      let offset = field.offset + element * field.shape.width
      let value: UInt64 =
        switch field.shape.width {
        case 1: UInt64(UInt8.load(from: bytes.span.bytes, at: offset, order))
        case 2: UInt64(UInt16.load(from: bytes.span.bytes, at: offset, order))
        case 4: UInt64(UInt32.load(from: bytes.span.bytes, at: offset, order))
        default: UInt64.load(from: bytes.span.bytes, at: offset, order)
        }
      let digits = String(value, radix: 16)
      let index = field.shape.count == nil ? "" : "[\(element)]"
      return "\(message.name).\(field.name)\(index) " + String(repeating: "0", count: 16 - digits.count) + digits + "\n"
    }.joined()
  }.joined()
}
