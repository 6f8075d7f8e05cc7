/// Modules of the platform and of virtio, each with the drivers that Linux has in it.
extension Module {
  /// The virtio bus (`virtio`).
  public static func virtio() -> Module {
    Module("virtio") { (kernel) throws(DriverError) in
      if kernel.bus("virtio") == nil { _ = Bus("virtio", kernel) }
    } exit: { _ in
    }
  }

  /// A module with one driver of a bus.
  public static func driver(
    _ name: String, on bus: String, needs: [String] = [], _ driver: any DeviceDriver
  ) -> Module {
    Module(name, needs: needs) { (kernel) throws(DriverError) in
      guard let bus = kernel.bus(bus) else { throw DriverError(.ENODEV, name, "no bus '\(bus)'") }
      try bus.register(driver)
    } exit: { kernel in
      kernel.bus(bus)?.unregister(driver)
    }
  }

  public static func interruptController() -> Module {
    driver("irq_gic", on: "platform", InterruptControllerDriver())
  }

  public static func virtioMMIO() -> Module {
    driver("virtio_mmio", on: "platform", needs: ["virtio"], VirtioMMIODriver())
  }

  /// The PCI bus, with the driver of its host bridge.
  public static func pci() -> Module {
    Module("pci_host_generic") { (kernel) throws(DriverError) in
      if kernel.bus("pci") == nil { _ = Bus("pci", kernel) }
      guard let platform = kernel.bus("platform") else { throw DriverError(.ENODEV, "pci", "no platform bus") }
      try platform.register(PCIHostDriver())
    } exit: { kernel in
      guard let platform = kernel.bus("platform") else { return }
      for driver in platform.drivers where driver is PCIHostDriver { platform.unregister(driver) }
    }
  }

  public static func virtioPCI() -> Module {
    driver("virtio_pci", on: "pci", needs: ["virtio", "pci_host_generic"], VirtioPCIDriver())
  }
}
