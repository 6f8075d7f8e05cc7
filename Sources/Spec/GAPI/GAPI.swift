public import Wire

/// The g-API: the C functions through which an application uses look-aside accelerators (2015, revision 2).
public enum GAPI {
  typealias Constant = Interface.Constant
  typealias Function = Interface.Function
  typealias Structure = Interface.Structure
  typealias Variable = Interface.Variable
  typealias Failure = Interface.Function.Failure

  /// Nothing that is made when it is first asked for: a child of fork may ask, too.
  public static var version: String { "2.0" }

  // MARK: Sizes

  public static let handleSize = Interface.Constant("HANDLE_SIZE", 8, "Bytes of an accelerator's handle.")
  public static let groupHandleSize = Interface.Constant("GROUP_HANDLE_SIZE", 8, "Bytes of a group's handle.")
  public static let saHandleSize = Interface.Constant("SA_HANDLE_SIZE", 8, "Bytes of an SA's handle.")
  public static let versionSize = Interface.Constant("VERSION_SIZE", 16, "Bytes of the version, with the final zero.")
  public static let nameSize = Interface.Constant(
    "DEVICE_NAME_SIZE", 16, "Bytes of an accelerator's name, with the final zero.")
  public static let identitySize = Interface.Constant(
    "IDENTITY_SIZE", 32, "Bytes of an application's or a group's identity, with the final zero.")
  public static let addressSize = Interface.Constant("ADDRESS_SIZE", 16, "Bytes of the larger kind of IP address.")
  public static let maxOwners = Interface.Constant(
    "MAX_OWNERS", 16, "Owners that an accelerator's entry in a list tells of.")
  public static let maxSAs = Interface.Constant("MAX_BUNDLE", 4, "SAs in a bundle.")
  public static let maxKeyBits = Interface.Constant("MAX_KEY_BITS", 1024, "Bits of a key.")
  public static let maxReplayWindow = Interface.Constant("MAX_REPLAY_WINDOW", 4096, "Packets of a replay window.")
  public static let maxPieces = Interface.Constant("MAX_SG", 64, "Pieces of a packet.")
  public static let maxPacketSize = Interface.Constant("MAX_PACKET_SIZE", 65535, "Bytes of a packet to process.")
  public static let maxPackets = Interface.Constant("MAX_PACKETS", 1024, "Packets in one call.")
  public static let maxInFlight = Interface.Constant(
    "MAX_IN_FLIGHT", 32768, "Packets that an accelerator has taken and not given back, of all who share it.",
    only: .library)
  public static let pciVendor = Interface.Constant("PCI_VENDOR_ID", 0x1af4, "PCI vendor ID of the accelerators.")

  static let sizes: [Constant] = [
    handleSize, groupHandleSize, saHandleSize, versionSize, nameSize, identitySize, addressSize, maxOwners, maxSAs,
    maxKeyBits, maxReplayWindow, maxPieces, maxPacketSize, maxPackets, maxInFlight, pciVendor,
  ]
}
