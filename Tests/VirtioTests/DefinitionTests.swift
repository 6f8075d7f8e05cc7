import Foundation
import Testing
import Virtio
import Wire

/// Structures and registers stand where Linux's headers say.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/include/linux/virtio_pci.h")))
struct DefinitionTests {
  /// The numbers that a header of the kernel's interface defines.
  private func numbers(_ header: String) throws -> [String: Int] {
    let text = try String(contentsOfFile: "/usr/include/linux/\(header).h", encoding: .utf8)
    var numbers: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 3, words[0] == "#define" else { continue }
      let isHexadecimal = words[2].hasPrefix("0x")
      numbers[String(words[1])] = Int(isHexadecimal ? words[2].dropFirst(2) : words[2], radix: isHexadecimal ? 16 : 10)
    }
    return numbers
  }

  private func offsets<Schema: Message>(of type: Schema.Type) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: type.fields.map { ($0.name, $0.offset) })
  }

  private func check<Schema: Message>(_ type: Schema.Type, _ header: String, _ names: [String: String]) throws {
    let (numbers, offsets) = (try numbers(header), offsets(of: type))
    #expect(!names.isEmpty)
    for (field, macro) in names {
      let number = try #require(numbers[macro], "\(macro)")
      #expect(number == offsets[field], "\(field)")
    }
  }

  @Test func `the common configuration`() throws {
    try check(
      CommonConfiguration.self, "virtio_pci",
      [
        "device_feature_select": "VIRTIO_PCI_COMMON_DFSELECT", "device_feature": "VIRTIO_PCI_COMMON_DF",
        "driver_feature_select": "VIRTIO_PCI_COMMON_GFSELECT", "driver_feature": "VIRTIO_PCI_COMMON_GF",
        "configuration_vector": "VIRTIO_PCI_COMMON_MSIX", "queue_count": "VIRTIO_PCI_COMMON_NUMQ",
        "status": "VIRTIO_PCI_COMMON_STATUS", "configuration_generation": "VIRTIO_PCI_COMMON_CFGGENERATION",
        "queue_select": "VIRTIO_PCI_COMMON_Q_SELECT", "queue_size": "VIRTIO_PCI_COMMON_Q_SIZE",
        "queue_vector": "VIRTIO_PCI_COMMON_Q_MSIX", "queue_enable": "VIRTIO_PCI_COMMON_Q_ENABLE",
        "queue_notify_offset": "VIRTIO_PCI_COMMON_Q_NOFF", "queue_descriptors": "VIRTIO_PCI_COMMON_Q_DESCLO",
        "queue_driver": "VIRTIO_PCI_COMMON_Q_AVAILLO", "queue_device": "VIRTIO_PCI_COMMON_Q_USEDLO",
        "queue_notification_data": "VIRTIO_PCI_COMMON_Q_NDATA", "queue_reset": "VIRTIO_PCI_COMMON_Q_RESET",
      ])
  }

  @Test func `the virtio capabilities`() throws {
    try check(
      VirtioCapability.self, "virtio_pci",
      [
        "cap_vndr": "VIRTIO_PCI_CAP_VNDR", "cap_next": "VIRTIO_PCI_CAP_NEXT", "cap_len": "VIRTIO_PCI_CAP_LEN",
        "cfg_type": "VIRTIO_PCI_CAP_CFG_TYPE", "bar": "VIRTIO_PCI_CAP_BAR", "offset": "VIRTIO_PCI_CAP_OFFSET",
        "length": "VIRTIO_PCI_CAP_LENGTH",
      ])
    try check(NotifyCapability.self, "virtio_pci", ["notify_off_multiplier": "VIRTIO_PCI_NOTIFY_CAP_MULT"])
    let numbers = try numbers("virtio_pci")
    // Headers older than the vendor's data do not number it.
    for type in StructureType.allCases where type != .vendor {
      #expect(try #require(numbers["VIRTIO_PCI_CAP_\(type.entry.name)"]) == Int(type.rawValue))
    }
  }

  @Test func `the MMIO registers`() throws {
    let fields = offsets(of: MMIORegisters.self)
    let numbers = try numbers("virtio_mmio")
    for (field, macro) in [
      "magic_value": "MAGIC_VALUE", "version": "VERSION", "device_id": "DEVICE_ID", "vendor_id": "VENDOR_ID",
      "device_features": "DEVICE_FEATURES", "device_features_select": "DEVICE_FEATURES_SEL",
      "driver_features": "DRIVER_FEATURES", "driver_features_select": "DRIVER_FEATURES_SEL",
      "queue_select": "QUEUE_SEL", "queue_size_maximum": "QUEUE_NUM_MAX", "queue_size": "QUEUE_NUM",
      "queue_ready": "QUEUE_READY", "queue_notify": "QUEUE_NOTIFY", "interrupt_status": "INTERRUPT_STATUS",
      "interrupt_acknowledge": "INTERRUPT_ACK", "status": "STATUS", "queue_descriptors": "QUEUE_DESC_LOW",
      "queue_driver": "QUEUE_AVAIL_LOW", "queue_device": "QUEUE_USED_LOW", "shared_memory_select": "SHM_SEL",
      "shared_memory_length": "SHM_LEN_LOW", "shared_memory_base": "SHM_BASE_LOW",
      "configuration_generation": "CONFIG_GENERATION",
    ] {
      let number = try #require(numbers["VIRTIO_MMIO_\(macro)"], "\(macro)")
      #expect(number == fields[field], "\(field)")
    }
    #expect(numbers["VIRTIO_MMIO_CONFIG"] == MMIORegisters.byteCount)
  }

  @Test func `feature and status bits`() throws {
    let numbers = try numbers("virtio_config").merging(numbers("virtio_ring")) { first, _ in first }
    let features: [(FeatureSet, String)] = [
      (.indirectDescriptors, "RING_F_INDIRECT_DESC"), (.eventIndex, "RING_F_EVENT_IDX"), (.version1, "F_VERSION_1"),
      (.accessPlatform, "F_ACCESS_PLATFORM"), (.ringPacked, "F_RING_PACKED"), (.inOrder, "F_IN_ORDER"),
      (.orderPlatform, "F_ORDER_PLATFORM"), (.srIOV, "F_SR_IOV"), (.ringReset, "F_RING_RESET"),
    ]
    for (feature, macro) in features {
      #expect(feature == FeatureSet(bit: try #require(numbers["VIRTIO_\(macro)"], "\(macro)")), "\(macro)")
    }
    let bits: [(DeviceStatus, String)] = [
      (.acknowledge, "ACKNOWLEDGE"), (.driver, "DRIVER"), (.driverOK, "DRIVER_OK"), (.featuresOK, "FEATURES_OK"),
      (.needsReset, "NEEDS_RESET"), (.failed, "FAILED"),
    ]
    for (bit, macro) in bits { #expect(Int(bit.rawValue) == numbers["VIRTIO_CONFIG_S_\(macro)"], "\(macro)") }
    // Newer than some headers.
    #expect(FeatureSet.notificationData == FeatureSet(bit: 38) && .notificationConfigData == FeatureSet(bit: 39))
    #expect(FeatureSet.adminQueue == FeatureSet(bit: 41) && FeatureSet.suspend == FeatureSet(bit: 43))
    #expect(DeviceStatus.suspend.rawValue == 0x10)
  }

  @Test func `the PCI header and MSI-X`() throws {
    try check(
      PCIHeader.self, "pci_regs",
      [
        "vendor_id": "PCI_VENDOR_ID", "device_id": "PCI_DEVICE_ID", "command": "PCI_COMMAND", "status": "PCI_STATUS",
        "revision": "PCI_REVISION_ID", "class_code": "PCI_CLASS_PROG", "bars": "PCI_BASE_ADDRESS_0",
        "subsystem_vendor_id": "PCI_SUBSYSTEM_VENDOR_ID", "subsystem_id": "PCI_SUBSYSTEM_ID",
        "capabilities": "PCI_CAPABILITY_LIST", "interrupt_line": "PCI_INTERRUPT_LINE",
        "interrupt_pin": "PCI_INTERRUPT_PIN",
      ])
    try check(
      MSIXCapability.self, "pci_regs",
      ["control": "PCI_MSIX_FLAGS", "table": "PCI_MSIX_TABLE", "pending": "PCI_MSIX_PBA"])
    try check(
      MSIXEntry.self, "pci_regs",
      [
        "address": "PCI_MSIX_ENTRY_LOWER_ADDR", "data": "PCI_MSIX_ENTRY_DATA", "control": "PCI_MSIX_ENTRY_VECTOR_CTRL",
      ])
  }
}
