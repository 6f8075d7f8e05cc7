import Foundation

/// A folder of generated files: written, and compared with what should be there.
struct OutputTree {
  let root: String

  typealias File = (path: String, contents: String)

  /// Writes every file of every tree beside its place first, and moves them there when all could be written.
  ///
  /// - Throws: `CommandError` for the first that could not be; none is half-written, and none has changed unless
  ///   moving it failed.
  static func write(_ trees: [(tree: OutputTree, files: [File])]) throws(CommandError) {
    var pending: [PendingFile] = []
    do throws(CommandError) {
      for (tree, files) in trees {
        for file in files {
          pending.append(try PendingFile(path: "\(tree.root)/\(file.path)", contents: Array(file.contents.utf8)))
        }
      }
      for file in pending { try file.checkPlace() }
      while let file = pending.last {
        try file.commit()
        pending.removeLast()
      }
    } catch {
      for file in pending { file.discard() }
      throw error
    }
  }

  /// Compares the files with those on disk, and prints where they differ.
  ///
  /// - Parameters:
  ///   - folders: those in which nothing else may be.
  ///   - repair: the command that makes them equal.
  /// - Returns: whether they are equal.
  /// - Throws: `CommandError` where a file is there and cannot be read.
  func check(
    _ files: [File], folders: [String], repair: String
  ) throws(CommandError) -> Bool {
    var stale: [String] = []
    for file in files {
      if let difference = try staleness(of: file) { stale.append(difference) }
    }
    let strays = strays(files.map(\.path), folders: folders)
    guard !stale.isEmpty || !strays.isEmpty else { return true }
    for difference in stale { print(difference) }
    for stray in strays { print("\(stray): nothing generates it") }
    let removal = strays.isEmpty ? [] : ["rm -- " + strays.map(\.shellQuoted).joined(separator: " ")]
    let repairs = removal + (stale.isEmpty ? [] : [repair])
    let counts = [(stale.count, "differ from the definition"), (strays.count, "are in excess")].filter { $0.0 > 0 }
    let problem = counts.map { "\($0) of \(files.count) files \($1)" }.joined(separator: ", ")
    FileHandle.standardError.write(
      Data("error: \(root): \(problem); repair with: \(repairs.joined(separator: " && "))\n".utf8))
    return false
  }

  /// In what a file differs from what is on disk; nil where it does not.
  private func staleness(of file: File) throws(CommandError) -> String? {
    let path = "\(root)/\(file.path)"
    guard access(path, R_OK) == 0 else {
      if errno == ENOENT { return "\(path): missing" }
      throw CommandError("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let data = FileManager.default.contents(atPath: path)
    else { throw CommandError("\(path): cannot be read: not a regular file") }
    if data.elementsEqual(file.contents.utf8) { return nil }
    if data.elementsEqual(file.contents.replacing("\n", with: "\r\n").utf8) {
      return "\(path): differs: its lines end in CR LF"
    }
    return "\(path): differs\n" + LineDifference.text(data, file.contents)
  }

  /// What is in the folders besides the files.
  private func strays(_ paths: [String], folders: [String]) -> [String] {
    let expected = Set(paths)
    return folders.flatMap { folder -> [String] in
      // A folder that is a link is followed; nothing is within one otherwise.
      let place = URL(fileURLWithPath: "\(root)/\(folder)").resolvingSymlinksInPath().path
      let found = FileManager.default.enumerator(atPath: place)?.allObjects as? [String] ?? []
      return found.sorted().map { "\(folder)/\($0)" }.filter { path in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
        return !isFolder.boolValue && !expected.contains(path)
      }.map { "\(root)/\($0)" }
    }
  }
}

extension String {
  /// As a shell takes it for one word.
  var shellQuoted: String {
    let plain = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:,".contains($0)) }
    return plain && !isEmpty ? self : "'" + replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

/// The first lines that differ, as a diff shows them.
enum LineDifference {
  static let maximum = 12

  static func text(_ found: Data, _ expected: String) -> String {
    // Bytes are compared, not characters: what looks the same is not.
    let (old, new) = (lines(found), lines(Data(expected.utf8)))
    let changes = new.difference(from: old)
    let lines = changes.sorted { line($0) < line($1) }.prefix(maximum).map { change in
      switch change {
      case .remove(let offset, let text, _): "  \(offset + 1): -\(printable(text))"
      case .insert(let offset, let text, _): "  \(offset + 1): +\(printable(text))"
      }
    }
    let more = changes.count - lines.count
    return (lines + (more > 0 ? ["  … \(more) more"] : [])).joined(separator: "\n")
  }

  private static func lines(_ text: Data) -> [Data] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Data($0) }
  }

  private static func line(_ change: CollectionDifference<Data>.Change) -> Int {
    switch change {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }

  /// The line without what would move a terminal's cursor, change its colours, or look like something else.
  private static func printable(_ line: Data) -> String {
    let text = String(decoding: line, as: UTF8.self)
    return String(
      text.unicodeScalars.flatMap { scalar -> [Character] in
        let isASCII = scalar == "\t" || scalar.isASCII && scalar.properties.generalCategory != .control
        let isPlain = isASCII || "…—–".unicodeScalars.contains(scalar)
        return isPlain ? [Character(scalar)] : Array(scalar.escaped(asASCII: true))
      })
  }
}
