import CycleModel
import Device
import ESP

/// What each order needs of the pipeline.
///
/// A class, so that to ask it counts no references of what it knows.
final class ScenarioForms: Sendable {
  private let sizes: RequestSizes
  private let commands: [CommandSizes]
  private let forms: [PacketForm]
  /// The SA of each flow; and the first tag of the copies of each SA, as the cache tells SAs apart.
  private let flows: [Int]
  private let tags: [UInt32]
  private let flowContents: [Flow.Content]
  /// Places in the capture of each flow with what is no IP packet.
  private let malformed: [Set<Int>]
  private let isInPlace: [Bool]
  private let descriptors: [UInt32]

  /// - Throws: `SimulationError.association` for parameters that make no SA, `.start` where the device refuses it.
  init(_ scenario: Scenario) throws(SimulationError) {
    sizes = RequestSizes(scenario.version)
    commands = try CommandSizes.all(scenario)
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
    flowContents = scenario.flows.map(\.content)
    malformed = scenario.flows.map(\.malformedPlaces)
    isInPlace = scenario.flows.map(\.isInPlace)
    descriptors = scenario.flows.map { UInt32(scenario.descriptors(of: $0)) }
  }

  func request(_ order: Order) -> Request {
    switch order {
    case .add(let churn): return commands[churn].add
    case .delete(let churn): return commands[churn].delete
    case .several(let orders): return Request(inOneChain: orders.map(request))
    case .packet(let flow, let copy, let length, let place, _):
      let association = flows[flow]
      return sizes.packet(
        length, forms[association], ipHeader: ipHeader(flow, place), isMalformed: malformed[flow].contains(place),
        tag: tags[association] + UInt32(copy), descriptors: descriptors[flow], isInPlace: isInPlace[flow])
    }
  }

  /// Whether no peer and no device protects it: it is no IP packet, or is too long for one.
  private func isUnfit(_ length: Int, _ flow: Int, _ place: Int) -> Bool {
    malformed[flow].contains(place)
      || sizes.isTooLong(length, forms[flows[flow]], ipHeader: ipHeader(flow, place))
  }

  /// Bytes of the IP header of a flow's packet.
  private func ipHeader(_ flow: Int, _ place: Int) -> Int {
    guard case .packets(let packets) = flowContents[flow] else { return 20 }
    return packets[place].ipHeaderLength
  }

  /// The order as it is really sent: there is what no peer protects.
  func sent(_ order: Order) -> Order {
    if case .several(let orders) = order { return .several(orders.map(sent)) }
    guard case .packet(let flow, _, let length, let place, _) = order, forms[flows[flow]].isInbound,
      isUnfit(length, flow, place)
    else { return order }
    return order.packet(in: .unprotected)
  }

  /// Without a device somebody has to know what it would refuse, and when it would raise an event.
  func predict(_ request: inout Request, _ order: Order, _ forecast: inout EventForecast) -> Outcome? {
    switch order {
    case .add, .delete: return nil
    case .packet: return .size(isRefused: refuses(&request, order, &forecast))
    case .several(let orders):
      var requests = orders.map(self.request)
      let outcomes = requests.indices.map { Outcome.size(isRefused: refuses(&requests[$0], orders[$0], &forecast)) }
      request = Request(inOneChain: requests)
      return .several(outcomes)
    }
  }

  private func refuses(_ request: inout Request, _ order: Order, _ forecast: inout EventForecast) -> Bool {
    guard case .packet(let flow, _, let length, let place, let condition) = order else { return false }
    let (association, tag) = (flows[flow], request.association)
    let isUnfit = isUnfit(length, flow, place)
    if forecast.refuses(tag, of: association, &request.events) || condition != .sound || isUnfit {
      sizes.refuse(&request)
      return true
    }
    forecast.pass(length, tag, of: association, &request.events)
    return false
  }
}

extension [UInt8] {
  /// Bytes of the packet's IP header, without the extension headers of IPv6.
  fileprivate var ipHeaderLength: Int { (first ?? 0) >> 4 == 6 ? 40 : Int((first ?? 5) & 0xf) * 4 }
}
