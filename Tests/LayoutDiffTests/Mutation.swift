import Foundation
import Model

/// Random changes to a layout, such as an editor of a definition makes.
struct Mutation {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// The layout after one to three changes, and what they were.
  mutating func mutated(_ layout: Layout) -> (layout: Layout, changes: [String]) {
    var layout = layout
    var changes: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      if let change = Self.all.randomElement(using: &random), change.apply(&layout, &random) {
        changes.append(change.name)
      }
    }
    return (layout, changes)
  }

  private struct Step: Sendable {
    let name: String
    /// Returns whether anything was changed.
    let apply: @Sendable (inout Layout, inout SplitMix) -> Bool
  }

  private static let all: [Step] = [
    Step(name: "reserved bytes used") { layout, random in
      layout.changeField(&random) { field, _ in
        guard field.type == .reserved else { return false }
        field.type = .number
        field.name = "added_\(field.offset)"
        return true
      }
    },
    Step(name: "field reserved") { layout, random in
      layout.changeField(&random) { field, _ in
        guard field.type == .number, field.count == nil else { return false }
        field.type = .reserved
        return true
      }
    },
    Step(name: "field renamed") { layout, random in
      layout.changeField(&random) { field, _ in
        guard field.type == .number else { return false }
        field.name += "_renamed"
        return true
      }
    },
    Step(name: "order changed") { layout, random in
      layout.changeField(&random) { field, _ in
        guard field.width > 1 else { return false }
        field.order = field.order == .little ? .big : .little
        return true
      }
    },
    Step(name: "width halved") { layout, random in
      layout.changeField(&random) { field, _ in
        guard field.width > 1, field.count == nil else { return false }
        field.width /= 2
        return true
      }
    },
    Step(name: "fields swapped") { layout, random in
      guard let index = layout.structures.indices.randomElement(using: &random) else { return false }
      let places = layout.structures[index].fields.indices.filter { layout.structures[index].fields[$0].count == nil }
      guard let one = places.randomElement(using: &random),
        let other = places.first(where: {
          $0 != one && layout.structures[index].fields[$0].width == layout.structures[index].fields[one].width
        })
      else { return false }
      let offset = layout.structures[index].fields[one].offset
      layout.structures[index].fields[one].offset = layout.structures[index].fields[other].offset
      layout.structures[index].fields[other].offset = offset
      return true
    },
    Step(name: "structure grown") { layout, random in
      guard let index = layout.structures.indices.randomElement(using: &random),
        var field = layout.structures[index].fields.first
      else { return false }
      (field.name, field.offset, field.width, field.count, field.type) =
        ("tail", layout.structures[index].size, 8, nil, .number)
      layout.structures[index].fields.append(field)
      layout.structures[index].size += 8
      return true
    },
    Step(name: "bits moved") { layout, random in
      guard let index = layout.bitLayouts.indices.randomElement(using: &random),
        let range = layout.bitLayouts[index].ranges.indices.randomElement(using: &random)
      else { return false }
      layout.bitLayouts[index].ranges[range].low += 1
      layout.bitLayouts[index].ranges[range].width = 1
      return layout.bitLayouts[index].ranges[range].low < 8 * layout.bitLayouts[index].width
    },
    Step(name: "number changed") { layout, random in
      guard let index = layout.enumerations.indices.randomElement(using: &random),
        let number = layout.enumerations[index].numbers.indices.randomElement(using: &random)
      else { return false }
      layout.enumerations[index].numbers[number].value = UInt64.random(in: 0...255, using: &random)
      return true
    },
    Step(name: "number removed") { layout, random in
      guard let index = layout.enumerations.indices.randomElement(using: &random),
        layout.enumerations[index].numbers.count > 1
      else { return false }
      layout.enumerations[index].numbers.removeLast()
      return true
    },
    Step(name: "feature removed") { layout, random in
      guard let index = layout.features.indices.randomElement(using: &random) else { return false }
      layout.features.remove(at: index)
      return true
    },
    Step(name: "feature moved") { layout, random in
      guard let index = layout.features.indices.randomElement(using: &random) else { return false }
      layout.features[index].bit = 50
      return true
    },
    Step(name: "feature use added") { layout, random in
      guard let use = layout.featureUses.indices.randomElement(using: &random),
        let feature = layout.features.randomElement(using: &random)
      else { return false }
      layout.featureUses[use].feature = feature.name
      return true
    },
    Step(name: "command removed") { layout, random in
      layout.changeCommands(&random) { commands, random in
        commands.remove(at: Int.random(in: commands.indices, using: &random))
      }
    },
    Step(name: "command gated") { layout, random in
      let feature = layout.features.randomElement(using: &random)?.name
      return layout.changeCommands(&random) { commands, random in
        commands[Int.random(in: commands.indices, using: &random)].feature = feature
      }
    },
    Step(name: "part removed") { layout, random in
      layout.changeCommands(&random) { commands, random in
        let index = Int.random(in: commands.indices, using: &random)
        if commands[index].writable.count > 1 { commands[index].writable.removeLast() }
      }
    },
    Step(name: "parts swapped") { layout, random in
      layout.changeCommands(&random) { commands, random in
        let index = Int.random(in: commands.indices, using: &random)
        if commands[index].writable.count > 1 { commands[index].writable.swapAt(0, 1) }
      }
    },
    Step(name: "attribute removed") { layout, random in
      guard let set = layout.attributeSets.indices.randomElement(using: &random) else { return false }
      layout.attributeSets[set].attributes.remove(
        at: Int.random(in: layout.attributeSets[set].attributes.indices, using: &random))
      return true
    },
    Step(name: "register moved") { layout, random in
      guard let index = layout.registers.indices.randomElement(using: &random) else { return false }
      layout.registers[index].offset += 4
      return true
    },
    Step(name: "register removed") { layout, random in
      guard let index = layout.registers.indices.randomElement(using: &random) else { return false }
      layout.registers.remove(at: index)
      return true
    },
    Step(name: "queue removed") { layout, random in
      guard let index = layout.queues.kinds.indices.randomElement(using: &random) else { return false }
      layout.queues.kinds.remove(at: index)
      return true
    },
    Step(name: "queues swapped") { layout, random in
      guard layout.queues.kinds.count > 2 else { return false }
      layout.queues.kinds.swapAt(1, Int.random(in: [0, 2], using: &random))
      return true
    },
    Step(name: "reserved no longer checked") { layout, _ in
      layout.statements.removeAll { $0.id == "reserved" }
      return true
    },
  ]
}

extension Int {
  fileprivate static func random(in values: [Int], using random: inout SplitMix) -> Int {
    values.randomElement(using: &random) ?? 0
  }
}

extension Layout {
  fileprivate mutating func changeField(
    _ random: inout SplitMix, _ change: (inout Field, inout SplitMix) -> Bool
  ) -> Bool {
    guard let index = structures.indices.randomElement(using: &random),
      let field = structures[index].fields.indices.randomElement(using: &random)
    else { return false }
    return change(&structures[index].fields[field], &random)
  }

  fileprivate mutating func changeCommands(
    _ random: inout SplitMix, _ change: (inout [Command], inout SplitMix) -> Void
  ) -> Bool {
    guard let index = services.indices.randomElement(using: &random), !services[index].commands.isEmpty else {
      return false
    }
    change(&services[index].commands, &random)
    return true
  }
}
