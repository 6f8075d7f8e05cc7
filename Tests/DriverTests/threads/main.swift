import Driver
import Foundation
import Testbench
import Virtio

/// What a platform of its own makes of a driver's life.
func trace(_ rig: Rig, seed: UInt8) -> [TraceEvent] {
  do {
    let platform = try rig.platform()
    let kernel = platform.kernel
    kernel.log.kinds = Set(TraceEvent.Kind.allCases)
    try platform.boot()
    guard let instance = platform.instances.first else { fatalError("no device") }
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    for index in 0..<20 {
      let packet = Samples.packet(100 + index, seed: seed)
      guard try instance.process(instance.process(packet, on: outbound), on: inbound) == packet else {
        fatalError("another packet")
      }
      if index == 10 {
        rig.needReset(platform)
        kernel.scheduler.run()
      }
    }
    try kernel.suspendSystem()
    guard kernel.resumeSystem().isEmpty else { fatalError("no waking up") }
    try kernel.unload("virtio_ipsec")
    return kernel.log.events
  } catch { fatalError("\(error)") }
}

/// Runs two platforms at the same time, that share nothing but the process.
func runTwice(_ rig: Rig) {
  let expected = [trace(rig, seed: 1), trace(rig, seed: 2)]
  let done = DispatchGroup()
  for index in 0..<2 {
    done.enter()
    let thread = Thread {
      guard trace(rig, seed: UInt8(index + 1)) == expected[index] else { fatalError("\(rig): another trace") }
      done.leave()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }
  done.wait()
}

for rig in Rig.all { runTwice(rig) }
print("two drivers on two threads: the traces of one alone")
