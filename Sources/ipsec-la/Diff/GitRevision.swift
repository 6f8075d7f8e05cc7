import Foundation
import Spec
import Wire

/// `git:REV` or `git:REV:VERSION`: the generated layout of another revision of this repository.
struct GitRevision {
  private let revision: String
  private let version: String

  init(_ name: String) {
    let words = name.dropFirst("git:".count).split(separator: ":", maxSplits: 1)
    revision = words.first.map(String.init) ?? ""
    version = words.count > 1 ? String(words[1]) : "\(Spec.all[Spec.all.count - 1].version)"
  }

  /// `gen/VERSION/layout.json` as that revision has it.
  func layout() throws(UnreadableInput) -> Data {
    let path = "gen/\(version)/layout.json"
    guard !revision.isEmpty, !revision.hasPrefix("-") else { throw UnreadableInput("git: names no revision") }
    let result = Tool.run(["git", "show", "\(revision):\(path)"])
    guard result.status == 0 else {
      throw UnreadableInput("git:\(revision): \(path): \(result.firstLine)")
    }
    return result.output
  }
}
