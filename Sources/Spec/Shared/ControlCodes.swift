public import Wire

public enum ControlClass: UInt16, Enumeration {
  case generic = 1, sa, random, advanced

  public static let name: StaticString = "ctrl_class"
  public static let summary: StaticString = "Classes of control commands."

  public var entry: Entry {
    switch self {
    case .generic: Entry("CTRL_GENERIC", "The device as a whole.")
    case .sa: Entry("CTRL_SA", "Groups and SAs.")
    case .random: Entry("CTRL_GET_RAND_DATA", "Random numbers.")
    case .advanced: Entry("CTRL_ADVANCED", "What goes beyond; up to the vendor before 2.0.")
    }
  }
}

public enum GenericCommand: UInt16, Enumeration {
  case getCapabilities = 1, setCapabilities, setGuestEndian

  public static let name: StaticString = "ctrl_generic_cmd"
  public static let summary: StaticString = "Commands of the class GENERIC."

  public var entry: Entry {
    switch self {
    case .getCapabilities: Entry("CTRL_GET_CAPABILITIES", "Ask what the device can do.")
    case .setCapabilities:
      Entry("CTRL_SET_CAPABILITIES", "Say what the device is to do; nothing is defined before 2.0.")
    case .setGuestEndian: Entry("CTRL_SET_GUEST_ENDIAN", "Tell the device the guest's byte order.", until: .v1_0)
    }
  }
}

public enum RandomCommand: UInt16, Enumeration {
  case getRandomNumber = 1

  public static let name: StaticString = "ctrl_rand_cmd"
  public static let summary: StaticString = "Commands of the class GET_RAND_DATA."

  public var entry: Entry {
    switch self {
    case .getRandomNumber: Entry("GET_RAND_NUM", "Ask for random bytes.")
    }
  }
}
