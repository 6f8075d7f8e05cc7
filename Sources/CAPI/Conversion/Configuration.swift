import CGAPI
import Driver
import Spec
import Wire

/// An SA as C describes it, as the driver takes it.
extension SAConfiguration {
  /// - Throws: `DriverError`: EINVAL for what contradicts itself, EOPNOTSUPP for what no accelerator has.
  init(_ sa: g_ipsec_la_sa, _ direction: SADirection) throws(DriverError) {
    self.init(spi: sa.spi)
    func refuse(_ problem: String) -> DriverError { DriverError(.EINVAL, "SA", problem) }
    func has(_ flag: GAPI.SAFlag) -> Bool { sa.cmn_flags.has(flag) }
    let flags = GAPI.SAFlag.allCases.reduce(UInt32(0)) { $0 | 1 << $1.rawValue }
    guard sa.spi > 255, sa.cmn_flags & ~flags == 0 else { throw refuse("SPI or flags") }
    guard sa.ipcomp_info.algo.rawValue == 0, sa.nat_info.nat_oa_peer_addr.version.rawValue == 0 else {
      throw DriverError(.EOPNOTSUPP, "SA", "compression, or an original address")
    }
    proto = try known(GAPI.SecurityProtocol.self, sa.proto.rawValue) == .esp ? .esp : .ah
    guard sa.anti_replay_window_size <= GAPI.maxReplayWindow.value else { throw refuse("replay window") }
    let handling = try Handling(sa)
    if !has(.transport) { tunnel = try Tunnel(sa, handling, isIPv6: has(.ipv6)) }
    try setAlgorithms(sa.crypto_params)
    // Not every device refuses one whose packets anybody can change on the way.
    guard direction == .outbound || authentication != nil || sa.crypto_params.comb_algo.rawValue != 0 else {
      throw refuse("inbound, without integrity")
    }
    extendedSequence = has(.esn)
    if has(.antiReplay), direction == .inbound {
      replayWindow = sa.anti_replay_window_size == 0 ? 64 : Int(sa.anti_replay_window_size)
    }
    if has(.udpEncapsulation) {
      guard sa.nat_info.src_port != 0, sa.nat_info.dest_port != 0, proto == .esp else { throw refuse("ports") }
      udpPorts = (sa.nat_info.src_port, sa.nat_info.dest_port)
    }
    if has(.lifetimeKB) {
      lifetime.softBytes = UInt64(sa.soft_kilobytes_limit) << 10
      lifetime.hardBytes = UInt64(sa.hard_kilobytes_limit) << 10
      guard lifetime.hardBytes == 0 || lifetime.softBytes <= lifetime.hardBytes else { throw refuse("lifetimes") }
    }
    if has(.notifyLifetime) {
      guard lifetime.softBytes > 0 else { throw refuse("no lifetime to tell of") }
      events.insert(.softLifetime)
    }
    if has(.notifyOverflow) { events.insert(.sequenceOverflow) }
    if has(.notifyPeriodic) {
      guard sa.seqnum_interval > 0 else { throw refuse("an interval of 0") }
      events.insert(.sequencePeriodic)
      eventInterval = UInt64(sa.seqnum_interval)
    }
  }

  // MARK: Algorithms

  private mutating func setAlgorithms(_ parameters: g_ipsec_la_sa_crypto_params) throws(DriverError) {
    if parameters.comb_algo.rawValue != 0 { return try setCombined(parameters) }
    let auth = try known(GAPI.AuthAlgorithm.self, max(parameters.auth_algo.rawValue, 1))
    let cipher = try known(GAPI.CipherAlgorithm.self, max(parameters.cipher_algo.rawValue, 1))
    guard cipher.rawValue <= GAPI.CipherAlgorithm.aesCTR.rawValue, proto == .esp || cipher == .null,
      parameters.icv_len_bits == 0 || parameters.icv_len_bits == auth.icvBits,
      parameters.hasOnly(auth: auth != .none, cipher: cipher != .null, iv: cipher == .aesCTR)
    else { throw DriverError(.EINVAL, "SA", "algorithms") }
    let key = try Secret(parameters.cipher_key, bits: parameters.cipher_key_len_bits)
    let nonce = try Secret(parameters.iv, bits: parameters.iv_len_bits)
    if proto == .esp { self.cipher = Suite(cipher.algorithms[0], key: key, salt: nonce) }
    if auth != .none {
      authentication = Suite(
        auth.algorithm, key: try Secret(parameters.auth_key, bits: parameters.auth_key_len_bits), salt: Secret())
    }
  }

