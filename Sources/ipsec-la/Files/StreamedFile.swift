import Foundation

/// A file written piece by piece beside its place, and moved there when it is whole. Pipes and devices are written as
/// they are, and symbolic links stay: what they lead to is replaced.
final class StreamedFile {
  private let path: String
  /// Where `path` leads, and the file beside it until `commit`; nil for pipes and devices.
  private var pending: (place: String, temporary: String)?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: Int32 = 0
  private var isOpen = true

  /// - Parameter isPrivate: only its owner may read it, even before it is whole.
  /// - Throws: `CommandError` with the path and the system's reason.
  init(_ path: String, isPrivate: Bool = false) throws(CommandError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY)
    } else {
      let place = URL(filePath: path).resolvingSymlinksInPath().path
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
    if let pending { unlink(pending.temporary) }
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
    isOpen = false
    if close(descriptor) != 0, failure == 0 { failure = errno }
    try check()
  }

  /// Moves the file to its place.
  ///
  /// - Throws: `CommandError` if anything could not be written; nothing is left behind then.
  func commit() throws(CommandError) {
    if isOpen { try finish() }
    guard let file = pending else { return }
    if rename(file.temporary, file.place) != 0 { failure = errno }
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
