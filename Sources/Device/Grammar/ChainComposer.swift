import Wire

/// Puts parts in the order that rules say. Lengths, counts and codes of what it writes are filled in.
struct ChainComposer {
  private let output: Arena
  private let guest: ByteOrder
  private let context: UInt64

  /// - Parameters:
  ///   - codes: what the first fields of the first message are to hold.
  ///   - room: bytes to fill, where the parts at the end of it stand behind slack; nil where nobody needs slack.
  static func compose(
    _ rules: [Rule], from parts: Parts, codes: [UInt64] = [], room: Int? = nil, context: UInt64 = 0
  ) -> Arena {
    let composer = ChainComposer(output: Arena(), guest: parts.guest, context: context)
    var places = Places()
    composer.emit(rules, parts, &places, room: room)
    if case .message(let header)? = rules.first {
      for (source, code) in zip(header.codes, codes) {
        composer.store(code, source, at: 0)
      }
    }
    return composer.output
  }

  /// Where messages of each name stand in the output, and where they stand in each repetition.
  private struct Places {
    var messages: [String: Int] = [:]
    var repetitions: [String: [Int: [String: Int]]] = [:]
  }

  private func emit(_ rules: [Rule], _ parts: Parts, _ places: inout Places, room: Int? = nil) {
    for (index, rule) in rules.enumerated() {
      if case .slack = rule, let room {
        _ = output.append(zeros: max(room - output.count - Rule.minimum(rules[(index + 1)...]), 0))
      } else {
        emit(rule, parts, &places)
      }
    }
  }

  private func emit(_ rule: Rule, _ parts: Parts, _ places: inout Places) {
    switch rule {
    case .message(let schema):
      places.messages[schema.name] = output.count
      if let range = parts.messages[schema.name] {
        output.append(range, of: parts.arena)
      } else {
        _ = output.append(zeros: schema.message.byteCount)
      }
    case .bytes(let name, let amount):
      let range = parts.range(ofBytes: name) ?? 0..<0
      if case .field(let source, _) = amount { set(source, UInt64(range.count), places) }
      output.append(range, of: parts.arena)
    case .optional(let test, let rule): if holds(test, parts, places) { emit(rule, parts, &places) }
    case .repeated(let name, let source, let rules):
      let repetitions = parts.repetitions(name)
      set(source, UInt64(repetitions.count), places)
      for (index, inner) in repetitions.enumerated() {
        var innerPlaces = places
        innerPlaces.messages.merge(places.repetitions[name]?[index] ?? [:]) { $1 }
        emit(rules, inner, &innerPlaces)
        places.repetitions[name, default: [:]][index] = innerPlaces.messages
      }
    case .measured(let source, let fromStart, let rules):
      let start = fromStart ? 0 : output.count
      emit(rules, parts, &places)
      set(source, UInt64(output.count - start), places)
    case .attributes(let rules): emit(rules, parts, places)
    case .slack: break
    }
  }

  private func emit(_ rules: AttributeRules, _ parts: Parts, _ outer: Places) {
    for type in rules.order {
      guard let attribute = parts.attribute(number: type), let inner = rules.attributes[type] else { continue }
      let header = output.append(zeros: rules.header.message.byteCount)
      var places = outer
      emit(inner, attribute, &places)
      let length = output.count - header.upperBound
      store(type, rules.type, at: header.lowerBound)
      store(UInt64(length), rules.length, at: header.lowerBound)
      _ = output.append(zeros: (rules.alignment - length % rules.alignment) % rules.alignment)
    }
  }

  /// Fills in a field of a message in the output; one of an earlier part of the chain is as it is.
  private func set(_ source: Source, _ value: UInt64, _ places: Places) {
    guard let start = places.messages[source.message] else { return }
    store(value, source, at: start)
  }

  private func store(_ value: UInt64, _ source: Source, at start: Int) {
    output.withMutableBytes { source.store(value, into: $0, at: start, guest: guest) }
  }

  private func holds(_ test: Rule.Test, _ parts: Parts, _ places: Places) -> Bool {
    switch test {
    case .equals(let source, let value):
      if let start = places.messages[source.message] {
        source.load(from: output.bytes, at: start, guest: guest) == value
      } else if let range = parts.messages[source.message] {
        source.load(from: parts.arena.bytes, at: range.lowerBound, guest: guest) == value
      } else {
        // What nobody gives is written as zeros.
        value == 0
      }
    case .context(let value): context == value
    case .all(let tests): tests.allSatisfy { holds($0, parts, places) }
    case .any(let tests): tests.contains { holds($0, parts, places) }
    }
  }
}
