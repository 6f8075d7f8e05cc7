public import CGAPI
import Driver
import Spec
import Wire

@c @implementation
public func g_ipsec_la_avail_devices_get_num(_ count: UnsafeMutablePointer<UInt32>?) -> Int32 {
  Library.call { (library) throws(DriverError) in
    try required(count, "nr_devices").pointee = UInt32(library.platform().lookAside.devices.count)
  }
}

/// Part of a list: what comes after a name, as far as there is room.
///
/// - Throws: `DriverError`: EINVAL for no room, ENOENT for a name that no device has.
private func page(
  _ devices: [LookAsideDevice], after last: UnsafePointer<CChar>?, room: UInt32
) throws(DriverError) -> (devices: ArraySlice<LookAsideDevice>, hasMore: Bool) {
  guard room > 0 else { throw DriverError(.EINVAL, "g-api", "no room for a device") }
  var start = devices.startIndex
  if let name = try string(last, limit: GAPI.nameSize.value) {
    guard let index = devices.firstIndex(where: { $0.name == name }) else {
      throw DriverError(.ENOENT, "g-api", "no such accelerator")
    }
    start = index + 1
  }
  let page = devices[start...].prefix(Int(room))
  return (page, page.endIndex < devices.endIndex)
}

@c @implementation
public func g_ipsec_la_avail_devices_get_info(
  _ arguments: UnsafePointer<g_ipsec_la_avail_devices_get_info_inargs>?,
  _ out: UnsafeMutablePointer<g_ipsec_la_avail_devices_get_info_outargs>?
) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let arguments = try required(arguments, "in").pointee, out = try required(out, "out")
    let array = try required(out.pointee.dev_info, "dev_info")
    let (devices, hasMore) = try page(
      library.platform().lookAside.devices, after: arguments.last_device_read, room: arguments.num_devices)
    for (index, device) in devices.enumerated() {
      var info = g_ipsec_la_device_info()
      store(device.name, in: &info.device_name)
      info.mode = g_ipsec_la_mode(rawValue: device.mode.rawValue)
      info.num_apps = UInt32(device.applications.count)
      array[index] = info
    }
    out.pointee.num_devices = UInt32(devices.count)
    store(devices.last?.name ?? "", in: &out.pointee.last_device_read)
    out.pointee.b_more_devices = hasMore
  }
}

@c @implementation
public func g_ipsec_la_active_list_get(
  _ arguments: UnsafePointer<g_ipsec_la_active_list_get_inargs>?,
  _ out: UnsafeMutablePointer<g_ipsec_la_active_list_get_outargs>?
) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let arguments = try required(arguments, "in").pointee, out = try required(out, "out")
    let array = try required(out.pointee.devices, "devices")
    let (devices, hasMore) = try page(
      library.platform().lookAside.activeDevices, after: arguments.last_device_read, room: arguments.num_devices)
    for (index, device) in devices.enumerated() { array[index] = g_ipsec_la_active_device(device) }
    out.pointee.num_devices = UInt32(devices.count)
    store(devices.last?.name ?? "", in: &out.pointee.last_device_read)
    out.pointee.b_more_devices = hasMore
  }
}

extension g_ipsec_la_active_device {
  fileprivate init(_ device: LookAsideDevice) {
    self.init()
    store(device.name, in: &device_name)
    device_id = device.number
    mode = g_ipsec_la_mode(rawValue: device.mode.rawValue)
    let identities = device.applications.flatMap { application in
      [(application.identity, "")] + application.groups.map { (application.identity, $0.identity) }
    }
    num_owners = UInt32(identities.count)
    withUnsafeMutableBytes(of: &owners) { bytes in
      let array = bytes.bindMemory(to: g_ipsec_la_device_owner.self)
      for (index, identity) in zip(array.indices, identities) {
        store(identity.0, in: &array[index].app_identity)
        store(identity.1, in: &array[index].group_identity)
      }
    }
    (bytes_in, bytes_out) = (device.counters.bytesIn, device.counters.bytesOut)
    (packets_in, packets_out) = (device.counters.packetsIn, device.counters.packetsOut)
    (sas_created, sas_deleted) = (device.counters.sasCreated, device.counters.sasDeleted)
    (sas_modified, sas_active) = (device.counters.sasModified, UInt64(device.saCount))
  }
}
