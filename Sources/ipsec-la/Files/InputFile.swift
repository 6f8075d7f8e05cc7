import Foundation

/// A file that is read as a whole: whatever is not read by a library of its own is read here.
enum InputFile {
  /// No file is larger, in bytes.
  static let mostBytes = 1 << 24

  /// Reads a file of at most 16 MiB; a pipe will do, as a shell's `<(…)` is one.
  ///
  /// - Throws: `CommandError` for what cannot be read, is empty, or is larger.
  static func bytes(at path: String) throws(CommandError) -> Data {
    let data = try contents(at: path)
    guard !data.isEmpty else { throw CommandError("\(path): is empty") }
    return data
  }

  /// The same, where an empty file says something, too.
  static func contents(at path: String) throws(CommandError) -> Data {
    var data = Data()
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      while data.count <= mostBytes, let more = try file.read(upToCount: mostBytes + 1 - data.count), !more.isEmpty {
        data += more
      }
    } catch {
      throw CommandError("\(path): \(FilePath.unreadable(path))")
    }
    guard data.count <= mostBytes else { throw CommandError("\(path): is larger than 16 MiB") }
    return data
  }
}
