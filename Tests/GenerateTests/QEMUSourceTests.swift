import Model
import Testing

@testable import Generate

@Suite struct QEMUSourceTests {
  let layout: Layout
  let device: QEMUDevice

  init() throws {
    layout = try #require(layouts.last)
    device = try #require(QEMUDevice(layout, for: .standard))
  }

  private func source(_ suffix: String) throws -> String {
    try #require(device.files.first { $0.artefact.path.hasSuffix(suffix) }).artefact.contents
  }

  @Test func `no place of a template is left open, and no line ends in white space`() {
    for (_, artefact) in device.files {
      #expect(!artefact.contents.contains(/@[A-Za-z_-]+@/), "\(artefact.path)")
      #expect(!artefact.contents.contains(/[ \t]\n/), "\(artefact.path)")
      #expect(artefact.contents.hasSuffix("\n") && !artefact.contents.hasSuffix("\n\n"), "\(artefact.path)")
    }
  }

  @Test func `every feature is a property, and masked by the back end's`() throws {
    let text = try source("vhost-user-ipsec-la.c")
    for feature in layout.features {
      #expect(text.contains("    \(feature.name),\n"), "not masked: \(feature.name)")
      if !feature.isForeign { #expect(text.contains("\(feature.name)),\n"), "no property: \(feature.name)") }
    }
  }

  @Test func `every control command can be traced by its name`() throws {
    let text = try source("-trace.c")
    let service = try #require(layout.services.first { $0.queues == ["controlq"] })
    for command in service.commands { #expect(text.contains("\"\(command.name)\" },"), "\(command.name)") }
  }

  @Test func `every register that the guest writes is passed on`() throws {
    let text = try source("vhost-user-ipsec-la.c")
    for register in layout.registers {
      let row = "{ \"\(register.name)\", \(register.offset), "
      #expect(text.contains(row) == (register.access != .readOnly), "\(register.name)")
    }
  }

  @Test(arguments: QEMURelease.all)
  func `the series holds every file and every change, and its hunks count their lines`(release: QEMURelease) throws {
    let device = try #require(QEMUDevice(layout, for: release))
    let artefacts = QEMUSeries(device).artefacts
    #expect(artefacts.first?.path == "0000-cover-letter.txt")
    let patches = artefacts.dropFirst()
    #expect(patches.count == QEMUDevice.Step.allCases.count)
    let text = patches.map(\.contents).joined()
    for (_, artefact) in device.files { #expect(text.contains("+++ b/\(artefact.path)\n")) }
    for change in device.treeChanges { #expect(text.contains(change.added.map { "+\($0)\n" }.joined())) }
    for patch in patches { try check(patch) }
  }

  /// Whether each hunk of a patch has as many lines as its header says.
  private func check(_ patch: Artefact) throws {
    let hunks = patch.contents.matches(of: /@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@\n((?:[ +-].*\n)+?)(?=diff|@@|-- \n)/)
    #expect(!hunks.isEmpty, "\(patch.path)")
    for hunk in hunks {
      let lines = hunk.output.3.split(separator: "\n")
      #expect(Int(hunk.output.1 ?? "1") == lines.count { !$0.hasPrefix("+") }, "\(patch.path)")
      #expect(Int(hunk.output.2 ?? "1") == lines.count { !$0.hasPrefix("-") }, "\(patch.path)")
    }
  }
}
