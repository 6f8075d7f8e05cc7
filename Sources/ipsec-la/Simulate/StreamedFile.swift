import Foundation

/// A file written piece by piece beside its place, and moved there when it is whole. Pipes and devices are written as
/// they are.
final class StreamedFile {
  private let path: String
  private let temporary: String?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: Int32 = 0
  private var isOpen = true

  /// - Throws: `CommandError` with the path and the system's reason.
  init(_ path: String) throws(CommandError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      temporary = nil
      descriptor = open(path, O_WRONLY)
    } else {
      var template = Array("\(path).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // mkstemp makes files for their owner's eyes; these are for everyone whom the mask allows.
      let mask = umask(0)
      umask(mask)
      if descriptor >= 0 { fchmod(descriptor, 0o666 & ~mask) }
    }
    if descriptor < 0 { throw CommandError("\(path): cannot be written: \(String(cString: strerror(errno)))") }
  }

  deinit {
    if isOpen { close(descriptor) }
    if isOpen, let temporary { unlink(temporary) }
  }

  func write(_ bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 20 { flush() }
  }

  /// Moves the file to its place.
  ///
  /// - Throws: `CommandError` if anything could not be written; nothing is left behind then.
  func commit() throws(CommandError) {
    flush()
    isOpen = false
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, let temporary, rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      if let temporary { unlink(temporary) }
      throw CommandError("\(path): cannot be written: \(String(cString: strerror(failure)))")
    }
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
