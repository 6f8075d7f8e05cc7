import Model
import Testing

@Test(arguments: versions, [Toolchain.native[1], Toolchain.narrow[0], Toolchain.big])
func `the C parsers and builders take chains apart and put them together unchanged`(
  _ layout: Layout, _ toolchain: Toolchain
) throws {
  let program = try SelfTestProgram(layout, toolchain)
  for (order, context) in [("little", 0), ("big", 1)] {
    var input = "", wanted = ""
    for command in layout.commands {
      var sampler = ChainSampler(
        command, of: layout, bigEndianGuest: order == "big", context: UInt64(context), seed: seed)
      for _ in 0..<50 {
        let chain = sampler.next()
        input += "\(command.name) \(chain.readable.hex) \(chain.writable.hex)\n"
        if !command.readable.isEmpty { wanted += chain.readable.hexLine }
        if !command.writable.isEmpty { wanted += chain.writable.hexLine }
        wanted += ".\n"
      }
    }
    let found = try program(["chain", order, "\(context)"], input: input)
    expectEqualLines(found, wanted, input, "seed \(seed), guest \(order)")
  }
}

@Test(arguments: versions)
func `the C parsers refuse what is cut short, byte by byte, and read nothing beyond it`(_ layout: Layout) throws {
  let toolchain = Toolchain(
    name: "sanitized", compile: ["gcc", "-std=c11", "-g", "-fsanitize=address,undefined", "-fno-sanitize=alignment", "-fno-sanitize-recover=all"], run: [])
  let program = try SelfTestProgram(layout, toolchain)
  for command in layout.commands where !command.readable.isEmpty {
    var sampler = ChainSampler(command, of: layout, bigEndianGuest: false, seed: seed)
    let chain = (0..<20).map { _ in sampler.next() }.max { $0.readable.count < $1.readable.count }!
    // A part that takes all there is has no length that could be wrong.
    let parts = command.readable.flatMap { $0.descendants(in: layout) }
    let isOpen = parts.contains { if case .bytes(_, .rest, _) = $0 { true } else { false } }
    let input = (0..<chain.readable.count).map { cut in
      "\(command.name) \(Array(chain.readable.prefix(cut)).hex) \(chain.writable.hex)\n"
    }.joined()
    let answers = try program(["chain", "little", "0"], input: input).split(separator: "\n")
    #expect(answers.count >= 2 * chain.readable.count)
    if !isOpen {
      let refused = answers.filter { $0.hasPrefix("refused") }.count
      #expect(refused == chain.readable.count, "\(command.name): \(chain.readable.count - refused) accepted, seed \(seed)")
    }
  }
}

extension Array where Element == UInt8 {
  fileprivate var hexLine: String { (isEmpty ? "" : hex) + "\n" }
}

/// Compares answer by answer, so that a failure shows the one line that differs and what was asked.
func expectEqualLines(_ found: String, _ wanted: String, _ input: String, _ comment: Comment) {
  guard found != wanted else { return }
  let answers = found.split(separator: ".\n", omittingEmptySubsequences: false)
  let expected = wanted.split(separator: ".\n", omittingEmptySubsequences: false)
  let questions = input.split(separator: "\n")
  for (index, question) in questions.enumerated() where index >= answers.count || answers[index] != expected[index] {
    Issue.record("\(comment): asked \(question)\nwanted \(expected[index])\nfound \(index < answers.count ? String(answers[index]) : "nothing")")
    return
  }
}
