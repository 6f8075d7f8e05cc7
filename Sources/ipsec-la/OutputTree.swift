import Foundation

/// A folder of generated files: written whole or not at all, and compared with what should be there.
struct OutputTree {
  let root: String

  /// Writes every file beside its place first, and moves them there when all could be written.
  ///
  /// - Throws: `CommandError` for the first that could not be written; nothing has changed then.
  func write(_ files: [(path: String, contents: String)]) throws(CommandError) {
    var written: [(temporary: String, path: String)] = []
    do throws(CommandError) {
      for file in files {
        let path = "\(root)/\(file.path)"
        let temporary = path + ".new"
        try prepareFolder(of: path)
        do { try Data(file.contents.utf8).write(to: URL(filePath: temporary)) } catch {
          throw CommandError("\(path): cannot be written: \(Self.reason(error))")
        }
        written.append((temporary, path))
      }
    } catch {
      for file in written { try? FileManager.default.removeItem(atPath: file.temporary) }
      throw error
    }
    for file in written where rename(file.temporary, file.path) != 0 {
      throw CommandError("\(file.path): cannot be replaced: \(String(cString: strerror(errno)))")
    }
  }

  /// Compares the files with those on disk, and prints where they differ.
  ///
  /// - Parameters:
  ///   - folders: those in which nothing else may be.
  ///   - repair: the command that makes them equal.
  /// - Returns: whether they are equal.
  func check(_ files: [(path: String, contents: String)], folders: [String], repair: String) throws(CommandError) -> Bool {
    var differences: [String] = []
    for file in files {
      let path = "\(root)/\(file.path)"
      guard let data = FileManager.default.contents(atPath: path) else {
        differences.append("\(path): missing")
        continue
      }
      let found = String(decoding: data, as: UTF8.self)
      if found != file.contents { differences.append("\(path): differs\n" + Self.difference(found, file.contents)) }
    }
    let expected = Set(files.map(\.path))
    for folder in folders {
      for extra in (FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.allObjects as? [String] ?? []).sorted() {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(extra)", isDirectory: &isFolder)
        if !isFolder.boolValue, !expected.contains("\(folder)/\(extra)") {
          differences.append("\(root)/\(folder)/\(extra): nothing generates it")
        }
      }
    }
    guard !differences.isEmpty else { return true }
    print(differences.joined(separator: "\n"))
    FileHandle.standardError.write(
      Data("error: \(root): \(differences.count) of \(files.count) files differ from the definition; repair with: \(repair)\n".utf8))
    return false
  }

  private func prepareFolder(of path: String) throws(CommandError) {
    let folder = (path as NSString).deletingLastPathComponent
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw CommandError("\(folder): cannot be made: \(Self.reason(error))")
    }
  }

  /// The first lines that differ, as a diff shows them.
  private static func difference(_ found: String, _ expected: String) -> String {
    let old = found.split(separator: "\n", omittingEmptySubsequences: false)
    let new = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let changes = new.difference(from: old)
    let lines = changes.sorted { Self.line($0) < Self.line($1) }.prefix(12).map { change in
      switch change {
      case .remove(let offset, let text, _): "  \(offset + 1): -\(text)"
      case .insert(let offset, let text, _): "  \(offset + 1): +\(text)"
      }
    }
    return (lines + (changes.count > 12 ? ["  … \(changes.count - 12) more"] : [])).joined(separator: "\n")
  }

  private static func line(_ change: CollectionDifference<Substring>.Change) -> Int {
    switch change {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }

  private static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return cause.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
  }
}
