/// Whom a memory barrier has to convince.
public enum Barrier: Sendable, Hashable {
  /// Other processors (smp_mb): enough where the device is software on this machine.
  case smp
  /// Devices on the bus as well (mb): what VIRTIO_F_ORDER_PLATFORM asks for.
  case platform
}
