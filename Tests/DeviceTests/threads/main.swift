import Foundation
import Spec
import Testbench
import Wire

/// What a device of its own makes of a workload.
func trace(_ version: SpecVersion, seed: UInt64) -> [String] {
  guard let bench = try? Workload.makeBench(version) else { fatalError("no device") }
  var workload = Workload(version, seed: seed)
  return (0..<400).map { _ in workload.step(bench) }
}

/// Runs two workloads at the same time, on devices that share nothing but the process.
func runTwice(_ version: SpecVersion) {
  let expected = [trace(version, seed: 1), trace(version, seed: 2)]
  let done = DispatchGroup()
  for index in 0..<2 {
    done.enter()
    let thread = Thread {
      guard trace(version, seed: UInt64(index + 1)) == expected[index] else { fatalError("\(version): another trace") }
      done.leave()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }
  done.wait()
}

for version in [SpecVersion.v0_4, .v1_0, .v2_0] { runTwice(version) }
print("two devices on two threads: the traces of one alone")
