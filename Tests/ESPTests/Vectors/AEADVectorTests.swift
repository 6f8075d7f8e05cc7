import Testing

@testable import ESP

extension AEADVector: CustomTestStringConvertible {
  var testDescription: String { "Wycheproof \(source)" }

  private var parameters: Parameters {
    let saltLength = algorithm.facts.saltLength
    var parameters = Parameters(
      spi: 0x1000, mode: .transport,
      protection: .combined(algorithm, key: ESPTests.key(key), salt: Key(hex(nonce).prefix(saltLength))))
    parameters.extendedSequence = hex(data).count == 12
    return parameters
  }

  /// Runs a transform over SPI ‖ low half ‖ IV ‖ text ‖ ICV; what became of them.
  fileprivate func run(sealing: Bool, _ text: [UInt8], _ icv: [UInt8]) throws -> (
    CryptoResult, [UInt8]
  ) {
    let transform = try parameters.makeTransform(ivs: sealing ? .system : nil)
    let spi = hex(data).prefix(4)
    let sequence = hex(data).dropFirst(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var bytes = spi + hex(data).suffix(4) + hex(nonce).suffix(8) + text + icv
    let result = bytes.withUnsafeMutableBytes {
      let start = $0.baseAddress!
      var job = CryptoJob(
        header: start, iv: start + 8, text: start + 16, textCount: text.count, icv: start + 16 + text.count,
        sequence: sequence, ivIsGiven: true)
      withUnsafeMutablePointer(to: &job) {
        let jobs = UnsafeMutableBufferPointer(start: $0, count: 1)
        sealing ? transform.seal(jobs) : transform.open(jobs)
      }
      return job.result
    }
    return (result, Array(bytes.dropFirst(16)))
  }
}

@Test(arguments: AEADVector.all)
func `transforms give Wycheproof's ciphertexts and ICVs, and take them`(vector: AEADVector) throws {
  let (plain, cipher, icv) = (hex(vector.plain), hex(vector.cipher), hex(vector.icv))
  let sealed = try vector.run(sealing: true, plain, Array(repeating: 0, count: icv.count))
  #expect(sealed == (.succeeded, cipher + icv))
  #expect(try vector.run(sealing: false, cipher, icv) == (.succeeded, plain + icv))
  for bit in 0..<icv.count * 8 {
    var wrong = icv
    wrong[bit / 8] ^= 1 << UInt8(bit % 8)
    let (result, bytes) = try vector.run(sealing: false, cipher, wrong)
    #expect(result == .icvMismatch && bytes.prefix(plain.count).allSatisfy { $0 == 0 })
  }
}
