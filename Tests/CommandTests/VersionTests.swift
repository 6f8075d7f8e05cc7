import TestSupport
import Testing

@Suite struct VersionTests {
  let folder = try! TemporaryFolder()

  @Test func `the program says which it is, and which versions of the interface it knows`() throws {
    let shown = try ipsecLA("--version", in: folder)
    #expect(shown.status == 0 && shown.errors == "")
    #expect(shown.output == "ipsec-la 0.1.0, of virtio-ipsec-la 0.4, 1.0, 2.0\n")
  }
}
