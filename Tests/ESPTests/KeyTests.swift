import Testing

@testable import ESP

@Test func `keys show up in no description`() {
  var text = ""
  dump(Parameters.gcm, to: &text)
  let key = Key(Array(repeating: 0xab, count: 16))
  text += "\(key) \(String(reflecting: key)) \(ParameterError.keyLength(algorithm: "x", bytes: 3, expected: [16]))"
  dump(key, to: &text)
  #expect(!text.contains("171") && !text.lowercased().contains("abab") && !text.contains("storage"))
  #expect(text.contains("128 secret bits"))
}

@Test func `a key is zeroed when its last holder goes`() {
  var secret: SecretBytes? = SecretBytes(count: 16) { $0.copyBytes(from: Array(repeating: 0xab as UInt8, count: 16)) }
  let memory = UnsafeRawBufferPointer(start: secret!.start, count: 16)
  #expect(memory.allSatisfy { $0 == 0xab })
  secret = nil
  // The secure heap keeps its pages mapped, and puts links of its free list where the key was.
  #expect(!memory.contains(0xab))
}

@Test func `key material is zeroed with its last holder, and so are key and salt that were split from it`() {
  var material: Key? = Key(Array(repeating: 0xab, count: 20))
  var parts = material?.splittingSalt(4)
  let memory = [material!, parts!.key, parts!.salt].map(\.storage.bytes)
  #expect(memory.map(\.count) == [20, 16, 4] && memory.allSatisfy { $0.allSatisfy { $0 == 0xab } })
  material = nil
  #expect(!memory[0].contains(0xab) && memory[1].allSatisfy { $0 == 0xab })
  parts = nil
  #expect(!memory.contains { $0.contains(0xab) })
}
