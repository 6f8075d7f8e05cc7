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

  /// Where a repository has a version's layout.
  static func path(_ version: String) -> String { "gen/\(version)/layout.json" }

  var path: String { Self.path(version) }

  /// The layout as that revision has it.
  ///
  /// - Throws: `UnreadableInput` with what git says.
  func layout() throws(UnreadableInput) -> Data {
    guard !revision.isEmpty, !revision.hasPrefix("-") else { throw UnreadableInput("git: names no revision") }
    let result = Tool.run(["git", "show", "\(revision):\(path)"])
    if result.status == 0 { return result.output }
    guard Tool.run(["git", "rev-parse", "--git-dir"]).status == 0 else {
      let problem = result.status == 127 ? "git is not installed" : "this is no repository"
      throw UnreadableInput("git:\(revision): \(problem)")
    }
    guard Tool.run(["git", "rev-parse", "--verify", "--quiet", "\(revision)^{commit}"]).status == 0 else {
      throw UnreadableInput("git:\(revision): there is no such revision")
    }
    let files = Tool.run(["git", "ls-tree", "-r", "--full-tree", "--name-only", "\(revision):gen"]).text
    let versions = files.split(separator: "\n").compactMap { $0.wholeMatch(of: /([^\/]+)\/layout.json/)?.1 }
      .joined(separator: ", ")
    throw UnreadableInput(
      "git:\(revision): has no \(path)\(versions.isEmpty ? "" : "; it has versions \(versions)")")
  }
}
