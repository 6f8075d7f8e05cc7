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
  let bytes = secret(16, from: 0x11)
  var secret: SecretBytes? = SecretBytes(count: 16) { $0.copyBytes(from: bytes) }
  let memory = UnsafeRawBufferPointer(start: secret!.start, count: 16)
  #expect(memory.elementsEqual(bytes))
  secret = nil
  #expect(!remains(bytes, in: memory))
}

@Test func `key material is zeroed with its last holder, and so are key and salt that were split from it`() {
  let bytes = secret(20, from: 0x83)
  var material: Key? = Key(bytes)
  var parts = material?.splittingSalt(4)
  let memory = [material!, parts!.key, parts!.salt].map(\.storage.bytes)
  let secrets = [bytes, Array(bytes[..<16]), Array(bytes[16...])]
  #expect(zip(memory, secrets).allSatisfy { $0.elementsEqual($1) })
  material = nil
  #expect(!remains(secrets[0], in: memory[0]) && memory[1].elementsEqual(secrets[1]))
  parts = nil
  for (memory, secret) in zip(memory, secrets) { #expect(!remains(secret, in: memory)) }
}

/// Bytes that are no other test's, and none of which is 0.
private func secret(_ count: Int, from first: UInt8) -> [UInt8] {
  (0..<count).map { (first &+ UInt8($0) &* 74) | 1 }
}

/// Whether more of a secret is left than may be there by chance: the secure heap keeps its pages mapped, puts links of
/// its free list where the key was, and hands the place to whoever asks next.
private func remains(_ secret: [UInt8], in memory: UnsafeRawBufferPointer) -> Bool {
  zip(memory, secret).count { $0 == $1 } > secret.count / 4 + 1
}
