import Model
import Testing

@testable import Generate

@Suite struct LibvirtDomainTests {
  let layout: Layout
  let domain: String
  let page: String

  init() throws {
    layout = try #require(layouts.last)
    let artefacts = try Self.artefacts(layout)
    domain = try #require(artefacts.first { $0.path == "libvirt/vhost-user-ipsec-la.xml" }).contents
    page = try #require(artefacts.first { $0.path == "libvirt/vhost-user-ipsec-la.md" }).contents
  }

  private static func artefacts(_ layout: Layout) throws -> [Artefact] {
    try #require(QEMUDevice(layout, for: .standard).flatMap(LibvirtDomain.init)).artefacts
  }

  @Test(arguments: layouts)
  func `what has a device in QEMU has a domain, and nothing else`(layout: Layout) {
    let hasDomain = Artefact.all(of: layout).contains { $0.path.hasPrefix("libvirt/") }
    #expect(hasDomain == (QEMUDevice(layout, for: .standard) != nil))
  }

  @Test func `a device that PCI has no ID for has no domain`() throws {
    #expect(!Artefact.all(of: layout.withDeviceID(63)).filter { $0.path.hasPrefix("libvirt/") }.isEmpty)
    #expect(Artefact.all(of: layout.withDeviceID(64)).filter { $0.path.hasPrefix("libvirt/") }.isEmpty)
  }

  @Test(arguments: [layouts[layouts.count - 1], layouts[layouts.count - 1].withDeviceID(42)])
  func `a comment in XML has no two dashes in it`(layout: Layout) throws {
    let domain = try #require(Self.artefacts(layout).first).contents
    let comments = domain.matches(of: /(?s)<!--(.*?)-->/)
    #expect(comments.count == 5)
    for comment in comments { #expect(!comment.output.1.contains("--")) }
  }

  @Test func `no place of a template is left open, and no line is long or ends in white space`() {
    for text in [domain, page] {
      #expect(!text.contains(/@[A-Za-z_-]+@/))
      #expect(!text.contains(/[ \t]\n/))
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }
    #expect(domain.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func `QEMU is given the chardev first, then the device that names it`() {
    let arguments = domain.matches(of: /<qemu:arg value='([^']*)'\/>/).map { String($0.output.1) }
    #expect(arguments.count == 4)
    #expect(arguments[0] == "-chardev" && arguments[1].hasPrefix("socket,id=ipsec0,path=/run/ipsec-la/ipsec0.sock"))
    #expect(arguments[2] == "-device" && arguments[3].hasPrefix("vhost-user-ipsec-la-pci,"))
    #expect(arguments[3].contains(",chardev=ipsec0,queues=2,"))
  }

  @Test func `the page has the device's IDs and limits`() throws {
    #expect(page.contains("PCI device 1af4:107f (virtio device ID 63)"))
    #expect(page.contains("`queues=`, 1 to 127"))
    #expect(page.contains("4 for each queue, 1024 for 127 pairs"))
    let other = try #require(Self.artefacts(layout.withDeviceID(42)).last).contents
    #expect(other.contains("PCI device 1af4:106a (virtio device ID 42)"))
  }
}
