import Foundation

/// A file written beside its place, under a name that nothing else has, until it is moved there. Symbolic links stay:
/// what they lead to is replaced.
struct PendingFile {
  let path: String
  /// Where `path` leads.
  private let place: String
  private let temporary: String

  /// Writes `contents`; the place itself is untouched.
  ///
  /// - Throws: `CommandError` with the path and the system's reason; nothing is left behind then.
  init(path: String, contents: [UInt8]) throws(CommandError) {
    self.path = path
    place = URL(filePath: path).resolvingSymlinksInPath().path
    try Self.makeFolder(of: path)
    var template = Array("\(place).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be written") }
    temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // mkstemp makes files for their owner's eyes; these are for everyone whom the mask allows.
    let mask = umask(0)
    umask(mask)
    let isWritten = fchmod(descriptor, 0o666 & ~mask) == 0 && Self.write(contents, to: descriptor)
    let reason = errno
    guard close(descriptor) == 0, isWritten else {
      discard()
      throw Self.failure(path, "cannot be written", isWritten ? errno : reason)
    }
  }

  /// Whether a file can be moved to the place.
  ///
  /// - Throws: `CommandError` where a folder stands there.
  func checkPlace() throws(CommandError) {
    var isFolder: ObjCBool = false
    guard !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) || !isFolder.boolValue else {
      throw Self.failure(path, "cannot be replaced", EISDIR)
    }
  }

  /// Moves the file to its place.
  func commit() throws(CommandError) {
    guard rename(temporary, place) == 0 else { throw Self.failure(path, "cannot be replaced") }
  }

  /// Removes the file again.
  func discard() { unlink(temporary) }

  private static func write(_ contents: [UInt8], to descriptor: Int32) -> Bool {
    var rest = contents[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return false }
      rest = rest.dropFirst(max(count, 0))
    }
    return true
  }

  /// Makes the folder of a file, and those that it is in.
  private static func makeFolder(of path: String) throws(CommandError) {
    let folder = FilePath.folder(of: path)
    guard !folder.isEmpty, mkdir(folder, 0o777) != 0 else { return }
    switch errno {
    case EEXIST: return
    case ENOENT:
      try makeFolder(of: folder)
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw failure(folder, "cannot be made") }
    default: throw failure(folder, "cannot be made")
    }
  }

  private static func failure(_ path: String, _ problem: String, _ code: Int32 = errno) -> CommandError {
    CommandError("\(path): \(problem): \(String(cString: strerror(code)))")
  }
}
