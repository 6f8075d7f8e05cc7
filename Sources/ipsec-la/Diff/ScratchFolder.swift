import Foundation

/// A folder for what another program reads and makes, which whoever asked for it removes.
struct ScratchFolder {
  private let url = FileManager.default.temporaryDirectory.appending(path: "ipsec-la-\(UUID().uuidString)")

  /// - Throws: `UnreadableInput` if it cannot be made.
  init() throws(UnreadableInput) {
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw UnreadableInput("\(url.path): cannot be made")
    }
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { url.appending(path: name).path }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
