public import CGAPI
import Driver
import Spec
import Wire

/// - Throws: `DriverError`, EINVAL.
private func slot(_ number: UInt32) throws(DriverError) -> Int {
  guard number < Simulation.slotCount else { throw DriverError(.EINVAL, "g-api", "slot \(number)") }
  return Int(number)
}

/// Changes a card, and lets everything go on.
private func change(
  _ number: UInt32, _ function: StaticString = #function, _ body: (Simulation, Int) throws(DriverError) -> Void
) -> Int32 {
  Library.shared.call(function) { (library) throws(DriverError) in
    try body(library.platform(), slot(number))
    library.run()
  }
}

@c @implementation
public func g_ipsec_la_sim_start(_ platform: UnsafePointer<g_ipsec_la_sim_platform>?) -> Int32 {
  Library.shared.call { (library) throws(DriverError) in
    let platform = try required(platform, "platform").pointee
    let name = try string(platform.spec_version, limit: GAPI.versionSize.value) ?? Spec.v2_0.version.description
    guard platform.num_devices <= Simulation.slotCount, (1...64).contains(platform.num_cpus),
      let definition = Spec.all.first(where: { $0.version.description == name })
    else { throw DriverError(.EINVAL, "g-api", "no such platform") }
    try library.start { () throws(DriverError) in
      try Simulation(deviceCount: Int(platform.num_devices), cpuCount: Int(platform.num_cpus), definition)
    }
  }
}

@c @implementation
public func g_ipsec_la_sim_plug(_ slot: UInt32) -> Int32 {
  change(slot) { (simulation, slot) throws(DriverError) in try simulation.plug(slot) }
}

@c @implementation
public func g_ipsec_la_sim_unplug(_ slot: UInt32) -> Int32 {
  change(slot) { (simulation, slot) throws(DriverError) in try simulation.unplug(slot) }
}

@c @implementation
public func g_ipsec_la_sim_hold(_ slot: UInt32, _ hold: Bool) -> Int32 {
  change(slot) { (simulation, slot) throws(DriverError) in
    if hold { try simulation.hold(slot) } else { try simulation.release(slot) }
  }
}

@c @implementation
public func g_ipsec_la_sim_fail(_ slot: UInt32) -> Int32 {
  change(slot) { (simulation, slot) throws(DriverError) in try simulation.fail(slot) }
}
