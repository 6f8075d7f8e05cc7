import Model
import Wire

/// A small device that obeys every rule; fixtures break it in one place.
enum Toy {
  static let layout = Layout(
    Definition(
      version: SpecVersion(2, 0), prefix: "virtio_toy", title: "Toy", summary: "A device for tests.", order: .little,
      identity: Identity(deviceID: 60),
      registers: [Register("mode", at: 0, UInt32.self, .readWrite, "How it works.")],
      queues: QueueTopology(
        [Queue("requestq", "Requests.")], defaultDataQueues: 1, maximumPairs: 1, defaultSize: 256, maximumSize: 1024),
      features: [ToyFeature.speed, ToyFeature.colour],
      featureUses: [
        FeatureUse(ToyFeature.speed, .above(1, .field(\ToyRequest.itemCount))),
        FeatureUse(ToyFeature.speed, .enumerator(ToyColour.blue)),
      ],
      enumerations: [ToyColour.self, ToyExtra.self],
      constants: [
        ConstantGroup("light", "Whether it shines.", [Constant("LIGHT_ON", 0, "It does."), Constant("LIGHT_OFF", 1, "It does not.")])
      ],
      messages: [ToyRequest.self, ToyItem.self, ToyReply.self, ToyHeader.self],
      services: [
        Service(
          "requests", on: ["requestq"], "All there is.",
          [
            Command(
              "paint", [], "Paints items.",
              readable: [
                .message(ToyRequest.self), .repeated("item", count: .field(\ToyRequest.itemCount), [.message(ToyItem.self)]),
                .bytes("paint", .field(.field(\ToyRequest.paintLength), limit: 4096), "Paint."),
              ],
              writable: [.message(ToyReply.self)]),
            Command(
              "prime", [], "Prepares items.",
              readable: [.message(ToyRequest.self), .measured(by: .field(\ToyRequest.paintLength), [.group(primer)])]),
          ])
      ],
      statements: [Statement("drying", "Paint dries before it is painted over.")],
      errata: [Erratum("loud", at: "paint", "It is loud.", instead: "Ear plugs.")]))

  private static let primer = Group("primer", "What goes below the paint.", [.attributes(extras)])

  private static let extras = AttributeSet(
    "extras", "What else there is to say.", header: ToyHeader.self, alignment: 8, ignorableBit: 15,
    [Attribute(ToyExtra.item, [.message(ToyItem.self)])])

  /// The toy, changed.
  static func with(_ change: (inout Layout) -> Void) -> Layout {
    var layout = Toy.layout
    change(&layout)
    return layout
  }
}

enum ToyFeature: UInt8, Enumeration {
  case speed, colour
  static let name: StaticString = "feature"
  static let summary: StaticString = "Feature bits."
  var entry: Entry {
    switch self {
    case .speed: Entry("F_SPEED", "Faster.")
    case .colour: Entry("F_COLOUR", "Any colour.")
    }
  }
}

enum ToyColour: UInt16, Enumeration {
  case red = 1, green, blue
  static let name: StaticString = "colour"
  static let summary: StaticString = "Colours."
  var entry: Entry {
    switch self {
    case .red: Entry("RED", "As blood.")
    case .green: Entry("GREEN", "As grass.")
    case .blue: Entry("BLUE", "As the sky.")
    }
  }
}

enum ToyExtra: UInt16, Enumeration {
  case item = 1
  static let name: StaticString = "extra"
  static let summary: StaticString = "Types of extras."
  var entry: Entry {
    switch self {
    case .item: Entry("ATTR_ITEM", "One more item.")
    }
  }
}

struct ToyFlags: BitLayout {
  typealias Storage = UInt16
  static let name: StaticString = "flag"
  static let summary: StaticString = "How."
  let shiny = Bits(0, "With gloss.")
  let coats = Bits(1...3, "Number of coats.")
  let reserved = Bits(reserved: 4...15)
}

struct ToyRequest: Message {
  static let name: StaticString = "request"
  static let summary: StaticString = "Asks for paint."
  static let byteCount = 16
  static let order = FieldOrder.little
  let serial = Field<UInt64>(at: 0, "Number of the request.")
  let itemCount = Field<UInt16>(at: 8, "Items that follow.")
  let flags = Field<Packed<ToyFlags>>(at: 10, "How.")
  let paintLength = Field<UInt32>(at: 12, "Bytes of paint.")
}

struct ToyItem: Message {
  static let name: StaticString = "item"
  static let summary: StaticString = "What to paint."
  static let byteCount = 8
  static let order = FieldOrder.little
  let handle = Field<UInt32>(at: 0, "Which.")
  let colour = Field<Code<ToyColour, UInt16>>(at: 4, "In which colour.")
  let reserved = Reserved(at: 6, count: 2)
}

struct ToyReply: Message {
  static let name: StaticString = "reply"
  static let summary: StaticString = "How it went."
  static let byteCount = 8
  static let order = FieldOrder.little
  let painted = Field<UInt32>(at: 0, "Items painted.")
  let left = Field<UInt32>(at: 4, "Items left.")
}

struct ToyHeader: Message {
  static let name: StaticString = "header"
  static let summary: StaticString = "Says what an extra is."
  static let byteCount = 8
  static let order = FieldOrder.little
  let type = Field<Code<ToyExtra, UInt16>>(at: 0, "Type.")
  let length = Field<UInt16>(at: 2, "Bytes of the value.")
  let reserved = Reserved(at: 4, count: 4)
}
