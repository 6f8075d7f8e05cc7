public import CGAPI
import Driver
import Spec
import Wire

/// - Throws: `DriverError`, EINVAL.
private func slot(_ number: UInt32) throws(DriverError) -> Int {
  guard number < Host.cardLimit else { throw DriverError(.EINVAL, "g-api", "slot \(number)") }
  return Int(number)
}

/// - Throws: `DriverError`, EINVAL for a version that there is none of.
private func version(_ name: UnsafePointer<CChar>?) throws(DriverError) -> SpecVersion? {
  guard let name = try string(name, limit: GAPI.versionSize.value) else { return nil }
  guard let definition = Spec.all.first(where: { $0.version.description == name }) else {
    throw DriverError(.EINVAL, "g-api", "no version \(name)")
  }
  return definition.version
}

/// Changes what is in a slot, and lets everything go on.
private func change(
  _ number: UInt32, _ function: StaticString = #function, _ body: (Host, Int) throws(DriverError) -> Void
) -> Int32 {
  Library.call(function) { (library) throws(DriverError) in
    let host = try library.platform(), number = try slot(number)
    try body(host, number)
    library.settle(host.slots[number])
    library.run()
  }
}

@c @implementation
public func g_ipsec_la_sim_start(_ platform: UnsafePointer<g_ipsec_la_sim_platform>?) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let platform = try required(platform, "platform").pointee
    let version = try version(platform.spec_version)
    guard platform.num_devices <= Host.cardLimit, (1...64).contains(platform.num_cpus) else {
      throw DriverError(.EINVAL, "g-api", "no such platform")
    }
    try library.start { (places) throws(DriverError) in
      try Host(places ?? [], count: Int(platform.num_devices), cpuCount: Int(platform.num_cpus), version: version)
    }
  }
}

@c @implementation
public func g_ipsec_la_sim_plug(_ slot: UInt32) -> Int32 {
  change(slot) { (host, slot) throws(DriverError) in try host.emptySlot(slot).plug() }
}

@c @implementation
public func g_ipsec_la_sim_unplug(_ slot: UInt32) -> Int32 {
  change(slot) { (host, slot) throws(DriverError) in try host.takenSlot(slot).unplug() }
}

@c @implementation
public func g_ipsec_la_sim_hold(_ slot: UInt32, _ hold: Bool) -> Int32 {
  change(slot) { (host, slot) throws(DriverError) in try host.takenSlot(slot).hold(hold) }
}

@c @implementation
public func g_ipsec_la_sim_fail(_ slot: UInt32) -> Int32 {
  change(slot) { (host, slot) throws(DriverError) in try host.takenSlot(slot).needReset() }
}
