/// What brings a device into a tree of QEMU: found out first, and written by the caller.
public struct TreePlan: Sendable {
  /// The files that differ from what is in the tree, new ones and changed ones.
  public private(set) var files: [Artefact] = []
  /// What becomes of each change and each new file, in the order of the series.
  public private(set) var steps: [Step] = []

  /// A change or a new file.
  public struct Step: Sendable {
    public let path: String
    public let outcome: Outcome
  }

  public enum Outcome: Equatable, Sendable {
    case made, present
    /// Why there is no place for these lines.
    case unplaced(reason: String, lines: [String])
  }

  /// - Parameter read: the text of a file by its path from the root of the tree; nil where there is none.
  public init(_ device: QEMUDevice, in read: (String) throws -> String?) rethrows {
    for (_, artefact) in device.files {
      let text = try read(artefact.path)
      let outcome: Outcome =
        switch text {
        case artefact.contents?: .present
        case let text? where !text.contains(Banner.mark):
          .unplaced(reason: "there is another file of that name, which is not replaced", lines: [])
        default: .made
        }
      if outcome == .made { files.append(artefact) }
      steps.append(Step(path: artefact.path, outcome: outcome))
    }
    var texts: [String: String] = [:]
    var changed: [String] = []
    let changes = device.treeChanges
    for (index, change) in changes.enumerated() {
      guard let text = try texts[change.path] ?? read(change.path) else {
        let outcome = Outcome.unplaced(reason: "there is no such file", lines: change.added)
        steps.append(Step(path: change.path, outcome: outcome))
        continue
      }
      texts[change.path] = text
      let others = changes.enumerated().filter { $0.offset != index && $0.element.path == change.path }
      let foreign = Set(others.flatMap(\.element.added))
      let telling = change.added.filter { line in
        !foreign.contains(line) && device.ownNames.contains { line.contains($0) }
      }
      switch change.placed(in: text, telling: telling) {
      case .placed(let new):
        texts[change.path] = new
        if !changed.contains(change.path) { changed.append(change.path) }
        steps.append(Step(path: change.path, outcome: .made))
      case .present: steps.append(Step(path: change.path, outcome: .present))
      case .unplaced(let reason):
        steps.append(Step(path: change.path, outcome: .unplaced(reason: reason, lines: change.added)))
      }
    }
    files += changed.map { Artefact(path: $0, contents: texts[$0]!) }
  }
}

extension QEMUDevice {
  /// Names that no other device's lines contain.
  fileprivate var ownNames: [String] { [name, prefix, prefix.uppercased(), names.prefix, names.deviceID] }
}
