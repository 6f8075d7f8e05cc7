import Foundation
import TestSupport

/// Runs `ipsec-la esp` in a directory of its own.
final class Commands {
  /// What the last run wrote to standard error.
  private(set) var notes = ""
  let directory = FileManager.default.temporaryDirectory.appending(path: "esp-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: directory) }

  func write(_ name: String, _ data: Data) throws -> String {
    let url = directory.appending(path: name)
    try data.write(to: url)
    return url.path
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

  func path(_ name: String) -> String { directory.appending(path: name).path }

  /// A capture of raw IP packets (LINKTYPE_RAW) or of others, written without libpcap.
  func capture(_ name: String, _ packets: [[UInt8]], linkType: UInt32 = 101) throws -> String {
    func little(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }
    var bytes = little(0xa1b2_c3d4) + [2, 0, 4, 0] + little(0) + little(0) + little(65_535) + little(linkType)
    for packet in packets {
      bytes += little(0) + little(0) + little(UInt32(packet.count)) + little(UInt32(packet.count)) + packet
    }
    return try write(name, Data(bytes))
  }

  /// - Returns: the exit status and standard output; of a run that failed, standard error as well.
  func run(_ arguments: String...) throws -> (status: Int32, output: String) { try start(["esp"] + arguments) }

  func start(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ipsec-la")
    let outcome = try Shell.outcome([program.path] + arguments)
    notes = outcome.errors.replacing(directory.path + "/", with: "")
    let output = outcome.output.replacing(directory.path + "/", with: "")
    return (outcome.status, output + (outcome.status == 0 ? "" : notes))
  }
}

/// One association of a file: a tunnel by AES-GCM.
func association(_ direction: String = "out", _ lines: String = "") -> String {
  """
    - name: \(direction)
      direction: \(direction)
      spi: 0x1000
      mode: tunnel
      source: 192.0.2.1
      destination: 192.0.2.2
      aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x01020304" }
  \(lines)

  """
}

/// A file for both directions.
let both = "associations:\n" + association("out") + association("in")
