@testable import Virtio
import Wire

/// What a register access means, over MMIO and PCI alike.
enum Step: Equatable {
  /// The status is written, or read.
  case status(UInt8)
  case statusRead(UInt8)
  /// A word of feature bits, after its selector was written; nil where it was not.
  case deviceFeatures(word: Int?, UInt32)
  case driverFeatures(word: Int?, UInt32)
  case queueSize(Int, UInt32)
  case queueSizeRead(Int, UInt32)
  /// 32 bits of an address: descriptors, driver area, device area; low half first.
  case queueAddress(Int, part: Int, half: Int, UInt32)
  case queueEnable(Int, UInt32)
  case queueEnableRead(Int, UInt32)
  case queueVector(Int, UInt32)
  case queueVectorRead(Int, UInt32)
  case configurationVector(UInt32)
  case notificationData(Int, UInt32)
  case kick(value: UInt32, byteCount: Int)
  case configurationRead(Int)
  case configurationWrite(Int)
  case generation(UInt32)
  case interruptStatus(UInt32)
  case interruptAcknowledge(UInt32)
}

/// Keeps what selectors say, and tells what each access means.
struct StepDecoder {
  private var queue = 0
  private var deviceWord: Int?
  private var driverWord: Int?

  init() {}

  /// The step; nil for what only prepares one, and for what belongs to the bus.
  mutating func decode(_ access: Access) -> Step? {
    switch access.place {
    case .mmio: decodeMMIO(access)
    case .bar4: decodePCI(access)
    case .space, .bar1: nil
    }
  }

  private mutating func decodeMMIO(_ access: Access) -> Step? {
    let (isWrite, value) = (access.isWrite, access.value)
    switch access.offset {
    case 0x010: return .deviceFeatures(word: deviceWord, value)
    case 0x014: deviceWord = Int(value)
    case 0x020: return .driverFeatures(word: driverWord, value)
    case 0x024: driverWord = Int(value)
    case 0x030: queue = Int(value)
    case 0x034: return .queueSizeRead(queue, value)
    case 0x038: return .queueSize(queue, value)
    case 0x044: return isWrite ? .queueEnable(queue, value) : .queueEnableRead(queue, value)
    case 0x050: return .kick(value: value, byteCount: access.byteCount)
    case 0x060: return .interruptStatus(value)
    case 0x064: return .interruptAcknowledge(value)
    case 0x070: return status(access)
    case 0x080..<0x0a8:
      return .queueAddress(queue, part: (access.offset - 0x80) / 0x10, half: access.offset / 4 % 4, value)
    case 0x0fc: return .generation(value)
    case 0x100...: return configuration(access, at: access.offset - 0x100)
    default: break
    }
    return nil
  }

  private mutating func decodePCI(_ access: Access) -> Step? {
    let (isWrite, value) = (access.isWrite, access.value)
    switch access.offset {
    case 0x00: deviceWord = Int(value)
    case 0x04: return .deviceFeatures(word: deviceWord, value)
    case 0x08: driverWord = Int(value)
    case 0x0c: return .driverFeatures(word: driverWord, value)
    case 0x10: return isWrite ? .configurationVector(value) : nil
    case 0x14: return status(access)
    case 0x15: return .generation(value)
    case 0x16: queue = Int(value)
    case 0x18: return isWrite ? .queueSize(queue, value) : .queueSizeRead(queue, value)
    case 0x1a: return isWrite ? .queueVector(queue, value) : .queueVectorRead(queue, value)
    case 0x1c: return isWrite ? .queueEnable(queue, value) : .queueEnableRead(queue, value)
    case 0x20..<0x38:
      return .queueAddress(queue, part: (access.offset - 0x20) / 8, half: access.offset / 4 % 2, value)
    case 0x38: return .notificationData(queue, value)
    case PCIFunction.isrOffset: return .interruptStatus(value)
    case PCIFunction.notifyOffset...: return .kick(value: value, byteCount: access.byteCount)
    case PCIFunction.deviceOffset..<PCIFunction.notifyOffset:
      return configuration(access, at: access.offset - PCIFunction.deviceOffset)
    default: break
    }
    return nil
  }

  private func status(_ access: Access) -> Step {
    let value = UInt8(truncatingIfNeeded: access.value)
    return access.isWrite ? .status(value) : .statusRead(value)
  }

  private func configuration(_ access: Access, at offset: Int) -> Step {
    access.isWrite ? .configurationWrite(offset) : .configurationRead(offset)
  }
}
