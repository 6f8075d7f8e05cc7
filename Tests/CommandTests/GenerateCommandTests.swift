import Foundation
import TestSupport
import Testing

/// The program as it was built, beside the tests.
let program: String = {
  let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  var folder = tests.deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: "ipsec-la").path
}()

func ipsecLA(_ arguments: String..., in folder: TemporaryFolder) throws -> Shell.Outcome {
  try Shell.outcome([program] + arguments, in: folder.path)
}

@Suite struct GenerateCommandTests {
  let folder = try! TemporaryFolder()

  private func files() throws -> [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
  }

  @Test func `what was generated passes the check`() throws {
    #expect(try ipsecLA("generate", in: folder).status == 0)
    let check = try ipsecLA("generate", "--check", in: folder)
    #expect(check.status == 0)
    #expect(check.output + check.errors == "")
    #expect(try !files().contains { $0.hasSuffix(".new") })
  }

  @Test func `a file edited by hand fails the check, which shows the line and the command that repairs`() throws {
    _ = try ipsecLA("generate", "--spec-version", "2.0", in: folder)
    let header = "gen/2.0/linux/include/uapi/linux/virtio_ipsec.h"
    try folder.write(folder.read(header).replacing("__le32 input_length;", with: "__le32 length;"), to: header)
    let check = try ipsecLA("generate", "--check", "--spec-version", "2.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("\(header): differs"))
    #expect(check.output.contains("+\t__le32 input_length;"))
    #expect(check.errors.contains("repair with: ipsec-la generate --spec-version 2.0"))
    #expect(check.errors.split(separator: "\n").count == 1)
  }

  @Test func `a file that nothing generates, and one that is gone, fail the check`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    try folder.write("", to: "gen/1.0/linux/stray.h")
    try FileManager.default.removeItem(at: folder.url("gen/1.0/layout.json"))
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("gen/1.0/linux/stray.h: nothing generates it"))
    #expect(check.output.contains("gen/1.0/layout.json: missing"))
  }

  @Test(arguments: [
    (["--spec-version", "3.0"], "there is no version '3.0'; there are 0.4, 1.0, 2.0"),
    (["--device-id", "0"], "--device-id: 0 is not between 1 and 65535"),
    (["--device-id", "x"], "device-id"),
    (["--output", ""], "--output: names no folder"),
    (["--nonsense"], "nonsense"),
  ])
  func `bad usage is told and exits with 2`(_ arguments: [String], _ message: String) throws {
    let outcome = try Shell.outcome([program, "generate"] + arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message))
    #expect(try files().isEmpty)
  }

  @Test func `a place that cannot be written is one line, and nothing is half-written`() throws {
    try folder.write("in the way", to: "gen/2.0/linux")
    let outcome = try ipsecLA("generate", in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("gen/2.0/linux"))
    let left = try files()
    #expect(!left.contains { $0.hasSuffix(".h") || $0.hasSuffix(".new") || $0.hasSuffix(".json") })
  }

  @Test func `a device ID moves the PCI ID with it`() throws {
    #expect(try ipsecLA("generate", "--spec-version", "2.0", "--device-id", "50", in: folder).status == 0)
    let header = try folder.read("gen/2.0/linux/include/uapi/linux/virtio_ipsec.h")
    #expect(header.contains(/VIRTIO_IPSEC_DEVICE_ID\s+50\b/))
    #expect(header.contains(/VIRTIO_IPSEC_PCI_DEVICE_ID\s+0x1072\b/))
  }

  @Test func `help teaches`() throws {
    let help = try ipsecLA("generate", "--help", in: folder)
    #expect(help.status == 0)
    #expect(help.output.contains("Exit codes"))
    #expect(help.output.contains("Examples"))
  }
}
