import Yams

/// A YAML file, every scalar of which is a string.
struct YAMLFile {
  let content: Any?

  /// - Throws: `UnreadableInput` for a file that cannot be read or is no YAML.
  init(_ path: String) throws(UnreadableInput) {
    do throws(CommandError) {
      content = try YAMLDocument.root(YAMLDocument.text(at: path), path: path, resolver: .basic)?.any
    } catch {
      throw UnreadableInput(error.description)
    }
  }
}
