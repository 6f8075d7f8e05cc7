import Device
import Spec
import Testbench
import Testing
import Wire

/// Diffie-Hellman against published vectors, and values computed without this program.
@Suite struct DHTests {
  /// A device whose next private keys are these.
  private func makeBench(_ seeds: [[UInt8]]) throws -> Testbench {
    let left = Seeds(seeds)
    return try Testbench { $0.random = { count in left.next(count) } }
  }

  /// Hands out what a test wants to be random; tests of one device run on one thread.
  final class Seeds: @unchecked Sendable {
    private var seeds: [[UInt8]]
    init(_ seeds: [[UInt8]]) { self.seeds = seeds }

    /// Longer ones are right-aligned, as a number is.
    func next(_ count: Int) -> [UInt8] {
      let seed = seeds.isEmpty ? [UInt8](repeating: 7, count: count) : seeds.removeFirst()
      return [UInt8](repeating: 0, count: count - seed.count) + seed
    }
  }

  private func generate(_ group: UInt16, _ bench: Testbench) throws -> (dh: UInt64, value: [UInt8]) {
    var parts = Parts()
    parts[\V2_0.DHGenerate.dhGroup] = group
    let answer = try bench.command("dh_generate", parts)
    return (answer[\V2_0.DHPublic.dh], answer.bytes("public_value"))
  }

  private func compute(_ dh: UInt64, _ peer: [UInt8], _ bench: Testbench) throws -> [UInt8] {
    var parts = Parts()
    parts[\V2_0.DHPublic.dh] = dh
    parts.setBytes("peer_value", peer)
    return try bench.command("dh_compute", parts).bytes("secret")
  }

  private func delete(_ dh: UInt64, _ bench: Testbench) throws {
    var parts = Parts()
    parts[\V2_0.DHHandle.dh] = dh
    _ = try bench.command("dh_delete", parts)
  }

