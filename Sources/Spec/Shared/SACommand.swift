public import Wire

public enum SACommand: UInt16, Enumeration {
  case addGroup = 1, deleteGroup, addOutSA, deleteOutSA, updateOutSA, readOutSA, readFirstNOutSAs, readNextNOutSAs,
    addInSA,
    deleteInSA, updateInSA, readInSA, readFirstNInSAs, readNextNInSAs, flushSA, flushAll, getHeadroomTailroomSize

  public static let name: StaticString = "ctrl_sa_cmd"
  public static let summary: StaticString = "Commands of the class SA."

  public var entry: Entry {
    switch self {
    case .addGroup: Entry("CTRL_ADD_GROUP", "Add a group of SAs.")
    case .deleteGroup: Entry("CTRL_DELETE_GROUP", "Delete a group.")
    case .addOutSA: Entry("CTRL_ADD_OUT_SA", "Add an outbound SA: it encapsulates.")
    case .deleteOutSA: Entry("CTRL_DEL_OUT_SA", "Delete an outbound SA.")
    case .updateOutSA: Entry("CTRL_UPDATE_OUT_SA", "Change an outbound SA.")
    case .readOutSA: Entry("CTRL_READ_OUT_SA", "Read an outbound SA.")
    case .readFirstNOutSAs:
      Entry(
        "CTRL_READ_FIRST_N_OUT_SAS", "Read the first outbound SAs.",
        formerly: ("CTRL_READ_FIRST_N_OUT_SAs", until: .v1_0))
    case .readNextNOutSAs:
      Entry(
        "CTRL_READ_NEXT_N_OUT_SAS", "Read the outbound SAs after those.",
        formerly: ("CTRL_READ_NEXT_N_OUT_SAs", until: .v1_0))
    case .addInSA: Entry("CTRL_ADD_IN_SA", "Add an inbound SA: it decapsulates.")
    case .deleteInSA: Entry("CTRL_DEL_IN_SA", "Delete an inbound SA.")
    case .updateInSA: Entry("CTRL_UPDATE_IN_SA", "Change an inbound SA.")
    case .readInSA: Entry("CTRL_READ_IN_SA", "Read an inbound SA.")
    case .readFirstNInSAs:
      Entry(
        "CTRL_READ_FIRST_N_IN_SAS", "Read the first inbound SAs.", formerly: ("CTRL_READ_FIRST_N_IN_SAs", until: .v1_0))
    case .readNextNInSAs:
      Entry(
        "CTRL_READ_NEXT_N_IN_SAS", "Read the inbound SAs after those.",
        formerly: ("CTRL_READ_NEXT_N_IN_SAs", until: .v1_0))
    case .flushSA: Entry("CTRL_FLUSH_SA", "Delete every SA of a group.")
    case .flushAll: Entry("CTRL_FLUSH_SA_ALL", "Delete every SA.")
    case .getHeadroomTailroomSize: Entry("GET_HEADROOM_TAILROOM_SIZE", "Ask how much encapsulation adds at most.")
    }
  }
}
