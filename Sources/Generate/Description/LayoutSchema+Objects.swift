extension LayoutSchema {
  static let space = [
    Object(
      name: "Register", summary: "A register of the configuration space.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Meaning."),
        ("offset", "number", "Offset in bytes, of the first where there are several."),
        ("stride", "number", "Bytes by which the offset grows for each that `counter` counts."),
        ("counter", "string ?", "The register that counts what stands in front of this one."),
        ("count", "string ?", "The register that says how many of this one there are; left out for exactly one."),
        ("feature", "string ?", "Full C name of the feature without which it is not there."),
        ("width", "number", "Size in bytes."),
        ("order", "string", "Byte order: `little`, `big` or `guest`."),
        ("access", "string", "What the driver may do: `read-only`, `write-only` or `read-write`."),
        ("reset", "number ?", "Value after reset."),
        ("type", "FieldType", "What it holds."),
      ]),
    Object(
      name: "Queues", summary: "The virtqueues.",
      keys: [
        ("kinds", "[QueueKind]", "In the order of indices; paired ones come in turn, pair after pair."),
        ("defaultDataQueues", "number", "Data queues when the guest selects nothing."),
        ("maximumPairs", "number", "Most pairs."),
        ("defaultSize", "number", "Descriptors in a queue by default."),
        ("maximumSize", "number", "Most descriptors in a queue."),
      ]),
    Object(
      name: "QueueKind", summary: "One kind of virtqueue.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Use."),
        ("isPaired", "boolean", "Whether there is one for each pair."),
        ("features", "[string]", "C names of the features of which one is needed; empty for a queue that always is."),
      ]),
  ]

  static let numbers = [
    Object(
      name: "Feature", summary: "A feature bit.",
      keys: [
        ("name", "string", "C name."),
        ("bit", "number", "Number of the bit."),
        ("summary", "string", "Meaning."),
        ("needs", "[string]", "C names of features without which this one is not to be offered or accepted."),
        ("isForeign", "boolean", "Whether virtio itself defines it."),
      ]),
    Object(
      name: "FeatureUse", summary: "A use of the interface that is an error unless a feature was negotiated.",
      keys: [("feature", "string", "C name of the feature."), ("use", "Use", "What is used.")]),
    Object(
      name: "Use", summary: "What needs a feature, one of:",
      keys: [
        ("above", "{_0: Reference, value: number}", "A field, or bits of it, with more than the value."),
        ("equal", "{_0: Reference, value: number}", "A field, or bits of it, with the value."),
        ("enumerator", "{name: string}", "An enumerator by its C name, wherever something names it."),
      ]),
    Object(
      name: "NumberGroup", summary: "An enumeration, or constants that belong together.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "What is numbered."),
        ("numbers", "[Number]", "The numbers."),
      ]),
    Object(
      name: "Number", summary: "A named number.",
      keys: [("name", "string", "C name."), ("value", "number", "Value."), ("summary", "string", "Meaning.")]),
  ]

  static let structures = [
    Object(
      name: "Structure", summary: "A structure of fixed size.",
      keys: [
        ("name", "string", "Name in snake case, without the prefix."),
        ("summary", "string", "Use."),
        ("size", "number", "Size in bytes."),
        ("isPacked", "boolean", "Whether C needs a packed structure."),
        ("fields", "[Field]", "Fields in the order of their offsets."),
        ("bounds", "[Bound]", "What the fields must keep to beyond their own ranges."),
      ]),
    Object(
      name: "Bound", summary: "Fields that together are at most another, in the chains that have that one.",
      keys: [
        ("terms", "[Reference]", "What is added up."),
        ("limit", "Reference", "The greatest sum."),
        ("condition", "Condition ?", "Unless this holds, the terms are 0."),
      ]),
    Object(
      name: "Field", summary: "A field of a structure.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Meaning."),
        ("offset", "number", "Offset in bytes."),
        ("width", "number", "Size in bytes of the integer, an element or the structure within."),
        ("count", "number ?", "Elements of an array."),
        ("order", "string", "Byte order: `little`, `big` or `guest`."),
        ("type", "FieldType", "What it holds."),
        ("least", "number ?", "The least number that a request may have there."),
        ("most", "number ?", "The greatest."),
      ]),
    Object(
      name: "FieldType", summary: "What a field holds, one of:",
      keys: [
        ("number", "{}", "A number."),
        ("reserved", "{}", "Zero."),
        ("code", "{enumeration: string}", "A value of an enumeration."),
        ("bits", "{layout: string}", "An integer divided into bits."),
        ("structure", "{name: string}", "Another structure."),
      ]),
    Object(
      name: "BitLayout", summary: "How an integer is divided into bits.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Use."),
        ("width", "number", "Size in bytes of the integer."),
        ("ranges", "[BitRange]", "Its bits."),
      ]),
    Object(
      name: "BitRange", summary: "Bits within an integer.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("low", "number", "The least significant of the bits."),
        ("width", "number", "Number of bits."),
        ("summary", "string", "Meaning."),
        ("isReserved", "boolean", "Whether they are zero."),
        ("enumeration", "string ?", "The enumeration of which they are a value."),
      ]),
  ]

  static let chains = [
    Object(
      name: "Service", summary: "One way in which the device is used.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Use."),
        ("queues", "[string]", "Names of the queues that carry it."),
        ("commands", "[Command]", "Commands."),
      ]),
    Object(
      name: "Command", summary: "What one descriptor chain asks for.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Use."),
        ("codes", "[Number]", "The numbers in the chain's first fields that tell which command it is."),
        ("feature", "string ?", "C name of the feature without which the device answers with an error."),
        ("readable", "[Part]", "What the device reads, in order."),
        ("writable", "[Part]", "What it writes, in order, after every readable byte."),
      ]),
    Object(
      name: "Part", summary: "One link of a chain, one of:",
      keys: [
        ("structure", "{name: string}", "A structure."),
        ("bytes", "{name: string, length: Length, summary: string}", "Opaque bytes."),
        ("optional", "{when: Condition, part: Part}", "A part that is there only if the condition holds."),
        ("repeated", "{name: string, count: Reference, parts: [Part]}", "Parts that come as often as a field says."),
        ("measured", "{by: Reference, parts: [Part]}", "Parts that together take as many bytes as a field says."),
        ("group", "{name: string}", "The parts of a group."),
        ("attributes", "{name: string}", "Attributes of a set, up to the end of the measured part around them."),
        ("slack", "{}", "Bytes left alone: what follows stands at the end of the area."),
      ]),
    Object(
      name: "Length", summary: "How many bytes, one of:",
      keys: [
        ("field", "{_0: Reference, limit: number}", "As many as the field says, at most the limit."),
        ("rest", "{}", "All that is left."),
      ]),
    Object(
      name: "Condition", summary: "When an optional part is there, one of:",
      keys: [
        ("equals", "{_0: Reference, value: number}", "A field, or bits of it, has the value."),
        ("context", "{name: string, value: number, summary: string}", "What both sides know has the value."),
        ("all", "{_0: [Condition]}", "All of the conditions hold."),
        ("any", "{_0: [Condition]}", "One of the conditions holds."),
      ]),
    Object(
      name: "Reference", summary: "The nearest earlier occurrence of a field.",
      keys: [
        ("structure", "string", "Name of the structure."),
        ("field", "string", "Name of the field."),
        ("bits", "string ?", "Name of bits of the field."),
      ]),
    Object(
      name: "Group", summary: "Parts that several chains share.",
      keys: [
        ("name", "string", "Name in snake case."), ("summary", "string", "Use."), ("parts", "[Part]", "The parts."),
      ]),
    Object(
      name: "AttributeSet", summary: "Attributes of which a sender includes those it needs.",
      keys: [
        ("name", "string", "Name in snake case."),
        ("summary", "string", "Use."),
        ("header", "string", "Structure in front of each value; its first fields are type and length in bytes."),
        ("alignment", "number", "Alignment in bytes of each header."),
        ("ignorableBit", "number", "Bit of the type that lets a receiver ignore a type it does not know."),
        ("attributes", "[Attribute]", "Attributes."),
      ]),
    Object(
      name: "Attribute", summary: "One attribute, at most once in a set.",
      keys: [
        ("type", "Number", "The type."),
        ("name", "string", "Name in snake case."),
        ("parts", "[Part]", "The value."),
      ]),
  ]
}