  private func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue!) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test func `the 256-bit random ECP group of RFC 5903, section 8.1`() throws {
    // A private key is the seed's remainder plus 1: so each number here is one less than the RFC's.
    let bench = try makeBench([
      hex("C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1432"),
      hex("C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE52"),
    ])
    let (i, gi) = try generate(19, bench), (r, gr) = try generate(19, bench)
    #expect(
      gi == hex(
        """
        DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180
        5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3
        """))
    #expect(
      gr == hex(
        """
        D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63
        56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB
        """))
    let secret = hex("D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE")
    #expect(try compute(i, gr, bench) == secret)
    #expect(try compute(r, gi, bench) == secret)
  }

  @Test func `Curve25519 as in RFC 7748, section 6.1`() throws {
    let bench = try makeBench([hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")])
    let (bob, value) = try generate(31, bench)
    #expect(value == hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"))
    let alice = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    #expect(
      try compute(bob, alice, bench) == hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"))
  }

  /// Group, bytes of its private keys, and the first and last eight bytes of two public values and of what they share:
  /// computed with integers of arbitrary size from the primes' formulas in RFC 3526.
  static let powers: [(group: UInt16, privateCount: Int, values: [String])] = [
    (14, 40, [
      "32d055a3cb45b1d584926777052d45be",
      "b7606f374f2cf1f898b77271af6b31c5",
      "0222df1f9894e39fcc835f6c9192f3cc",
    ]),
    (15, 53, [
      "07a3f346a95247e81240dea87d0c9d59",
      "7a1e1536c465425cee0fcc2190e0b6d6",
      "4e4d9c9d493b2a7781ab76733ced3a03",
    ]),
    (16, 60, [
      "f6a0d2c0a6f032e0fb2d84e5b9c1322d",
      "a5a18e4cdb99e1ab4907228a4fda2d67",
      "056210c49b8cc97e48cf758497c71d4f",
    ]),
    (17, 68, [
      "cc75609ba26f06c77ec05f8201637f0d",
      "3b6a60b366186df73d40aac2840ade66",
      "8c2e39e9f22693e95b00a0e12eb1aeca",
    ]),
    (18, 78, [
      "ddd71b2bc1bceec7dca646100ccfc05e",
      "c66c2af176ef315f7d4f9bae2b4d4515",
      "c0408fc4c6b18ad80d1a02b986bfc857",
    ]),
  ]

  @Test(arguments: DHTests.powers.indices) func `a MODP group of RFC 3526, as integers compute it`(index: Int) throws {
    let (group, count, values) = Self.powers[index]
    let bench = try makeBench([
      (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) },
      (0..<count).map { UInt8(truncatingIfNeeded: $0 * 5 + 9) },
    ])
    let (x, gx) = try generate(group, bench), (y, gy) = try generate(group, bench)
    let secret = try compute(x, gy, bench)
    #expect(try compute(y, gx, bench) == secret)
    for (value, expected) in zip([gx, gy, secret], values) {
      #expect(Array(value.prefix(8)) + Array(value.suffix(8)) == hex(expected))
    }
  }

  @Test(arguments: [UInt16(14), 15, 16, 17, 18, 19, 20, 21, 31, 32]) func `two devices come to one secret`(
    group: UInt16
  ) throws {
    let here = try Testbench(), there = try Testbench()
    let capabilities = try here.command("get_capabilities", Parts())
    #expect(capabilities[\V2_0.Capabilities.dhGroups] >> UInt64(group) & 1 == 1)
    let (a, mine) = try generate(group, here), (b, theirs) = try generate(group, there)
    let secret = try compute(a, theirs, here)
    #expect(try compute(b, mine, there) == secret)
    #expect(!secret.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [UInt16(0), 1, 2, 5, 13, 22, 24, 33, 65535]) func `weak and unknown groups are refused by number`(
    group: UInt16
  ) throws {
    #expect(throws: TestbenchError.status(.unsupportedAlgorithm, detail: UInt32(group))) {
      try generate(group, try Testbench())
    }
  }

  @Test func `a public value that is none of the group is refused where it stands`() throws {
    let bench = try Testbench()
    func refuses(_ dh: UInt64, _ peer: [UInt8]) {
      #expect(throws: TestbenchError.status(.invalidValue, detail: 24, field: nil)) { try compute(dh, peer, bench) }
    }
    func number(_ value: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count - 1) + [value] }
    let modp = try generate(14, bench).dh
    for value in [number(0, 256), number(1, 256), [UInt8](repeating: 0xff, count: 256), number(2, 255), []] {
      refuses(modp, value)
    }
    let (curve, point) = try generate(19, bench)
    var off = point
    off[63] ^= 1
    for value in [off, [UInt8](repeating: 0, count: 64), Array(point.dropLast())] { refuses(curve, value) }
    // Of low order: what is shared would be zeros.
    refuses(try generate(31, bench).dh, number(0, 32))
  }

  @Test func `a key pair that is deleted is gone, and handles are never 0 and never come twice`() throws {
    let bench = try Testbench()
    var seen: Set<UInt64> = [0]
    for _ in 0..<20 {
      let (dh, value) = try generate(31, bench)
      #expect(seen.insert(dh).inserted)
      #expect(seen.insert(try bench.addGroup().rawValue).inserted)
      _ = try compute(dh, value, bench)
      try delete(dh, bench)
      #expect(throws: TestbenchError.status(.invalidValue, detail: 8, field: "dh_public.dh")) {
        try compute(dh, value, bench)
      }
      #expect(throws: TestbenchError.status(.invalidValue, detail: 8, field: "dh.dh")) { try delete(dh, bench) }
    }
  }

  @Test func `there are as many key pairs as there is room for, and an answer that does not fit makes none`() throws {
    let bench = try Testbench { $0.limits.dhKeyPairs = 2 }
    var parts = Parts()
    parts[\V2_0.DHGenerate.dhGroup] = 31
    for _ in 0..<3 {
      #expect(throws: TestbenchError.status(.noSpace, detail: 56)) {
        try bench.command("dh_generate", parts, room: 55)
      }
    }
    _ = try generate(31, bench)
    let second = try generate(31, bench).dh
    #expect(throws: TestbenchError.status(.noResources)) { try generate(31, bench) }
    try delete(second, bench)
    _ = try generate(31, bench)
  }

  @Test func `a saved state has the key pairs, and a reset forgets them`() throws {
    let bench = try Testbench(), other = try Testbench()
    let (dh, value) = try generate(20, bench)
    try other.accelerator.restoreState(bench.accelerator.saveState())
    #expect(try compute(dh, value, other) == (try compute(dh, value, bench)))
    try bench.start()
    #expect(throws: TestbenchError.status(.invalidValue, detail: 8, field: "dh_public.dh")) {
      try compute(dh, value, bench)
    }
  }

  @Test func `without F_DH there is none of it`() throws {
    let bench = try Testbench(features: [])
    #expect(try bench.command("get_capabilities", Parts())[\V2_0.Capabilities.dhGroups] == 0)
    #expect(throws: TestbenchError.status(.unsupportedFeature, detail: UInt32(Feature.dh.rawValue))) {
      try generate(19, bench)
    }
  }
}
