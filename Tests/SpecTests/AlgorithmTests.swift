import Spec
import Testing

@Suite struct AlgorithmTests {
  @Test func `a sequence gives every pair back, as many as it has room for`() {
    for cipher in CipherAlgorithm.allCases {
      for integrity in HMACAlgorithm.allCases {
        let pairs = Array(repeating: (cipher: cipher, integrity: integrity), count: AlgorithmSequence.limit)
        let sequence = AlgorithmSequence(pairs)
        #expect(sequence.count == AlgorithmSequence.limit)
        for index in 0..<sequence.count {
          #expect(sequence[index] == (Int(cipher.rawValue), Int(integrity.rawValue)))
        }
      }
    }
  }

  @Test func `the order in a sequence matters`() {
    var sequence = AlgorithmSequence(.aesCBC, .sha256)
    sequence.append(.noCipher, .sha1)
    var other = AlgorithmSequence(.noCipher, .sha1)
    other.append(.aesCBC, .sha256)
    #expect(sequence != other && sequence[1] == other[0])
  }
}
