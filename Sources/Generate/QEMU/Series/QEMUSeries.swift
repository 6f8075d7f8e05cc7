/// The patches that bring a device into a release of QEMU.
public struct QEMUSeries: Sendable {
  let device: QEMUDevice

  public init(_ device: QEMUDevice) { self.device = device }

  /// The cover letter, which no tool takes for a patch, and the patches in their order.
  public var artefacts: [Artefact] {
    let patches = patches
    let texts = patches.enumerated().map { index, patch in
      Artefact(
        path: "\(Self.digits(index + 1))-\(Self.fileName(patch.subject)).patch",
        contents: patch.text(number: index + 1, of: patches.count))
    }
    var facts = device.facts
    facts["release"] = device.release.name
    facts["patches"] = patches.map { "  \($0.subject)" }.joined(separator: "\n")
    let head = MailHead(subject: "[PATCH 0/\(patches.count)] \(device.name): an IPsec accelerator behind vhost-user")
    let cover = Template(PackageResources.cover_txt_in).filled(with: facts)
    return [Artefact(path: "0000-cover-letter.txt", contents: head.text + cover)] + texts
  }

  private var patches: [Patch] {
    var growth: [String: [(line: Int, lines: Int)]] = [:]
    let changes = device.treeChanges
    let files = device.files
    return QEMUDevice.Step.allCases.map { step in
      var parts = files.filter { $0.step == step }.map { Patch.File(new: $0.artefact) }
      var paths: [String] = []
      for change in changes where change.step == step && !paths.contains(change.path) { paths.append(change.path) }
      for path in paths {
        let earlier = growth[path] ?? []
        let hunks = changes.filter { $0.step == step && $0.path == path }.map { change in
          func shift(_ growth: [(line: Int, lines: Int)]) -> Int {
            change.isWithin ? 0 : growth.reduce(0) { $0 + ($1.line <= change.line ? $1.lines : 0) }
          }
          let hunk = Patch.Hunk(
            oldLine: change.line + shift(earlier), newLine: change.line + shift(growth[path] ?? []),
            lines: change.lines)
          growth[path, default: []].append((change.line, change.added.count - change.removed.count))
          return hunk
        }
        parts.append(Patch.File(path: path, isNew: false, hunks: hunks))
      }
      let message = device.message(of: step)
      return Patch(
        subject: message.subject, message: message.body.wrapped(to: 72).joined(separator: "\n"),
        files: parts.sorted { $0.path < $1.path })
    }
  }

  private static func digits(_ number: Int) -> String {
    String(repeating: "0", count: 4 - "\(number)".count) + "\(number)"
  }

  /// As `git format-patch` names files.
  private static func fileName(_ subject: String) -> String {
    let words = subject.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".")) }
    return String(words.joined(separator: "-").prefix(52))
  }
}
