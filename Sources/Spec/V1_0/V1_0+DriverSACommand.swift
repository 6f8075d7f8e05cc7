public import Wire

extension V1_0 {
  /// The commands of the class SA that the published driver knows.
  public enum DriverSACommand: UInt16, Enumeration {
    case addGroup = 1, deleteGroup, addOutSA, deleteOutSA, updateOutSA, readOutSA, readFirstNOutSAs, readNextNOutSAs,
      addInSA,
      deleteInSA, updateInSA, readInSA, readFirstNInSAs, readNextNInSAs, flushSA, flushAll

    public static let name = SACommand.name
    public static let summary = SACommand.summary

    public var entry: Entry { SACommand(rawValue: rawValue)!.entry }
  }
}
