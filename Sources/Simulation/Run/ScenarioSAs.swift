import CycleModel
import Device
import Testbench

/// The SAs of a scenario on a live device: those that are there from the start, and those that come and go.
struct ScenarioSAs {
  private let scenario: Scenario
  let driver: any WireDriver
  /// By the scenario's SA, then by copy.
  private var sas: [[TestSA]] = []
  /// For SAs of a churn, where the version wants a group.
  private var group: Handle?
  /// SAs that were added and are to be deleted, oldest first, and how many were ever asked for; by churn.
  private var added: [[TestSA]]
  private var asked: [Int]
  /// Commands to add one that are not answered yet, by churn.
  private var open: [Int]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    driver = makeDriver(scenario.version, AcceleratorProfile(scenario.version))
    added = scenario.churns.map { _ in [] }
    (asked, open) = (scenario.churns.map { _ in 0 }, scenario.churns.map { _ in 0 })
  }

  /// Adds all those that are there from the start to a device without any; their packets go on behind `sequences`.
  mutating func add(to bench: Testbench, behind sequences: SequenceBounds) throws(TestbenchError) {
    sas = []
    (added, open) = (scenario.churns.map { _ in [] }, scenario.churns.map { _ in 0 })
    group = driver.needsGroup ? try bench.group() : nil
    for (index, association) in scenario.associations.enumerated() {
      var copies: [TestSA] = []
      for copy in 0..<association.copies {
        do throws(TestbenchError) {
          let sequence = sequences[index, copy]
          let descriptions = association.descriptions(ofCopy: copy, behind: sequence)
          let sa = try bench.addSA(descriptions, direction: association.direction, group: group)
          if sequence > 0 { try driver.advance(sa, to: sequence, bench) }
          copies.append(sa)
        } catch {
          let place = association.place.isEmpty ? "" : association.place + ": "
          throw .plan("\(place)associations: \(association.name): \(error)")
        }
      }
      sas.append(copies)
    }
  }

  /// Has a device take one copy of each: without one, nobody would say which it refuses.
  static func check(_ scenario: Scenario) throws(TestbenchError) {
    var single = scenario
    for index in single.associations.indices { single.associations[index].copies = 1 }
    var sas = ScenarioSAs(single)
    let bench = try Testbench(version: scenario.version, features: scenario.features)
    try sas.add(to: bench, behind: SequenceBounds(single))
  }

  /// Makes ready for commands of a churn alone.
  mutating func prepareChurn(on bench: Testbench) throws(TestbenchError) {
    group = driver.needsGroup ? try bench.group() : nil
  }

  @inline(__always)
  func sa(_ association: Int, _ copy: Int) -> TestSA { sas[association][copy] }

  // MARK: Churn

  /// The command that adds one more.
  mutating func addition(_ churn: Int) -> PreparedChain {
    asked[churn] += 1
    open[churn] += 1
    let association = association(churn)
    let descriptions = association.descriptions(ofCopy: next(churn), behind: association.sequence)
    return driver.addition(of: descriptions, direction(churn), group)
  }

  private func association(_ churn: Int) -> ScenarioAssociation {
    scenario.associations[scenario.churns[churn].association]
  }

  private func direction(_ churn: Int) -> Direction { association(churn).direction }
  private func next(_ churn: Int) -> Int { association(churn).copies + asked[churn] }

  /// Whether there is no SA to delete, and none to come: the fault that ended a request took it.
  func isEmpty(_ churn: Int) -> Bool { added[churn].isEmpty && open[churn] == 0 }

  /// Whether the driver does not know yet which SA it is to delete.
  func mustWait(_ churn: Int) -> Bool { added[churn].isEmpty && open[churn] > 0 }

  /// A command was not answered.
  mutating func failed(_ order: Order) {
    if case .add(let churn) = order { open[churn] -= 1 }
  }

  /// Takes note of one that was to be added; whether it was.
  mutating func noteAddition(_ churn: Int, _ answer: [UInt8], to request: [UInt8]) -> Bool {
    open[churn] -= 1
    guard let handle = try? driver.added(answer, to: request) else { return false }
    added[churn].append(TestSA(handle: handle, direction: direction(churn), group: group))
    return true
  }

  /// The command that deletes the oldest that was added; where there is none, one that there never was.
  mutating func deletion(_ churn: Int) -> PreparedChain {
    let nobody = TestSA(handle: .nobody, direction: direction(churn), group: group)
    return driver.deletion(of: added[churn].isEmpty ? nobody : added[churn].removeFirst())
  }

  func isDeleted(_ answer: [UInt8], to request: [UInt8]) -> Bool {
    (try? driver.checkDeletion(answer, to: request)) != nil
  }
}

extension Handle {
  /// No SA's: the device counts handles up from 1.
  fileprivate static let nobody = Handle(.max)!
}
