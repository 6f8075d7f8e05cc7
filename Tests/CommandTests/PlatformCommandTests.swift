import TestSupport
import Testing

@Suite struct PlatformCommandTests {
  let folder = try! TemporaryFolder()

  private static let runs =
    ["boot", "traffic", "recovery", "sleep"].flatMap { [($0, "mmio"), ($0, "pci")] } + [("hotplug", "pci")]

  @Test(arguments: runs)
  func `every scenario runs on every transport, and twice alike`(scenario: String, transport: String) throws {
    let run = try ipsecLA("platform", scenario, "--transport", transport, "--packets", "6", in: folder)
    #expect(run.status == 0 && run.errors == "", "\(run.output) \(run.errors)")
    #expect(run.output.contains("virtio0"))
    let again = try ipsecLA("platform", scenario, "--transport", transport, "--packets", "6", in: folder)
    #expect(again.output == run.output)
  }

  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `packets go there and back in every version`(version: String) throws {
    let run = try ipsecLA("platform", "traffic", "--spec-version", version, "--cpus", "3", in: folder)
    #expect(run.status == 0)
    #expect(run.output.contains("16 packets encapsulated, decapsulated and compared"))
    #expect(run.output.contains("version: \(version)"))
  }

  @Test func `a card that is pulled leaves nothing behind`() throws {
    let run = try ipsecLA("platform", "hotplug", in: folder)
    #expect(run.status == 0)
    #expect(
      run.output.contains(
        "pulled with 4 packets in flight: 4 given back; left behind: 0 pieces of memory, 0 mappings"), "\(run.output)")
  }

  @Test(arguments: ["traffic", "hotplug"])
  func `a card that finds no room is not passed over for another accelerator`(scenario: String) throws {
    let source = try ipsecLA("tree", "--dts", in: folder).output.replacing("0x0 0x20000000>", with: "0x0 0x1000>")
    try folder.write(source, to: "narrow.dts")
    _ = try Shell.run(["dtc", "-q", "-o", "narrow.dtb", "narrow.dts"], in: folder.path)
    let run = try ipsecLA("platform", scenario, "--transport", "pci", "--tree", "narrow.dtb", in: folder)
    #expect(run.status == 1)
    #expect(run.output.contains("no space"), "\(run.output)")
    #expect(run.errors.hasPrefix("error: platform: scenario: no accelerator in slot 1"), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test func `events are printed where they are asked for`() throws {
    let plain = try ipsecLA("platform", "boot", in: folder)
    #expect(!plain.output.contains("virtio: virtio0: reset"))
    let traced = try ipsecLA("platform", "boot", "--trace", "virtio", "--trace", "uevent", in: folder)
    #expect(traced.output.contains("virtio: virtio0: reset") && traced.output.contains("uevent:"))
  }

  @Test func `a platform is built from a tree of one's own`() throws {
    #expect(try ipsecLA("tree", "--output", "board.dtb", in: folder).status == 0)
    let run = try ipsecLA("platform", "boot", "--tree", "board.dtb", in: folder)
    #expect(run.status == 0 && run.output.contains("virtio0"))
  }

  @Test func `a scenario that finds no accelerator fails with 1`() throws {
    try folder.write(
      """
      /dts-v1/;
      / {
        #address-cells = <2>; #size-cells = <2>;
        memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x1000000>; };
      };
      """, to: "bare.dts")
    _ = try Shell.run(["dtc", "-q", "-o", "bare.dtb", "bare.dts"], in: folder.path)
    let run = try ipsecLA("platform", "traffic", "--tree", "bare.dtb", in: folder)
    #expect(run.status == 1)
    #expect(run.errors == "error: platform: scenario: no accelerator behind a window (-ENODEV)\n")
    #expect(!run.output.contains("no accelerator"), "\(run.output)")
  }

  @Test func `a probe that failed is named where the accelerator is missing`() throws {
    let source = try ipsecLA("tree", "--dts", in: folder).output.replacing(
      "0x40000000 0x0 0x4000000>", with: "0x40000000 0x0 0x10000>")
    try folder.write(source, to: "small.dts")
    _ = try Shell.run(["dtc", "-q", "-o", "small.dtb", "small.dts"], in: folder.path)
    let run = try ipsecLA("platform", "traffic", "--tree", "small.dtb", in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("no accelerator behind a window: virtio_ipsec virtio0: no memory"), "\(run.errors)")
  }

  @Test func `memory that is disabled is none`() throws {
    let source = try ipsecLA("tree", "--dts", in: folder).output.replacing(
      "device_type = \"memory\";", with: "device_type = \"memory\"; status = \"disabled\";")
    try folder.write(source, to: "off.dts")
    _ = try Shell.run(["dtc", "-q", "-o", "off.dtb", "off.dts"], in: folder.path)
    let run = try ipsecLA("platform", "boot", "--tree", "off.dtb", in: folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("no memory"), "\(run.errors)")
  }

  @Test(arguments: [
    (["nonsense"], "nonsense"),
    (["--spec-version", "3.0"], "no version 3.0; there are 0.4, 1.0, 2.0"),
    (["--cpus", "0"], "--cpus is 1 to 64"),
    (["--packets", "0"], "--packets is 1 to 100000"),
    (["--transport", "isa"], "isa"), (["hotplug", "--transport", "mmio"], "hotplug is of cards"),
    (["--trace", "everything"], "everything"),
    (["--tree", "missing.dtb"], "missing.dtb: cannot be read"),
    (["--tree", "garbage.dtb"], "garbage.dtb"),
  ])
  func `bad usage is told in one line on stderr and exits with 2`(arguments: [String], message: String) throws {
    try folder.write("no tree at all", to: "garbage.dtb")
    let run = try Shell.outcome([program, "platform"] + arguments, in: folder.path)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
