import ESP
import Spec

extension StateWriter {
  /// All of an SA but its keys, which go to `keys`, to be sealed.
  mutating func write(_ description: SADescription, keys: inout StateWriter) {
    write(description.parameters)
    write(description.cipher) {
      $0.write($1.algorithm.rawValue)
      keys.write($1.key)
      keys.write($1.salt)
    }
    write(description.authentication) {
      $0.write($1.algorithm.rawValue)
      keys.write($1.key)
      keys.write($1.salt)
    }
    write(description.sequence)
    write(description.notifications.events.map(\.rawValue).sorted()) { $0.write($1) }
    write(description.notifications.overflowAt) { $0.write($1) }
    write(description.notifications.interval)
  }

  private mutating func write(_ key: Key) { key.withUnsafeBytes { write(bytes: $0) } }

  private mutating func write(_ parameters: Parameters) {
    write(parameters.spi)
    write(parameters.protocol.number)
    if case .tunnel(let source, let destination) = parameters.mode {
      write(true)
      write(source)
      write(destination)
    } else {
      write(false)
    }
    write(parameters.extendedSequence)
    write(UInt32(parameters.replayWindow))
    write(parameters.udpEncapsulation) {
      $0.write($1.sourcePort)
      $0.write($1.destinationPort)
      $0.write($1.originalSource) { $0.write($1) }
    }
    write(UInt32(parameters.tfcLength))
    write(parameters.dscp) { $0.write($1) }
    write(parameters.dontFragment) { $0.write($1) }
    write(parameters.flowLabel) { $0.write($1) }
    write(UInt8(parameters.ecn == .normal ? 0 : parameters.ecn == .compatibility ? 1 : 2))
    write(parameters.hopLimit)
    for limit in [
      parameters.lifetime.softBytes, parameters.lifetime.hardBytes, parameters.lifetime.softPackets,
      parameters.lifetime.hardPackets,
    ] { write(limit) { $0.write($1) } }
  }

  private mutating func write(_ address: IPAddress) {
    switch address {
    case .v4(let address):
      write(UInt8(4))
      write(address)
    case .v6(let high, let low):
      write(UInt8(6))
      write(high)
      write(low)
    }
  }

  private mutating func write<T>(_ policy: Parameters.FieldPolicy<T>, _ body: (inout Self, T) -> Void) {
    switch policy {
    case .copy: write(UInt8(0))
    case .clear: write(UInt8(1))
    case .set(let value):
      write(UInt8(2))
      body(&self, value)
    }
  }
}

extension StateReader {
  mutating func readDescription(keys: inout StateReader) throws(StateError) -> SADescription {
    var description = SADescription(try readParameters())
    description.cipher = try readSuite(CipherAlgorithm.self, &keys)
    description.authentication = try readSuite(HMACAlgorithm.self, &keys)
    description.sequence = try read(UInt64.self, "sequence")
    let events = try readArray("events") { (reader) throws(StateError) in
      try reader.readCase(NotificationEvent.self, "event")
    }
    description.notifications.events = Set(events)
    description.notifications.overflowAt = try readLimit("overflow notification")
    description.notifications.interval = try read(UInt64.self, "interval")
    return description
  }

  private mutating func readLimit(_ what: String) throws(StateError) -> UInt64? {
    try readOptional(what) { (reader) throws(StateError) in try reader.read(UInt64.self, what) }
  }

  private mutating func readSuite<A: RawRepresentable & Sendable>(
    _ type: A.Type, _ keys: inout StateReader
  ) throws(StateError) -> SADescription.Suite<A>? where A.RawValue: FixedWidthInteger {
    guard try readBool("algorithm") else { return nil }
    let algorithm = try readCase(type, "algorithm")
    let key = try keys.readBytes("key")
    return SADescription.Suite(algorithm, key: Key(key), salt: Key(try keys.readBytes("salt")))
  }

  private mutating func readParameters() throws(StateError) -> Parameters {
    let spi = try read(UInt32.self, "SPI")
    let number = try read(UInt8.self, "protocol")
    guard let proto = SecurityProtocol.allCases.first(where: { $0.number == number }) else { throw .value("protocol") }
    let mode: Parameters.Mode =
      try readBool("mode") ? .tunnel(source: try readAddress(), destination: try readAddress()) : .transport
    var parameters = Parameters(spi: spi, protocol: proto, mode: mode, protection: .separate(.null, .none))
    parameters.extendedSequence = try readBool("ESN")
    parameters.replayWindow = Int(try read(UInt32.self, "replay window"))
    parameters.udpEncapsulation = try readOptional("UDP encapsulation") { (reader) throws(StateError) in
      Parameters.UDPEncapsulation(
        sourcePort: try reader.read(UInt16.self, "port"), destinationPort: try reader.read(UInt16.self, "port"),
        originalSource: try reader.readOptional("address") { (reader) throws(StateError) in try reader.readAddress() })
    }
    parameters.tfcLength = Int(try read(UInt32.self, "TFC"))
    parameters.dscp = try readPolicy("DSCP") { (reader) throws(StateError) in try reader.read(UInt8.self, "DSCP") }
    parameters.dontFragment = try readPolicy("DF") { (reader) throws(StateError) in try reader.readBool("DF") }
    parameters.flowLabel = try readPolicy("flow label") { (reader) throws(StateError) in
      try reader.read(UInt32.self, "flow label")
    }
    let modes: [Parameters.ECNMode] = [.normal, .compatibility, .off]
    let ecn = Int(try read(UInt8.self, "ECN"))
    guard modes.indices.contains(ecn) else { throw .value("ECN") }
    parameters.ecn = modes[ecn]
    parameters.hopLimit = try read(UInt8.self, "hop limit")
    parameters.lifetime.softBytes = try readLimit("lifetime")
    parameters.lifetime.hardBytes = try readLimit("lifetime")
    parameters.lifetime.softPackets = try readLimit("lifetime")
    parameters.lifetime.hardPackets = try readLimit("lifetime")
    guard (parameters.dscp.value ?? 0) < 64, (parameters.flowLabel.value ?? 0) < 1 << 20 else { throw .value("tunnel") }
    return parameters
  }

  private mutating func readAddress() throws(StateError) -> IPAddress {
    switch try read(UInt8.self, "address") {
    case 4: .v4(try read(UInt32.self, "address"))
    case 6: .v6(try read(UInt64.self, "address"), try read(UInt64.self, "address"))
    default: throw .value("address")
    }
  }

  private mutating func readPolicy<T>(
    _ what: String, _ body: (inout Self) throws(StateError) -> T
  ) throws(StateError) -> Parameters.FieldPolicy<T> {
    switch try read(UInt8.self, what) {
    case 0: .copy
    case 1: .clear
    case 2: .set(try body(&self))
    default: throw .value(what)
    }
  }
}

extension Parameters.FieldPolicy {
  /// What it sets.
  fileprivate var value: Value? { if case .set(let value) = self { value } else { nil } }
}
