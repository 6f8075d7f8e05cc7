public import ArgumentParser
import Device
import DeviceTree
public import Driver
import Spec
import Testbench
import Virtio
import Wire

struct PlatformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platform",
    abstract: "Boots a simulated platform, and shows driver and device at work.",
    discussion: """
      Builds a platform from a device tree, loads the kernel's modules, prints what the kernel says meanwhile, as \
      dmesg would, and the tree of devices; then runs a scenario:

        boot      nothing more
        traffic   an application of the g-API: open, SAs, packets there and back, what was counted, close
        recovery  the device asks for a reset under traffic
        sleep     the system sleeps and wakes up between packets
        hotplug   a card is plugged in, used, and pulled out under traffic

      The same arguments give the same output.

      Exit codes: 0 done; 1 the scenario failed; 2 bad usage, or a tree that cannot be built.

      Examples:
        ipsec-la platform
        ipsec-la platform traffic --transport pci --cpus 4 --spec-version 1.0
        ipsec-la platform recovery --trace virtio --trace interrupt
        ipsec-la platform boot --tree board.dtb
      """)

  @Argument(help: ArgumentHelp("What to run.", valueName: "scenario"))
  var scenario = Scenario.traffic

  @Option(help: ArgumentHelp("Version of the interface.", valueName: "version"))
  var specVersion = "2.0"

  @Option(help: "Where the accelerator is: mmio, or pci; hotplug is of pci. (default: mmio)")
  var transport: Transport?

  @Option(help: "Virtual CPUs, each with queue pairs of its own.")
  var cpus = 2

  @Option(help: "Packets of the scenario.")
  var packets = 16

  @Option(help: ArgumentHelp("A flattened device tree to build the platform from.", valueName: "file"))
  var tree: String?

  @Option(help: ArgumentHelp("Kinds of events to print beside messages.", valueName: "kind"))
  var trace: [TraceEvent.Kind] = []

  enum Scenario: String, ExpressibleByArgument, CaseIterable { case boot, traffic, recovery, sleep, hotplug }
  enum Transport: String, ExpressibleByArgument, CaseIterable { case mmio, pci }

  func validate() throws {
    guard (1...64).contains(cpus) else { throw ValidationError("--cpus is 1 to 64.") }
    guard scenario != .hotplug || transport != .mmio else {
      throw ValidationError("hotplug is of cards: --transport is pci.")
    }
    guard (1...100_000).contains(packets) else { throw ValidationError("--packets is 1 to 100000.") }
  }

  func run() throws {
    guard let definition = Spec.all.first(where: { $0.version.description == specVersion }) else {
      throw CommandError(
        "platform: no version \(specVersion); there are \(Spec.all.map(\.version.description).joined(separator: ", "))")
    }
    let platform = try build(definition)
    do throws(DriverError) {
      let workload = PlatformScenario(platform, packets: packets, slot: isOnPCI ? Self.slot : nil)
      try platform.boot()
      print("\n" + platform.kernel.sysfs)
      try workload.run(scenario)
      print("\n" + platform.kernel.interrupts.table, terminator: "")
    } catch {
      note("error: platform: \("\(error)".onOneLine)")
      throw ExitCode.failure
    }
  }

  /// Where the card is.
  private static let slot = 1
  private var isOnPCI: Bool { transport == .pci || scenario == .hotplug }

  /// - Throws: `CommandError` for a tree that cannot be read, or of which no platform can be built.
  private func build(_ definition: Definition) throws(CommandError) -> Platform {
    let tree = try DeviceTreeFile(self.tree, deviceID: isOnPCI ? nil : UInt32(definition.identity.deviceID)).tree
    do throws(DriverError) { return try build(definition, tree) } catch { throw CommandError("platform: \(error)") }
  }

  private func build(_ definition: Definition, _ tree: DeviceTree) throws(DriverError) -> Platform {
    var profile = AcceleratorProfile(definition.version)
    profile.pairs = 2 * cpus
    let platform = try Platform(tree, profile: profile, cpuCount: cpus)
    platform.kernel.log.kinds = Set([.message] + trace)
    platform.kernel.log.observer = { print($0) }
    if isOnPCI && scenario != .hotplug { try platform.insert(into: Self.slot) }
    return platform
  }
}

extension TraceEvent.Kind: ExpressibleByArgument {}
