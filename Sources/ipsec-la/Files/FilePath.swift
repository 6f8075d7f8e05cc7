import Foundation

/// What a path says of itself, and whether two lead to one file.
enum FilePath {
  /// What stands for standard input, and for standard output, where a capture is wanted.
  static let standardStream = "-"

  /// The folder that a file is in, as its path says it; empty where it says nothing.
  static func folder(of path: String) -> String {
    var rest = path[...]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return "" }
    rest = rest[..<slash]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    return rest.isEmpty ? "/" : String(rest)
  }

  /// The folder that a folder is in, also where its path ends in `..`, or in a dot.
  static func parent(of path: String) -> String {
    let last = path.split(separator: "/").last
    if last == ".." || last == "." { return "\(path)/.." }
    let folder = folder(of: path)
    return folder.isEmpty ? "." : folder
  }

  /// That a file cannot be read, and why, for an error that names it.
  static func unreadable(_ path: String) -> String {
    var status = stat()
    var code = EIO
    if stat(path, &status) != 0 {
      code = errno
    } else if status.st_mode & S_IFMT == S_IFDIR {
      code = EISDIR
    } else if access(path, R_OK) != 0 {
      code = errno
    }
    return "cannot be read: \(String(cString: strerror(code)))"
  }

  /// Whether there is a file that can be read twice: neither a folder nor a pipe or a device.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether two paths lead to one file, or will. Devices and pipes may serve as often as one likes.
  static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else {
      return URL(filePath: one).resolvingSymlinksInPath().path == URL(filePath: other).resolvingSymlinksInPath().path
    }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino && first.st_mode & S_IFMT == S_IFREG
  }
}
