import TestSupport
import Testing

@Suite struct ShowCommandTests {
  let folder = try! TemporaryFolder()

  @Test(arguments: ["0.4", "1.0", "2.0"], ["registers", "features", "queues", "commands", "errata", "ctrl_hdr"])
  func `a topic or a name is shown in every format`(version: String, topic: String) throws {
    for format in ["text", "json", "markdown"] {
      let shown = try ipsecLA("show", topic, "--spec-version", version, "--format", format, in: folder)
      #expect(shown.status == 0 && shown.errors == "" && !shown.output.isEmpty)
    }
  }

  @Test func `the device ID can be another`() throws {
    let shown = try ipsecLA("show", "identity", "--device-id", "40", in: folder)
    #expect(shown.output.contains("0x1068"))
  }

  @Test(arguments: [
    (["ctrl_hrd"], "version 2.0 has no 'ctrl_hrd'; is it ctrl_hdr"),
    (["--spec-version", "all"], "there is no version 'all'; there are 0.4, 1.0, 2.0"),
    (["--device-id", "65536"], "'65536' is invalid for '--device-id <number>'"),
    (["registers", "--format", "xml"], "xml"),
  ])
  func `bad usage is told on stderr and exits with 2`(arguments: [String], message: String) throws {
    let shown = try Shell.outcome([program, "show"] + arguments, in: folder.path)
    #expect(shown.status == 2)
    #expect(shown.output == "")
    #expect(shown.errors.contains(message))
  }
}
