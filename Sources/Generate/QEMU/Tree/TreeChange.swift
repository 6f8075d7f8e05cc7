/// A change of a file that QEMU has already: a hunk as a diff has it.
public struct TreeChange: Sendable {
  let step: QEMUDevice.Step
  /// Path from the root of the tree.
  public let path: String
  /// Number of the first line, from 1, in the file without the changes before this one.
  let line: Int
  /// Whether the number is one in the file with those changes, because the hunk starts within them.
  let isWithin: Bool
  let lines: [Line]

  /// A line of the hunk, and whether it is kept, removed or added.
  struct Line: Equatable, Sendable {
    let kind: Character
    let text: String
  }

  /// What the hunk is to be found by, and what it makes of it.
  var old: [String] { lines.filter { $0.kind != "+" }.map(\.text) }
  var new: [String] { lines.filter { $0.kind != "-" }.map(\.text) }
  /// The lines that it adds: they stand together.
  public var added: [String] { lines.filter { $0.kind == "+" }.map(\.text) }
  var removed: [String] { lines.filter { $0.kind == "-" }.map(\.text) }
  /// The lines before the first that changes, and behind the last.
  var before: [String] { lines.prefix { $0.kind == " " }.map(\.text) }
  var after: [String] { lines.reversed().prefix { $0.kind == " " }.reversed().map(\.text) }
}

extension QEMUDevice {
  /// The changes of the release's tree, in the order in which they are made.
  ///
  /// Their template is a diff whose hunks say where they start in which release, with `=` before what counts the
  /// changes before: `@@ 10.0:44 10.2:46`. `=== step` says which patch they belong to.
  public var treeChanges: [TreeChange] {
    var changes: [TreeChange] = []
    var step = Step.documentation
    var path = ""
    var line: Int?
    var isWithin = false
    var lines: [TreeChange.Line] = []
    func finish() {
      if let line { changes.append(TreeChange(step: step, path: path, line: line, isWithin: isWithin, lines: lines)) }
      line = nil
      lines = []
    }
    for text in treeChangeLines {
      switch text.prefix(4) {
      case "=== ":
        finish()
        step = Step(rawValue: String(text.dropFirst(4)))!
      case "--- ":
        finish()
        path = String(text.dropFirst(4))
      case _ where text.hasPrefix("@@ "):
        finish()
        let start = text.split(separator: " ").first { $0.hasPrefix("\(release.name):") }
        let number = start?.dropFirst(release.name.count + 1)
        isWithin = number?.first == "="
        line = number.map { Int($0.drop { $0 == "=" })! }
      default: lines.append(TreeChange.Line(kind: text.first ?? " ", text: String(text.dropFirst())))
      }
    }
    finish()
    return changes
  }

  /// The template's lines, filled in; a place that takes lines of its own gives each the mark that it has itself.
  private var treeChangeLines: [String] {
    let facts = facts
    return Template(PackageResources.tree_diff_in).text.split(separator: "\n").flatMap { line -> [String] in
      guard let mark = line.first, "+- ".contains(mark) else { return [Template.filled(line, with: facts)] }
      let filled = Template(Array(line.dropFirst().utf8)).filled(with: facts)
      return filled.split(separator: "\n", omittingEmptySubsequences: false).map { "\(mark)\($0)" }
    }
  }
}
