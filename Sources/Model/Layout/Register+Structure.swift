extension Layout.Register {
  /// The register as a structure of one field: what it holds is read like any other integer.
  public var asStructure: Layout.Structure {
    Layout.Structure(
      name: "registers.\(name)", summary: summary, size: width, isPacked: false,
      fields: [
        Layout.Field(name: name, offset: 0, width: width, count: nil, order: order, type: type, summary: summary)
      ])
  }
}
