/// What `layout.json` consists of, for those who read it with a program: the one place that documents it.
enum LayoutSchema {
  /// An object of the file: its keys with their types and meanings.
  struct Object {
    let name: String
    let summary: String
    let keys: [(name: String, type: String, summary: String)]
  }

  static var blocks: [Block] {
    [
      .paragraph(
        """
        The whole of this chapter as data, UTF-8, keys in alphabetical order. A key marked ? is left out where there \
        is no value. An object marked "one of" has exactly one of its keys, which says what it is. A reader refuses a \
        `format` that it does not know.
        """)
    ]
      + objects.flatMap { object -> [Block] in
        [
          .heading(3, "Object \(object.name)"), .paragraph(object.summary),
          .table(
            Table(["key", "type", "meaning"], object.keys.map { [$0.name.asCode, $0.type, $0.summary] })),
        ]
      }
  }

  static let objects: [Object] = [layout, identity] + space + numbers + structures + chains + history

  private static let layout = Object(
    name: "Layout", summary: "The file.",
    keys: [
      ("format", "number", "Version of this format: 1."),
      ("version", "string", "Version of the interface, `major.minor`."),
      ("prefix", "string", "Prefix of every C name, in snake case."),
      ("title", "string", "Name of the interface."),
      ("summary", "string", "What it is, in a sentence."),
      ("identity", "Identity", "The numbers by which a driver finds the device."),
      ("registers", "[Register]", "The configuration space."),
      ("queues", "Queues", "The virtqueues."),
      ("features", "[Feature]", "Feature bits."),
      ("featureUses", "[FeatureUse]", "What is an error without which feature, commands aside."),
      ("enumerations", "[NumberGroup]", "Enumerations."),
      ("constants", "[NumberGroup]", "Numbers that are no enumeration; values may repeat."),
      ("bitLayouts", "[BitLayout]", "How integers are divided into bits."),
      ("structures", "[Structure]", "Structures of fixed size."),
      ("groups", "[Group]", "Parts that several chains share."),
      ("attributeSets", "[AttributeSet]", "Sets of type-length-value attributes."),
      ("services", "[Service]", "The commands, by use."),
      ("statements", "[Statement]", "What both sides do, where no layout can say it."),
      ("errata", "[Erratum]", "Known defects."),
      ("quirks", "[Quirk]", "Habits of published implementations."),
      ("counterparts", "[Counterpart]", "What fields are called in another definition."),
    ])

  private static let identity = Object(
    name: "Identity", summary: "The numbers by which a driver finds the device.",
    keys: [
      ("deviceID", "number", "Virtio device ID."),
      ("ownDeviceID", "number ?", "The version's own, where another was asked for."),
      ("pciVendor", "number", "PCI vendor ID."),
      ("pciBase", "number", "PCI device ID of virtio device ID 0."),
      ("versionRegister", "number", "What a version register says for this version."),
    ])

  private static let history = [
    Object(
      name: "Statement", summary: "A rule of behaviour.",
      keys: [("id", "string", "Stable identifier."), ("text", "string", "What both sides do.")]),
    Object(
      name: "Erratum", summary: "A known defect, and what is done instead.",
      keys: [
        ("id", "string", "Stable identifier."),
        ("place", "string", "What is affected."),
        ("defect", "string", "What is wrong."),
        ("resolution", "string", "What is done instead."),
        ("rule", "string ?", "The lint rule that reports it."),
      ]),
    Object(
      name: "Quirk", summary: "A habit of a published implementation that contradicts the interface.",
      keys: [("name", "string", "Stable identifier."), ("summary", "string", "The habit.")]),
    Object(
      name: "Counterpart", summary: "What a field is called in another definition.",
      keys: [
        ("place", "string", "`structure.field` here."),
        ("counterpart", "string ?", "Its name there; left out for none."),
        ("note", "string ?", "What differs in meaning."),
      ]),
  ]
}
