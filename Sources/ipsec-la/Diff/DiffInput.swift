import Foundation
import Model
import Spec
import Wire

/// One side of a diff, as a user names it.
struct DiffInput {
  private let name: String

  init(_ name: String) { self.name = name }

  /// The layout.
  ///
  /// - Throws: `CommandError` if it cannot be read or is not sound.
  func layout() throws(CommandError) -> Layout {
    if let definition = Spec.all.first(where: { "\($0.version)" == name }) { return Layout(definition) }
    throw CommandError("diff: '\(name)' is neither a version nor a file")
  }
}
