import CycleModel
import Testbench

/// What the commands of a churn need of the pipeline, found out by asking a device once.
struct CommandSizes: Sendable {
  let add: Request
  let delete: Request

  /// By churn.
  ///
  /// - Throws: `SimulationError.start` where the device does not take the SA.
  static func all(_ scenario: Scenario) throws(SimulationError) -> [CommandSizes] {
    if scenario.churns.isEmpty { return [] }
    do throws(TestbenchError) {
      let bench = try Testbench(version: scenario.version, features: scenario.features)
      var sizes: [CommandSizes] = []
      for churn in scenario.churns.indices {
        var sas = ScenarioSAs(scenario)
        try sas.prepareChurn(on: bench)
        let add = try Request(sas.addition(churn), on: bench) {
          _ = sas.noteAddition(churn, $0, to: $1)
        }
        sizes.append(
          CommandSizes(add: add, delete: try Request(sas.deletion(churn), on: bench) { _, _ in }))
      }
      return sizes
    } catch { throw .start(error) }
  }
}

extension Request {
  /// - Parameter take: is handed the answer, and the request.
  fileprivate init(
    _ chain: PreparedChain, on bench: Testbench, _ take: ([UInt8], [UInt8]) -> Void
  ) throws(TestbenchError) {
    let answer = try bench.control(chain.readable, room: chain.room)
    take(answer, chain.readable)
    self.init(
      .control, descriptors: 2, headerBytes: UInt32(chain.readable.count), bytesIn: 0,
      bytesOut: UInt32(answer.count))
  }
}
