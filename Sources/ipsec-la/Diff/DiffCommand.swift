import ArgumentParser
import Foundation
import LayoutDiff

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two layouts, and whom it breaks.",
    discussion: """
      OLD and NEW are each a version (1.0), a layout.json, or git:REV[:VERSION], which is gen/VERSION of that revision.

      Both layouts are executed: what one side writes, the other reads, for made-up values and feature sets. A break is \
      shown with the bytes that show it.

      Exit codes: 0 nothing that breaks; 2 bad usage; 3 sources break; 4 the wire breaks, in some feature sets or in \
      all; 5 an input cannot be read.

      Examples:
        ipsec-la diff 1.0 2.0
        ipsec-la diff git:HEAD~1 gen/2.0/layout.json
      """)

  @Argument(help: ArgumentHelp("The old side.", valueName: "old")) var old: String
  @Argument(help: ArgumentHelp("The new side.", valueName: "new")) var new: String

  @Option(help: "What random choices start from.")
  var seed: UInt64 = 1

  func run() throws {
    let diff = LayoutDiff(old: try DiffInput(old).layout(), new: try DiffInput(new).layout(), seed: seed)
    print(TextReport(diff, isColoured: isatty(STDOUT_FILENO) == 1).text, terminator: "")
  }
}
