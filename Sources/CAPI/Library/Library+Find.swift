import CGAPI
import Driver
import Spec

/// What handles stand for.
extension Library {
  /// - Throws: `DriverError`: EINVAL for NULL, EBADF for a handle that is not valid, ENOENT for a group of another's.
  func application(_ handle: UnsafePointer<g_ipsec_la_handle>?) throws(DriverError) -> Application {
    let handle = try required(handle, "handle")
    guard let application = applications[number(handle.pointee.handle)] else {
      throw DriverError(.EBADF, "g-api", "no such handle")
    }
    _ = try group(handle.pointee, of: application)
    return application
  }

  /// The application of a handle, for a call that needs its accelerator.
  ///
  /// - Throws: `DriverError`: EINVAL, EBADF, ENOENT, and ENODEV once the accelerator has gone.
  func live(_ handle: UnsafePointer<g_ipsec_la_handle>?) throws(DriverError) -> Application {
    let application = try application(handle)
    guard !application.application.isBroken else { throw DriverError(.ENODEV, "g-api", "accelerator has gone") }
    return application
  }

  /// The group that a handle carries; nil for zeros.
  ///
  /// - Throws: `DriverError`, ENOENT for one that is not this application's.
  func group(_ handle: g_ipsec_la_handle, of application: Application) throws(DriverError) -> LookAsideGroup? {
    let value = number(handle.group_handle)
    guard value != 0 else { return nil }
    guard let entry = groups[value], entry.application === application else {
      throw DriverError(.ENOENT, "g-api", "no such group")
    }
    return entry.group
  }

  /// - Throws: `DriverError`, ENOENT for an SA that is not this application's, of another group than the handle's, or
  ///   of the other direction.
  func sa(
    _ handle: g_ipsec_la_sa_handle, _ direction: SADirection, of application: Application, in group: LookAsideGroup?
  ) throws(DriverError) -> SAEntry {
    guard let entry = associations[number(handle.ipsec_sa_handle)], entry.application === application,
      entry.sa.direction == direction, group == nil || entry.sa.group === group
    else { throw DriverError(.ENOENT, "g-api", "no such SA") }
    return entry
  }

  /// Forgets the handle of an SA that is no more.
  func forget(_ sa: LookAsideSA, of application: Application) {
    if let handle = application.saHandles.removeValue(forKey: ObjectIdentifier(sa)) { associations.remove(handle) }
  }

  /// Forgets the handle of a group that is no more.
  func forget(_ group: LookAsideGroup, of application: Application) {
    if let handle = application.groupHandles.removeValue(forKey: ObjectIdentifier(group)) { groups.remove(handle) }
  }

  /// Forgets the handles of all SAs and groups that are no more.
  func sweep(_ application: Application) {
    let left = Set(application.application.associations.map(ObjectIdentifier.init))
    for (sa, handle) in application.saHandles where !left.contains(sa) {
      associations.remove(handle)
      application.saHandles[sa] = nil
    }
    let groupsLeft = Set(application.application.groups.map(ObjectIdentifier.init))
    for (group, handle) in application.groupHandles where !groupsLeft.contains(group) {
      groups.remove(handle)
      application.groupHandles[group] = nil
    }
  }
}

// MARK: Bytes of C

/// Eight bytes as C has them in a structure.
typealias HandleBytes = (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)

func number(_ bytes: HandleBytes) -> UInt64 { withUnsafeBytes(of: bytes) { $0.loadUnaligned(as: UInt64.self) } }

func bytes(_ number: UInt64) -> HandleBytes { unsafeBitCast(number, to: HandleBytes.self) }

/// - Throws: `DriverError`, EINVAL for NULL.
func required<Pointer>(_ pointer: Pointer?, _ name: String) throws(DriverError) -> Pointer {
  guard let pointer else { throw DriverError(.EINVAL, "g-api", "\(name) is NULL") }
  return pointer
}

/// A C string of at most so many bytes, its final zero included; nil for NULL.
///
/// - Throws: `DriverError`, EINVAL for a longer one.
func string(_ pointer: UnsafePointer<CChar>?, limit: Int) throws(DriverError) -> String? {
  guard let pointer else { return nil }
  let bytes = UnsafeRawBufferPointer(start: pointer, count: limit)
  guard let end = bytes.firstIndex(of: 0) else { throw DriverError(.EINVAL, "g-api", "name is too long") }
  return String(decoding: bytes[..<end], as: UTF8.self)
}

/// Fills an array of characters in a structure with as much of a string as it takes, and a zero.
func store<Characters>(_ string: String, in characters: inout Characters) {
  withUnsafeMutableBytes(of: &characters) { bytes in
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
    for (index, byte) in string.utf8.prefix(bytes.count - 1).enumerated() { bytes[index] = byte }
  }
}

/// The case that a number of C's stands for.
///
/// - Throws: `DriverError`, EINVAL for one that is none.
func known<Case: RawRepresentable>(_ type: Case.Type, _ value: UInt32) throws(DriverError) -> Case
where Case.RawValue == UInt32 {
  guard let known = Case(rawValue: value) else { throw DriverError(.EINVAL, "g-api", "\(type) \(value)") }
  return known
}
