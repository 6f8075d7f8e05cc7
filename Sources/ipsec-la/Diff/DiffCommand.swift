import ArgumentParser
import Foundation
import LayoutDiff
import Model

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two layouts, and whom it breaks.",
    discussion: """
      OLD and NEW are each a version (1.0), a layout.json, or git:REV[:VERSION], which is gen/VERSION/layout.json of \
      that revision. One of them may also be a C header or an object with DWARF or BTF: then the report is where it \
      has drifted from the other, numbers by value, structures by place, size and byte order, and what only the header \
      or object has: members, also where ours is reserved, numbers with our prefix, structures with it that travel. \
      Names need not be spelt alike; --mapping says what else they are called.

      Both layouts are executed: what one side writes, the other reads, for made-up values and feature sets. A break \
      is shown with the bytes that show it.

      A rule of behaviour is prose: where its text differs, that is reported (behaviour), fails nothing but \
      --fail-on any, and is for a person to judge. Where one of the two comes or goes that decide who understands \
      whom, the modern device and the check of reserved bytes, that is executed like everything else.

      A suppression needs a reason; one that is expired, or that nothing matches any more, is an error:

        - rule: field-moved
          place: create_sa.num_sas
          reason: no driver of the old version was ever released
          expires: 2027-06-30

      A mapping is a YAML mapping of our names to theirs, where these are not alike:

        VIRTIO_IPSEC_F_ESN: MY_ESN_BIT
        create_sa: my_create_request
        create_sa.num_sas: count

      --fail-on says what a failure is: source, the default, is either kind of break; wire is only the wire's; any is \
      any change; never is none. Of a drift, what differs and what stands in reserved bytes breaks the wire, what is \
      missing breaks sources, and what is only theirs breaks nothing.

      Exit codes: 0 nothing that --fail-on names; 1 a change that breaks nothing; 2 bad usage; 3 sources break; 4 the \
      wire breaks, in some feature sets or in all, or a verdict is contradicted by its proof; 5 an input cannot be \
      read: a layout, header, object, suppression or mapping file, or a header that has nothing of ours. A suppression \
      or mapping that can be read and is wrong is bad usage.

      Examples:
        ipsec-la diff 1.0 2.0
        ipsec-la diff git:HEAD~1 gen/2.0/layout.json --fail-on wire
        ipsec-la diff 0.4 1.0 --format html > changes.html
        ipsec-la diff 1.0 drivers/crypto/virtio_ipsec.h --mapping names.yaml
      """)

  @Argument(help: ArgumentHelp("The old side.", valueName: "old")) var old: String
  @Argument(help: ArgumentHelp("The new side.", valueName: "new")) var new: String

  @Option(help: "How to write it.")
  var format = DiffFormat.text

  @Option(help: "From what on to fail.")
  var failOn = FailLevel.source

  @Option(
    help: ArgumentHelp(
      "YAML of changes to leave out: a list of rule, place, reason and perhaps expires.", valueName: "file"))
  var suppressions: String?

  @Option(help: ArgumentHelp("YAML of our names and those of the header or object.", valueName: "file"))
  var mapping: String?

  @Option(help: "What random choices start from; 1 if not given.")
  var seed: UInt64?

  func run() throws {
    do {
      switch (ForeignInput(old), ForeignInput(new)) {
      case (nil, nil): try report()
      case (nil, let foreign?): try report(drift: foreign, from: old)
      case (let foreign?, nil): try report(drift: foreign, from: new)
      case (_?, _?): throw CommandError("diff: one side is to be a version or a layout.json")
      }
    } catch let error as UnreadableInput {
      FileHandle.standardError.write(Data("error: diff: \(error)\n".utf8))
      throw ExitCode(DiffExit.unreadable)
    }
  }

  private func report() throws {
    if mapping != nil { throw CommandError("diff: --mapping is for a header or an object") }
    let (before, after) = (DiffInput(old), DiffInput(new))
    var diff = LayoutDiff(old: try before.layout(), new: try after.layout(), seed: seed ?? 1)
    if let suppressions { diff = try SuppressionFile(suppressions).applied(to: diff) }
    print(try format.text(diff, artifact: after.artifact), terminator: "")
    for contradiction in diff.contradictions {
      let text = "error: diff: a verdict is contradicted by its proof: \(contradiction)".onOneLine
      FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
    try end(failOn.exitCode(diff))
  }

  /// Compares a definition with a header or an object.
  private func report(drift foreign: ForeignInput, from name: String) throws {
    if suppressions != nil { throw CommandError("diff: --suppressions is for two layouts; --mapping tells of names") }
    if seed != nil { throw CommandError("diff: --seed is for two layouts; nothing is random in a drift report") }
    let layout = try DiffInput(name).layout()
    let names = try mapping.map { try NameMapping($0).names } ?? [:]
    let definition = try foreign.definition(for: layout, names: names)
    if let mapping, let stray = Drift.strays(names, layout, definition).first {
      throw CommandError("diff: \(mapping): \(stray)")
    }
    let drift = Drift(layout, definition, names: names)
    guard drift.isRelated else {
      throw UnreadableInput("\(foreign.path): has nothing of \(layout.prefix) \(layout.version), whatever its spelling")
    }
    print(try format.text(drift, layout.version, artifact: foreign.artifact), terminator: "")
    try end(failOn.exitCode(drift))
  }

  private func end(_ code: Int32) throws {
    if code != 0 { throw ExitCode(code) }
  }
}
