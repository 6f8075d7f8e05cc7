@testable import Virtio

extension Bench {
  /// PCI capabilities, as they are linked: offset and ID.
  var pciCapabilities: [(offset: Int, id: UInt32)] {
    var found: [(Int, UInt32)] = []
    var offset = Int(pci!.readConfiguration(at: 0x34, byteCount: 1))
    while offset != 0 && found.count < 48 {
      found.append((offset, pci!.readConfiguration(at: offset, byteCount: 1)))
      offset = Int(pci!.readConfiguration(at: offset + 1, byteCount: 1))
    }
    return found
  }

  /// The virtio structures: type, capability, its length, offset and length of the structure.
  var pciStructures: [(type: UInt32, capability: Int, capLength: UInt32, offset: UInt32, length: UInt32)] {
    pciCapabilities.filter { $0.id == 9 }.map { capability, _ in
      func read(_ offset: Int, _ count: Int) -> UInt32 {
        pci!.readConfiguration(at: capability + offset, byteCount: count)
      }
      return (read(3, 1), capability, read(2, 1), read(8, 4), read(12, 4))
    }
  }
}

/// A configuration space with a capability list of one's own, from 0x40 on.
final class ForgedSpace: RegisterWindow {
  private var bytes: [UInt8]
  private let function: PCIFunction

  init(_ function: PCIFunction, _ capabilities: [[UInt8]]) {
    self.function = function
    bytes = (0..<64).map { UInt8(function.readConfiguration(at: $0, byteCount: 1)) }
    bytes[0x34] = capabilities.isEmpty ? 0 : 0x40
    for (index, capability) in capabilities.enumerated() {
      var padded = capability + [UInt8](repeating: 0, count: (4 - capability.count % 4) % 4)
      padded[1] = index == capabilities.count - 1 ? 0 : UInt8(bytes.count + padded.count)
      bytes += padded
    }
    bytes += [UInt8](repeating: 0, count: max(0, 256 - bytes.count))
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    (0..<byteCount).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    function.writeConfiguration(at: offset, byteCount: byteCount, value)
  }
}
