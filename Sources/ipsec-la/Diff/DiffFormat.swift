import ArgumentParser
import Foundation
import LayoutDiff

/// How a diff is written.
enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, json, sarif, junit, html

  /// - Parameter artifact: the file that annotations point to.
  func text(_ diff: LayoutDiff, artifact: Artifact) throws -> String {
    switch self {
    case .text: TextReport(diff, isColoured: isatty(STDOUT_FILENO) == 1).text
    case .markdown: MarkdownReport(diff).text
    case .sarif: try Self.json(SARIFReport(diff, artifact: artifact))
    case .junit: JUnitReport(diff).text
    case .html: HTMLReport(diff).text
    case .json: try Self.json(JSONReport(diff))
    }
  }

  /// - Parameters:
  ///   - ours: what our side is called.
  ///   - artifact: the foreign file.
  func text(_ drift: Drift, _ ours: String, artifact: Artifact) throws -> String {
    switch self {
    case .text: drift.text(ours, artifact.path)
    case .markdown: drift.markdown(ours, artifact.path)
    case .json: try Self.json(drift)
    case .sarif: try Self.json(SARIFReport(drift, ours, artifact: artifact))
    case .junit: drift.junit(ours, artifact.path)
    case .html: drift.html(ours, artifact.path)
    }
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
