import CycleModel
import Simulation
import Wire

/// What is to be other than a scenario says.
struct ScenarioSelection {
  var version: SpecVersion?
  var mode: Scenario.Mode?
  var seed: UInt64?
  var profile: (name: String, values: Profile)?
}
