import Foundation

/// A file written piece by piece without a name, or beside its place where the file system has no such files, and moved
/// there when it is whole: who is interrupted leaves nothing behind. Pipes and devices are written as they are, and
/// symbolic links stay: what they lead to is replaced.
final class StreamedFile {
  private let path: String
  /// Where `path` leads, and the file beside it until `commit`, nil while it has no name; nil for pipes and devices.
  private var pending: (place: String, temporary: String?)?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: Int32 = 0
  private var isOpen = true

  /// - Parameter isPrivate: only its owner may read it, even before it is whole.
  /// - Throws: `CommandError` with the path and the system's reason.
  init(_ path: String, isPrivate: Bool = false) throws(CommandError) {
    guard !path.isEmpty else { throw CommandError("the path of an output is empty") }
    guard path != FilePath.standardStream else {
      throw CommandError("-: only a capture of esp goes to standard output; ./- is a file of that name")
    }
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY)
    } else {
      let place = URL(filePath: path).resolvingSymlinksInPath().path
      let unnamed = Self.openUnnamed(beside: place, isPrivate: isPrivate)
      if unnamed >= 0 {
        (descriptor, pending) = (unnamed, (place, nil))
        return
      }
      var template = Array("\(place).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      pending = (place, String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
      // mkstemp makes files for their owner's eyes; most are for everyone whom the mask allows.
      let mask = umask(0)
      umask(mask)
      if descriptor >= 0, !isPrivate { fchmod(descriptor, 0o666 & ~mask) }
    }
    guard descriptor >= 0 else {
      failure = errno
      (isOpen, pending) = (false, nil)
      throw error
    }
  }

  deinit {
    if isOpen { close(descriptor) }
    if let temporary = pending?.temporary { unlink(temporary) }
  }

  /// A file that nobody can find; negative where there are none, or no way to give them a name.
  private static func openUnnamed(beside place: String, isPrivate: Bool) -> Int32 {
    guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
    // O_TMPFILE (open(2)), a macro that Swift does not see.
    let flags = O_WRONLY | O_CLOEXEC | O_DIRECTORY | 0o20_000_000
    return open(
      URL(filePath: place).deletingLastPathComponent().path, flags, isPrivate ? 0o600 : 0o666)
  }

  /// Gives the file a name beside its place, if it has none.
  private func link() {
    guard let place = pending?.place, pending?.temporary == nil, failure == 0 else { return }
    let temporary = "\(place).\(getpid()).\(descriptor)"
    if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) != 0
    {
      failure = errno
    } else {
      pending = (place, temporary)
    }
  }

  func write(_ bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 20 { flush() }
  }

  /// Writes what is still missing; only moving the file can fail then.
  ///
  /// - Throws: `CommandError` if anything could not be written; nothing is left behind then.
  func finish() throws(CommandError) {
    flush()
    link()
    isOpen = false
    if close(descriptor) != 0, failure == 0 { failure = errno }
    try check()
  }

  /// Moves the file to its place.
  ///
  /// - Throws: `CommandError` if anything could not be written; nothing is left behind then.
  func commit() throws(CommandError) {
    if isOpen { try finish() }
    guard let file = pending, let temporary = file.temporary else { return }
    if rename(temporary, file.place) != 0 { failure = errno }
    try check()
    pending = nil
  }

  private func check() throws(CommandError) {
    if failure != 0 { throw error }
  }

  private var error: CommandError {
    CommandError("\(path): cannot be written: \(String(cString: strerror(failure)))")
  }

  private func flush() {
    var rest = buffer[...]
    while !rest.isEmpty, failure == 0 {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0, errno != EINTR { failure = errno }
      rest = rest.dropFirst(max(count, 0))
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
