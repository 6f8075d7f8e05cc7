/// A patch as `git format-patch` writes one.
struct Patch {
  let subject: String
  let message: String
  let files: [File]

  /// One file's part of a patch.
  struct File {
    let path: String
    let isNew: Bool
    let hunks: [Hunk]
  }

  /// Lines that change, with those around them.
  struct Hunk {
    /// Number of the first line before and after the patch.
    let oldLine: Int
    let newLine: Int
    let lines: [TreeChange.Line]

    fileprivate func count(_ kind: Character) -> Int { lines.count { $0.kind == kind } }

    fileprivate var header: String {
      let kept = count(" ")
      func range(_ line: Int, _ count: Int) -> String { count == 1 ? "\(line)" : "\(line),\(count)" }
      return "@@ -\(range(oldLine, kept + count("-"))) +\(range(newLine, kept + count("+"))) @@"
    }
  }

  /// The file that mail programs and `git am` take.
  ///
  /// - Parameters:
  ///   - number: place in the series, from 1.
  ///   - count: number of patches in the series.
  func text(number: Int, of count: Int) -> String {
    let head = MailHead(subject: "[PATCH \(number)/\(count)] \(subject)").text
    return "\(head)\(message)\n\n---\n\(statistics)\n\n\(files.map(\.text).joined())-- \nvirtio-ipsec-la\n"
  }

  /// How much each file changes, as checkpatch reads it, too.
  private var statistics: String {
    let width = files.map(\.path.count).max() ?? 0
    let rows = files.map { file in
      let added = file.count("+"), removed = file.count("-")
      let most = 40.0 / Double(max(added + removed, 40))
      func bar(_ mark: String, _ count: Int) -> String {
        String(repeating: mark, count: count == 0 ? 0 : max(1, Int(Double(count) * most)))
      }
      return " \(file.path.padded(to: width)) | \(added + removed) \(bar("+", added))\(bar("-", removed))"
    }
    func total(_ kind: Character, _ word: String) -> String {
      let count = files.reduce(0) { $0 + $1.count(kind) }
      return count == 0 ? "" : ", \(count) \(word)\(count == 1 ? "" : "s")(\(kind))"
    }
    let changed = "\(files.count) file\(files.count == 1 ? "" : "s") changed"
    return (rows + [" \(changed)\(total("+", "insertion"))\(total("-", "deletion"))"]).joined(separator: "\n")
  }
}

extension Patch.File {
  /// A file that was not there.
  init(new artefact: Artefact) {
    var lines = artefact.contents.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    let hunk = Patch.Hunk(
      oldLine: 0, newLine: 1, lines: lines.map { TreeChange.Line(kind: "+", text: String($0)) })
    self.init(path: artefact.path, isNew: true, hunks: [hunk])
  }

  fileprivate func count(_ kind: Character) -> Int { hunks.reduce(0) { $0 + $1.lines.count { $0.kind == kind } } }

  fileprivate var text: String {
    let old = isNew ? "new file mode 100644\n--- /dev/null" : "--- a/\(path)"
    let hunks = hunks.map { hunk in
      ([hunk.header] + hunk.lines.map { "\($0.kind)\($0.text)" }).joined(separator: "\n") + "\n"
    }
    return "diff --git a/\(path) b/\(path)\n\(old)\n+++ b/\(path)\n\(hunks.joined())"
  }
}

/// The first lines of a patch or a cover letter: from nobody, since nobody signs for what is generated.
struct MailHead {
  let subject: String

  var text: String {
    """
    From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
    From: virtio-ipsec-la <none>
    Subject: \(subject)


    """
  }
}
