import Foundation

/// What a path says of itself, and whether two lead to one file.
enum FilePath {
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

  /// Whether two paths lead to one file, or will. Devices and pipes may serve as often as one likes.
  static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else {
      return URL(filePath: one).standardizedFileURL == URL(filePath: other).standardizedFileURL
    }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino && first.st_mode & S_IFMT == S_IFREG
  }
}
