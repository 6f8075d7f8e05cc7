import ArgumentParser
import Device
import Driver
import ESP
import Foundation
import Spec

/// What the packets of a benchmark are protected with, named as strongSwan's proposals name it.
///
/// What driver, rings and device cost does not depend on it; what the engine costs does, and with it every ratio.
enum BenchSuite: String, CaseIterable, ExpressibleByArgument {
  case aes128GCM16 = "aes128gcm16"
  case aes256GCM16 = "aes256gcm16"
  case chaCha20Poly1305 = "chacha20poly1305"
  case aes128SHA1 = "aes128-sha1"
  case aes128SHA256 = "aes128-sha256"
  case aes256SHA256 = "aes256-sha256"

  /// Both that everybody has to have (RFC 8221, sections 5 and 6): of all suites the fastest here, and one of CBC with
  /// an HMAC.
  static let mandatory: [BenchSuite] = [.aes128GCM16, .aes128SHA256]

  static let help: ArgumentHelp = "What protects the packets, one or more of: \(list)."
  private static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The column of names in a table: its heading, and what stands in it.
  static let heading = cell("suite")
  var column: String { Self.cell(rawValue) }

  private static func cell(_ text: String) -> String {
    text.padding(toLength: allCases.map(\.rawValue.count).max()!, withPad: " ", startingAt: 0)
  }

  /// An IPv4 tunnel, for the bare engine.
  var parameters: Parameters { Engine.parameters(extended: false, protection: protection) }

  private var protection: Parameters.Protection {
    switch parts {
    case .combined(let algorithm, _, let key, let salt):
      .combined(algorithm, key: Key(key), salt: Key(salt))
    case .separate(let key, let mac, _, let authenticationKey):
      .separate(.aesCBC, key: Key(key), mac, authenticationKey: Key(authenticationKey))
    }
  }

  /// The same SA as a device's guest describes it.
  var description: SADescription {
    var description = SADescription(Engine.parameters(extended: false))
    switch parts {
    case .combined(_, let cipher, let key, let salt):
      description.cipher = .init(cipher, key: Key(key), salt: Key(salt))
    case .separate(let key, _, let mac, let authenticationKey):
      description.cipher = .init(.aesCBC, key: Key(key))
      description.authentication = .init(mac, key: Key(authenticationKey))
    }
    return description
  }

  /// The same SA as a driver's users describe it.
  var configuration: SAConfiguration {
    var configuration = SAConfiguration(spi: 0x1001)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    switch parts {
    case .combined(_, let cipher, let key, let salt):
      configuration.cipher = .init(cipher, key: key, salt: salt)
    case .separate(let key, _, let mac, let authenticationKey):
      configuration.cipher = .init(.aesCBC, key: key)
      configuration.authentication = .init(mac, key: authenticationKey)
    }
    return configuration
  }

  /// Algorithms, as the engine and as the device name them, and keys.
  private enum Parts {
    case combined(ESP.CombinedAlgorithm, CipherAlgorithm, key: [UInt8], salt: [UInt8])
    case separate(key: [UInt8], AuthenticationAlgorithm, HMACAlgorithm, authenticationKey: [UInt8])
  }

  private var parts: Parts {
    func key(_ count: UInt8) -> [UInt8] { Array(0..<count) }
    let salt: [UInt8] = [4, 3, 2, 1]
    return switch self {
    case .aes128GCM16: .combined(.aesGCM16, .aesGCM16, key: key(16), salt: salt)
    case .aes256GCM16: .combined(.aesGCM16, .aesGCM16, key: key(32), salt: salt)
    case .chaCha20Poly1305: .combined(.chaCha20Poly1305, .chaCha20Poly1305, key: key(32), salt: salt)
    case .aes128SHA1: .separate(key: key(16), .hmacSHA1_96, .sha1, authenticationKey: key(20))
    case .aes128SHA256: .separate(key: key(16), .hmacSHA256_128, .sha256, authenticationKey: key(32))
    case .aes256SHA256: .separate(key: key(32), .hmacSHA256_128, .sha256, authenticationKey: key(32))
    }
  }
}
