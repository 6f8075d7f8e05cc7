import Spec

/// Groups, SAs and bundles by their handles.
///
/// A class, so that handing it on costs one reference count: it is looked at for every packet.
final class SAStore {
  private(set) var groups: [Handle: Int] = [:]
  private var sas: [Handle: StoredSA] = [:]
  /// Handles of the SAs in their order, which is that of their making.
  private var order: [Handle] = []
  private(set) var handles = HandleCounter()
  /// SAs, each of a bundle counted.
  private(set) var count = 0

  /// Neither SAs nor groups, and none ever given out.
  var isEmpty: Bool { handles.last == 0 }

  subscript(handle: Handle) -> StoredSA? { sas[handle] }
  var all: [StoredSA] { order.map { sas[$0]! } }

  /// Whether a group or an SA goes by the handle.
  func has(_ handle: Handle) -> Bool { groups[handle] != nil || sas[handle] != nil }

  /// A handle for something that is kept elsewhere.
  func makeHandle() -> Handle { handles.next() }

  // MARK: Groups

  func addGroup(limit: Int) throws(Rejection) -> Handle {
    guard groups.count < limit else { throw .noResources }
    let handle = handles.next()
    groups[handle] = 0
    return handle
  }

  func deleteGroup(_ handle: Handle) throws(Rejection) {
    guard let used = groups[handle] else { throw .noSuchGroup }
    guard used == 0 else { throw .groupInUse }
    groups[handle] = nil
  }

  func requireGroup(_ handle: Handle?) throws(Rejection) {
    if let handle, groups[handle] == nil { throw .noSuchGroup }
  }

  // MARK: SAs

  func add(
    _ direction: Direction, group: Handle?, _ members: [StoredSA.Member], limit: Int
  ) throws(Rejection) -> Handle {
    guard count + members.count <= limit else { throw .noResources }
    let handle = handles.next()
    insert(StoredSA(handle, direction, group: group, members))
    return handle
  }

  private func insert(_ sa: StoredSA) {
    sas[sa.handle] = sa
    order.append(sa.handle)
    count += sa.members.count
    if let group = sa.group { groups[group, default: 0] += 1 }
  }

  /// - Throws: `Rejection.noSuchSA` also for one of the other direction, or of another group.
  func find(_ name: SAName, _ direction: Direction) throws(Rejection) -> StoredSA {
    try requireGroup(name.group)
    guard let sa = sas[name.sa], sa.direction == direction, sa.group == name.group else { throw .noSuchSA }
    return sa
  }

  func delete(_ sa: StoredSA) {
    order.remove(at: position(behind: sa.handle.rawValue) - 1)
    forget(sa)
  }

  private func forget(_ sa: StoredSA) {
    sas[sa.handle] = nil
    count -= sa.members.count
    if let group = sa.group { groups[group]! -= 1 }
    sa.delete()
  }

  func flush(_ group: Handle) throws(Rejection) {
    try requireGroup(group)
    flush { $0.group == group }
  }

  func flushAll() { flush { _ in true } }

  private func flush(_ isDoomed: (StoredSA) -> Bool) {
    for sa in all where isDoomed(sa) { forget(sa) }
    order.removeAll { sas[$0] == nil }
  }

  /// SAs behind a handle that are in a group, if one is asked for; at most `limit`, bundles whole. Then where to go on.
  ///
  /// - Throws: `Rejection.noResources` when the first is a bundle of more than `limit`.
  func page(
    _ direction: Direction, group: Handle?, after: UInt64, limit: Int
  ) throws(Rejection) -> (sas: [StoredSA], cursor: UInt64) {
    var page: [StoredSA] = []
    var left = limit
    for handle in order[position(behind: after)...] {
      let sa = sas[handle]!
      guard sa.direction == direction, group == nil || sa.group == group else { continue }
      guard sa.members.count <= left else {
        if page.isEmpty, limit > 0 { throw .noResources }
        return (page, page.last?.handle.rawValue ?? after)
      }
      left -= sa.members.count
      page.append(sa)
    }
    return (page, 0)
  }

  /// The first position whose handle is greater.
  private func position(behind handle: UInt64) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if order[middle].rawValue > handle { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Saving

  init() {}

  /// A store as another one was.
  ///
  /// - Throws: `StateError.inconsistent` when handles repeat, or lie beyond the counter, or an SA's group is missing.
  init(last: UInt64, groups: [Handle], sas: [StoredSA]) throws(StateError) {
    handles = HandleCounter(last: last)
    for group in groups {
      guard group.rawValue <= last, self.groups[group] == nil else { throw .inconsistent("groups") }
      self.groups[group] = 0
    }
    for sa in sas {
      guard sa.handle.rawValue <= last, order.last.map({ $0 < sa.handle }) ?? true, self.groups[sa.handle] == nil,
        sa.group.map({ self.groups[$0] != nil }) ?? true
      else { throw .inconsistent("SAs") }
      insert(sa)
    }
  }
}