  private mutating func setCombined(_ parameters: g_ipsec_la_sa_crypto_params) throws(DriverError) {
    let combined = try known(GAPI.CombinedAlgorithm.self, parameters.comb_algo.rawValue)
    let icvBits = parameters.icv_len_bits == 0 ? 128 : parameters.icv_len_bits
    guard let algorithm = combined.algorithms[icvBits], parameters.hasOnly(combined: true),
      parameters.auth_algo.rawValue <= 1,
      parameters.cipher_algo.rawValue <= 1 || parameters.cipher_algo.rawValue == combined.cipher.rawValue,
      parameters.comb_salt_len_bits <= parameters.comb_key_len_bits, parameters.comb_salt_len_bits % 8 == 0
    else { throw DriverError(.EINVAL, "SA", "algorithms") }
    let both = try Secret(parameters.comb_key, bits: parameters.comb_key_len_bits)
    let (salt, key) = both.split(at: Int(parameters.comb_salt_len_bits / 8))
    if proto == .esp {
      cipher = Suite(algorithm, key: key, salt: salt)
    } else {
      guard combined == .aesGMAC else { throw DriverError(.EINVAL, "SA", "AH encrypts nothing") }
      authentication = Suite(.aesGMAC, key: key, salt: salt)
    }
  }
}

extension g_ipsec_la_sa_crypto_params {
  /// Whether there are keys for what uses them only: one that nobody reads is a mistake in the algorithms.
  fileprivate func hasOnly(
    auth: Bool = false, cipher: Bool = false, iv hasIV: Bool = false, combined: Bool = false
  ) -> Bool {
    (auth || (auth_key == nil && auth_key_len_bits == 0))
      && (cipher || (cipher_key == nil && cipher_key_len_bits == 0))
      && (hasIV || (iv == nil && iv_len_bits == 0))
      && (combined || (comb_key == nil && comb_key_len_bits == 0 && comb_salt_len_bits == 0))
  }
}

/// What goes into a tunnel's header; it has to be right in transport mode as well.
private struct Handling {
  let dscp: GAPI.DSCPHandling
  let dontFragment: GAPI.DFHandling

  init(_ sa: g_ipsec_la_sa) throws(DriverError) {
    guard sa.outb.dscp < 64 else { throw DriverError(.EINVAL, "SA", "DSCP") }
    for end in [sa.te_addr.src_ip, sa.te_addr.dest_ip] where end.version.rawValue != 0 {
      _ = try known(GAPI.IPVersion.self, end.version.rawValue)
    }
    dscp = try known(GAPI.DSCPHandling.self, max(sa.outb.dscp_handle.rawValue, 1))
    dontFragment = try known(GAPI.DFHandling.self, max(sa.outb.df_bit_handle.rawValue, 1))
  }
}

extension SAConfiguration.Tunnel {
  fileprivate init(_ sa: g_ipsec_la_sa, _ handling: Handling, isIPv6: Bool) throws(DriverError) {
    self.init(
      source: try sa.te_addr.src_ip.bytes(isIPv6: isIPv6), destination: try sa.te_addr.dest_ip.bytes(isIPv6: isIPv6))
    dscp = sa.outb.dscp
    switch handling.dscp {
    case .copy: dscpHandling = .copy
    case .clear: dscpHandling = .clear
    case .set: dscpHandling = .set
    }
    switch handling.dontFragment {
    case .copy: dfHandling = .copy
    case .clear: dfHandling = .clear
    case .set: dfHandling = .set
    }
    propagatesECN = sa.cmn_flags.has(GAPI.SAFlag.ecn)
  }
}

extension g_ipsec_la_ip_addr {
  /// The address as in a packet.
  ///
  /// - Throws: `DriverError`, EINVAL for one of the other version.
  func bytes(isIPv6: Bool) throws(DriverError) -> [UInt8] {
    guard try known(GAPI.IPVersion.self, version.rawValue) == (isIPv6 ? .v6 : .v4) else {
      throw DriverError(.EINVAL, "SA", "version of an address")
    }
    return withUnsafeBytes(of: addr) { Array($0.prefix(isIPv6 ? 16 : 4)) }
  }
}

extension Secret {
  /// A key as C has it.
  ///
  /// - Throws: `DriverError`, EINVAL for a length that is no number of bytes, or too long.
  fileprivate init(_ key: UnsafePointer<UInt8>?, bits: UInt32) throws(DriverError) {
    guard bits % 8 == 0, bits <= GAPI.maxKeyBits.value, bits == 0 || key != nil else {
      throw DriverError(.EINVAL, "SA", "a key of \(bits) bits")
    }
    self.init(UnsafeRawBufferPointer(start: key, count: Int(bits / 8)))
  }
}

extension g_ipsec_la_sa {
  /// Without what is secret, and without pointers.
  var withoutKeys: Self {
    var sa = self
    sa.crypto_params.auth_key = nil
    sa.crypto_params.cipher_key = nil
    sa.crypto_params.comb_key = nil
    sa.crypto_params.iv = nil
    return sa
  }
}
