import Foundation
import Generate

/// A source tree of QEMU that a device is to be brought into.
struct QEMUTree {
  let root: String

  /// The release, as the tree's own VERSION has it.
  ///
  /// - Throws: `CommandError` where there is no such file: then it is no tree of QEMU's.
  func version() throws(CommandError) -> String {
    guard let version = try read("VERSION"), FileManager.default.fileExists(atPath: "\(root)/hw/virtio") else {
      throw CommandError("--qemu-tree: \(root): no source tree of QEMU: it has no VERSION or no hw/virtio")
    }
    return version.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Writes what the device needs and the tree has not, and says of each part what became of it.
  ///
  /// - Parameter isTrial: nothing is written, and what would be is said.
  /// - Returns: whether everything has its place, and in a trial had it before.
  func add(_ device: QEMUDevice, isTrial: Bool) throws(CommandError) -> Bool {
    let plan: TreePlan
    do { plan = try TreePlan(device, in: read) } catch let error as CommandError { throw error } catch {
      throw CommandError("\(root): \(error)")
    }
    let files = plan.files.map { (path: $0.path, contents: $0.contents) }
    if !isTrial { try OutputTree.write([(OutputTree(root: root), files)]) }
    for step in plan.steps {
      switch step.outcome {
      case .made: print("\(isTrial ? "missing     " : "placed      ") \(step.path)")
      case .present: print("there already \(step.path)")
      case .unplaced(let reason, let lines):
        print("not placed   \(step.path): \(reason)\(lines.isEmpty ? "" : "; these lines belong there:")")
        for line in lines { print("  + \(line)") }
      }
    }
    let missing = plan.steps.count {
      if case .unplaced = $0.outcome { true } else { false }
    }
    guard missing > 0 else { return !isTrial || plan.files.isEmpty }
    FileHandle.standardError.write(
      Data("error: \(root): \(missing) of \(plan.steps.count) changes could not be placed\n".utf8))
    return false
  }

  private func read(_ path: String) throws(CommandError) -> String? {
    let place = "\(root)/\(path)"
    guard access(place, F_OK) == 0 else { return nil }
    guard let data = FileManager.default.contents(atPath: place) else {
      throw CommandError("\(place): \(FilePath.unreadable(place))")
    }
    guard let text = String(validating: data, as: UTF8.self) else { throw CommandError("\(place): is no text") }
    return text
  }
}
