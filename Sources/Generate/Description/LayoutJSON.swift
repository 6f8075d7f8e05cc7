// The one use of Foundation down here: a well-kept JSON encoder is better than one of our own.
import FoundationEssentials
import Model

/// A layout, or a piece of one, as JSON: keys sorted, two spaces of indentation, so that a diff of two files reads well.
enum LayoutJSON {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { preconditionFailure("a layout is plain values") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
