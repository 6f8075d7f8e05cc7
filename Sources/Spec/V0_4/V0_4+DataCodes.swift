public import Wire

extension V0_4 {
  public enum DataClass: UInt8, Enumeration {
    case generic = 1, advanced

    public static let name: StaticString = "data_class"
    public static let summary: StaticString = "Classes of data requests."

    public var entry: Entry {
      switch self {
      case .generic: Entry("DATA_GENERIC", "Packets.")
      case .advanced: Entry("DATA_ADVANCED", "Up to the vendor.")
      }
    }
  }

  public enum DataCommand: UInt8, Enumeration {
    case separate = 1, inPlace

    public static let name: StaticString = "data_cmd"
    public static let summary: StaticString = "Requests of the class GENERIC."

    public var entry: Entry {
      switch self {
      case .separate: Entry("DATA_SEPARATE_BUFFERS", "Input and output in buffers of their own.")
      case .inPlace: Entry("DATA_IN_PLACE", "Output where the input stands.")
      }
    }
  }
}
