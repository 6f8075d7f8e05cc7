import Clockwork

extension Profile {
  /// The places of the queue in front of a unit, and its lanes; the ring and the interrupt have none that are used.
  public func size(of unit: Unit) -> (places: UInt64, lanes: UInt64) {
    switch unit {
    case .ring, .interrupt: (1, 1)
    case .fetch: (1, fetchOutstanding)
    case .header: (headerQueue, headerOutstanding)
    case .parse: (parseQueue, 1)
    case .cache: (cacheQueue, 1)
    case .fill: (1, cacheOutstanding)
    case .input: (inputQueue, inputOutstanding)
    case .lanes: (laneQueue, lanes)
    case .control: (controlQueue, 1)
    case .output: (outputQueue, outputOutstanding)
    case .notification: (notificationQueue, 1)
    case .used: (1, usedOutstanding)
    }
  }

  /// A core's part of the lanes and of the places in front of them; the first cores have what cannot be divided.
  func share(ofCore core: Int) -> (places: UInt64, lanes: UInt64) {
    func part(_ whole: UInt64) -> UInt64 {
      whole / scaling + (UInt64(core) < whole % scaling ? 1 : 0)
    }
    return (part(laneQueue), part(lanes))
  }
}

extension Stage {
  /// The unit's queue and lanes as the profile has them; of the lanes, the first core's.
  init(_ unit: Unit, _ profile: Profile, _ isObserved: Bool) {
    if unit == .lanes {
      self.init(core: 0, profile, isObserved)
    } else {
      let (places, lanes) = profile.size(of: unit)
      self.init(capacity: Int(places), lanes: Int(lanes), isObserved: isObserved)
    }
  }

  /// A core's lanes.
  init(core: Int, _ profile: Profile, _ isObserved: Bool) {
    let (places, lanes) = profile.share(ofCore: core)
    self.init(capacity: Int(places), lanes: Int(lanes), isObserved: isObserved)
  }
}
