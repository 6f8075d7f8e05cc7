import ESP

extension StateWriter {
  mutating func write(_ handle: Handle, _ pair: DHKeyPair, keys: inout StateWriter) {
    write(handle.rawValue)
    write(pair.group.rawValue)
    pair.seed.withUnsafeBytes { keys.write(bytes: $0) }
  }
}

extension StateReader {
  mutating func readDHKeyPair(_ keys: inout StateReader) throws(StateError) -> (Handle, DHKeyPair) {
    let handle = try readHandle("key pair")
    let group = try readCase(DHGroup.self, "Diffie-Hellman group")
    let seed = Key(try keys.readBytes("key"))
    guard seed.count == group.privateByteCount else { throw .value("key") }
    return (handle, DHKeyPair(group, seed: seed))
  }
}
