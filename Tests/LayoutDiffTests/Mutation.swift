import Foundation
import Model

/// Random edits of a layout's JSON: one at a time, of every kind of place in it.
struct Mutation {
  private var random: SplitMix
  private let layout: JSON
  /// Places by their kind, so that what is there once is edited as often as what is there a hundred times.
  private let kinds: [(kind: String, nodes: [(path: [JSON.Step], value: JSON)])]

  init(of layout: Layout, seed: UInt64) throws {
    random = SplitMix(seed: seed)
    let json = try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(layout))
    self.layout = json
    kinds = Dictionary(grouping: json.nodes(), by: \.path.kind).map { (kind: $0.key, nodes: $0.value) }
      .sorted { $0.kind < $1.kind }
  }

  /// The layout after one edit, and what it was; nil where it is no layout any more.
  mutating func next() -> (layout: Layout?, edit: String) {
    let kind = kinds[Int.random(in: kinds.indices, using: &random)]
    let node = kind.nodes[Int.random(in: kind.nodes.indices, using: &random)]
    let value = edited(node.value, kind.nodes.map(\.value))
    let json = layout.replacing(node.path[...], with: value)
    let data = try? JSONEncoder().encode(json)
    let edit = "\(node.path.text): \(node.value.text) → \(value?.text ?? "nothing")"
    return (data.flatMap { try? JSONDecoder().decode(Layout.self, from: $0) }, edit)
  }

  /// Another value for a place, of which others of the same kind are known.
  private mutating func edited(_ value: JSON, _ others: [JSON]) -> JSON? {
    switch value {
    case .bool(let bool): return .bool(!bool)
    case .number(let number):
      let steps: [UInt64] = [1, .max, 2, 4, 8, 100, 0 &- number]
      return .number(number &+ steps[Int.random(in: steps.indices, using: &random)])
    case .text(let text):
      let other = others[Int.random(in: others.indices, using: &random)]
      return other == value ? .text(text + "_x") : other
    case .array(var values):
      guard !values.isEmpty else { return nil }
      let one = Int.random(in: values.indices, using: &random)
      let other = Int.random(in: values.indices, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: values.remove(at: one)
      case 1: values.swapAt(one, other)
      default: values.append(values[one])
      }
      return .array(values)
    case .object, .null, .negative: return Bool.random(using: &random) ? nil : others.randomElement(using: &random)
    }
  }
}

extension JSON {
  /// A few words for a report.
  fileprivate var text: String {
    switch self {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .number(let number): "\(number)"
    case .negative(let number): "\(number)"
    case .text(let text): "'\(text)'"
    case .array(let values): "\(values.count) elements"
    case .object(let values): "{\(values.keys.sorted().joined(separator: ", "))}"
    }
  }
}

extension [JSON.Step] {
  fileprivate var text: String {
    map { step in
      switch step {
      case .key(let key): key
      case .index(let index): "\(index)"
      }
    }.joined(separator: ".")
  }
}
