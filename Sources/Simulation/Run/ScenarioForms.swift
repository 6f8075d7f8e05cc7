import CycleModel
import Device
import ESP

/// What each order needs of the pipeline.
struct ScenarioForms {
  private let sizes: RequestSizes
  private let forms: [PacketForm]
  /// The SA of each flow; and the first tag of the copies of each SA, as the cache tells SAs apart.
  private let flows: [Int]
  private let tags: [UInt32]
  /// Packets between two events, by SA; and packets so far, by tag.
  private let intervals: [UInt64]
  private var sequences: [UInt64]

  /// - Throws: `SimulationError.association` for parameters that make no SA.
  init(_ scenario: Scenario) throws(SimulationError) {
    sizes = RequestSizes(scenario.version)
    var (forms, tags, next): ([PacketForm], [UInt32], UInt32) = ([], [], 0)
    for association in scenario.associations {
      do throws(ParameterError) { forms.append(try PacketForm(association)) } catch {
        throw .association(association.name, error)
      }
      tags.append(next)
      next += UInt32(association.copies)
    }
    (self.forms, self.tags) = (forms, tags)
    flows = scenario.flows.map(\.association)
    intervals = scenario.associations.map(\.notifications.interval)
    sequences = Array(repeating: 0, count: intervals.contains { $0 > 0 } ? Int(next) : 0)
  }

  func request(_ order: Order) -> Request {
    guard case .packet(let flow, let copy, let length, _, _) = order else { return sizes.command }
    let association = flows[flow]
    return sizes.packet(length, forms[association], tag: tags[association] + UInt32(copy))
  }

  /// Without a device somebody has to know what it would refuse, and when it would raise an event.
  mutating func predict(_ request: inout Request, _ order: Order) {
    guard case .packet(_, _, _, _, let condition) = order else { return }
    if case .sound = condition {} else { sizes.refuse(&request) }
    if sequences.isEmpty || request.refused > 0 { return }
    let tag = Int(request.association)
    guard let association = tags.lastIndex(where: { $0 <= tag }), intervals[association] > 0 else { return }
    sequences[tag] += 1
    request.notifies = sequences[tag].isMultiple(of: intervals[association])
  }
}
