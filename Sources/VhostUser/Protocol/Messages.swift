public import Wire

// What travels in frames (vhost-user protocol, Message specification). Integers are in the order of the machine on
// which both sides run; all that run this are little-endian.

/// How every frame starts.
public struct FrameHeader: Message {
  public let request = Field<UInt32>(at: 0, "Which request, or which one is answered.")
  public let flags = Field<Packed<FrameFlags>>(at: 4, "Version of the protocol, and what kind of frame.")
  public let size = Field<UInt32>(at: 8, "Bytes that follow.")

  public static let name: StaticString = "header"
  public static let summary: StaticString = "How every frame starts."
  public static let byteCount = 12
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

public struct FrameFlags: BitLayout {
  public let version = Bits(0...1, "1.")
  public let reply = Bits(2, "The frame is an answer.")
  public let needReply = Bits(3, "The sender waits for an answer even where there is none by itself.")

  public typealias Storage = UInt32
  public static let name: StaticString = "flags"
  public static let summary: StaticString = "Kind of frame."
  public init() {}
}

/// Feature bits, protocol feature bits, a count, a result: 64 bits, and nothing else.
public struct Number: Message {
  public let value = Field<UInt64>(at: 0, "The number.")

  public static let name: StaticString = "u64"
  public static let summary: StaticString = "A number."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// A ring and a number of it.
public struct RingNumber: Message {
  public let index = Field<UInt32>(at: 0, "Which ring.")
  public let number = Field<UInt32>(at: 4, "Size in entries, position, or whether it is enabled.", name: "num")

  public static let name: StaticString = "vring_state"
  public static let summary: StaticString = "A ring and a number of it."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// A ring and its file descriptor, which travels beside the frame.
public struct RingDescriptor: Message {
  public let ring = Field<Packed<RingDescriptorBits>>(at: 0, "Which ring.")

  public static let name: StaticString = "vring_fd"
  public static let summary: StaticString = "A ring and its file descriptor."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

public struct RingDescriptorBits: BitLayout {
  public let index = Bits(0...7, "Which ring.")
  public let isAbsent = Bits(8, "There is no file descriptor.")
  public let reserved = Bits(9...63, "Zero.")

  public typealias Storage = UInt64
  public static let name: StaticString = "vring_fd_bits"
  public static let summary: StaticString = "A ring, and whether it has a file descriptor."
  public init() {}
}

/// Where a ring is, in the front end's own address space.
public struct RingAddresses: Message {
  public let index = Field<UInt32>(at: 0, "Which ring.")
  public let flags = Field<UInt32>(at: 4, "1: writes to the used ring are to be logged.")
  public let descriptors = Field<UInt64>(at: 8, "Descriptor table, or ring.", name: "desc")
  public let used = Field<UInt64>(at: 16, "Used ring, or device event suppression.")
  public let available = Field<UInt64>(at: 24, "Available ring, or driver event suppression.", name: "avail")
  public let log = Field<UInt64>(at: 32, "Guest-physical address of the used ring, for the log.")

  public static let name: StaticString = "vring_addr"
  public static let summary: StaticString = "Where a ring is."
  public static let byteCount = 40
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// How a memory table starts; `MemoryRegionDescription` follows, once for each region.
public struct MemoryTableHeader: Message {
  public let count = Field<UInt32>(at: 0, "Number of regions, and of file descriptors.", name: "nregions")
  public let padding = Reserved(at: 4, count: 4)

  public static let name: StaticString = "mem_table"
  public static let summary: StaticString = "How a memory table starts."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// A stretch of guest memory, and where it stands in a file and in the front end.
public struct MemoryRegionDescription: Message {
  public let guestAddress = Field<UInt64>(at: 0, "Guest-physical address.")
  public let size = Field<UInt64>(at: 8, "Bytes.")
  public let userAddress = Field<UInt64>(at: 16, "Address in the front end.")
  public let fileOffset = Field<UInt64>(at: 24, "Where it starts in the file.", name: "mmap_offset")

  public static let name: StaticString = "mem_region"
  public static let summary: StaticString = "A stretch of guest memory."
  public static let byteCount = 32
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// How a frame with one memory region starts; `MemoryRegionDescription` follows.
public struct SingleRegionHeader: Message {
  public let padding = Reserved(at: 0, count: 8)

  public static let name: StaticString = "mem_reg"
  public static let summary: StaticString = "How a frame with one memory region starts."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// Where the log of written pages stands in its file.
public struct LogDescription: Message {
  public let size = Field<UInt64>(at: 0, "Bytes.", name: "mmap_size")
  public let fileOffset = Field<UInt64>(at: 8, "Where it starts in the file.", name: "mmap_offset")

  public static let name: StaticString = "log"
  public static let summary: StaticString = "Where the log of written pages stands."
  public static let byteCount = 16
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// How a piece of the configuration space starts; its bytes follow.
public struct ConfigurationHeader: Message {
  public let offset = Field<UInt32>(at: 0, "Where the piece starts.")
  public let size = Field<UInt32>(at: 4, "Bytes that follow.")
  public let flags = Field<UInt32>(at: 8, "0: the driver writes. 1: all of it, for a guest that has moved.")

  public static let name: StaticString = "config"
  public static let summary: StaticString = "How a piece of the configuration space starts."
  public static let byteCount = 12
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// Memory that outlives the back end, for what it has taken and not used.
public struct InflightDescription: Message {
  public let size = Field<UInt64>(at: 0, "Bytes.", name: "mmap_size")
  public let fileOffset = Field<UInt64>(at: 8, "Where it starts in the file.", name: "mmap_offset")
  public let queueCount = Field<UInt16>(at: 16, "Number of queues.", name: "num_queues")
  public let queueSize = Field<UInt16>(at: 18, "Entries in each.")
  public let padding = Reserved(at: 20, count: 4)

  public static let name: StaticString = "inflight"
  public static let summary: StaticString = "Memory that outlives the back end."
  public static let byteCount = 24
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// Which way the device's state is to move.
public struct StateTransferDescription: Message {
  public let direction = Field<UInt32>(at: 0, "0: save. 1: load.")
  public let phase = Field<UInt32>(at: 4, "0: all rings are stopped.")

  public static let name: StaticString = "device_state"
  public static let summary: StaticString = "Which way the device's state is to move."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
