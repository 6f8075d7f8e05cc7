import DeviceTree
import Virtio
import Wire

/// A function on the PCI bus (`struct pci_dev`).
public final class PCIDevice {
  /// Device and function number: `device << 3 | function`.
  public let devfn: Int
  public let vendor: UInt16
  public let id: UInt16
  /// Its configuration space, through the host's ECAM.
  let space: MappedRegisters
  unowned let host: PCIHost
  public internal(set) var bars: [Int: BAR] = [:]
  private var messages: [Int] = []

  /// A memory BAR.
  public struct BAR: Sendable, Hashable, CustomStringConvertible {
    /// Where it answers, as PCI addresses it.
    public var address: UInt64 = 0
    /// Where the CPU finds that.
    public var cpuAddress: UInt64 = 0
    public let byteCount: UInt64
    public let is64Bit: Bool
    public let isPrefetchable: Bool

    /// As Linux prints a resource.
    public var description: String {
      "[mem 0x\(hex(cpuAddress, 8))-0x\(hex(cpuAddress + byteCount - 1, 8))\(is64Bit ? " 64bit" : "")"
        + "\(isPrefetchable ? " pref" : "")]"
    }
  }

  init(_ devfn: Int, _ space: MappedRegisters, on host: PCIHost) {
    self.devfn = devfn
    self.space = space
    self.host = host
    vendor = space.read(\PCIHeader.vendorID)
    id = space.read(\PCIHeader.deviceID)
  }

  /// Base class, subclass and programming interface, 8 bits each.
  var classCode: UInt32 {
    // Revision and class are one register: a configuration space has no access of three bytes.
    space.read(at: PCIHeader().revision.offset, byteCount: 4) >> 8
  }

  /// As `pci_uevent` writes it.
  var modalias: String {
    func part(_ name: String, _ number: some BinaryInteger, _ width: Int) -> String {
      name + hex(number, width).uppercased()
    }
    let subsystem = (space.read(\PCIHeader.subsystemVendorID), space.read(\PCIHeader.subsystemID))
    return "pci:" + part("v", vendor, 8) + part("d", id, 8) + part("sv", subsystem.0, 8) + part("sd", subsystem.1, 8)
      + part("bc", classCode >> 16, 2) + part("sc", classCode >> 8 & 0xff, 2) + part("i", classCode & 0xff, 2)
  }

  /// Whether it still answers (`pci_device_is_present`).
  var isPresent: Bool { space.read(\PCIHeader.vendorID) == vendor }

  // MARK: Switching on and off

  private func command(_ change: (inout Packed<PCICommand>) -> Void) {
    var command = space.read(\PCIHeader.command)
    change(&command)
    space.write(\PCIHeader.command, command)
  }

  /// Lets the BARs answer, and the function assert its line, whatever somebody left there (`do_pci_enable_device`).
  func enable(_ device: KernelDevice) {
    let before = space.read(\PCIHeader.command)
    command {
      $0[\.memorySpace] = 1
      $0[\.interruptDisable] = 0
    }
    let after = space.read(\PCIHeader.command)
    if after != before { device.info("enabling device (\(hex(before.rawValue, 4)) -> \(hex(after.rawValue, 4)))") }
  }
  /// Lets the device access memory (`pci_set_master`).
  func setMaster() { command { $0[\.busMaster] = 1 } }
  /// Takes both back (`pci_disable_device`).
  func disable() {
    command {
      $0[\.memorySpace] = 0
      $0[\.busMaster] = 0
    }
  }

  // MARK: Messages

  /// Where it is to write messages, and the numbers of the interrupts that its vectors stand for; each vector's message
  /// is its own number.
  ///
  /// - Throws: `DriverError`: ENOTSUPP where nobody takes its messages, EPROBE_DEFER before that is known, ENOSPC where
  ///   too few are to be had, EINVAL where the tree says it in a way that cannot be read.
  func allocateMessages(_ count: Int, for owner: String) throws(DriverError) -> (doorbell: UInt64, numbers: [Int]) {
    let interrupts = host.kernel.interrupts!
    guard interrupts.controller != nil else { throw DriverError(.EPROBE_DEFER, owner, "no interrupt controller") }
    guard let specifier = try host.messages(of: self) else {
      throw DriverError(.ENOTSUPP, owner, "no message controller")
    }
    let found = try interrupts.allocateMessages(count, of: specifier, for: owner)
    messages = found.numbers
    return found
  }

  /// Switches MSI-X off, and gives the vectors back (`pci_free_irq_vectors`).
  func freeMessages() {
    if let capability = PCICapabilities(of: space).msix, isPresent {
      var control = space.read(\MSIXCapability.control, at: capability)
      control[\.enable] = 0
      space.write(\MSIXCapability.control, at: capability, control)
    }
    host.kernel.interrupts.freeMessages(messages)
    messages = []
  }
}

extension KernelDevice {
  /// What the PCI bus knows of the device.
  var pci: PCIDevice {
    guard let data = busData as? PCIDevice else { preconditionFailure("\(label) is no PCI device") }
    return data
  }
}
