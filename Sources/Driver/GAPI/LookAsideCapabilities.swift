public import Spec
import Wire

/// What an accelerator can do, in the g-API's terms.
public struct LookAsideCapabilities: Sendable, Hashable {
  public var capabilities: Set<GAPI.Capability> = []
  public var auths: Set<GAPI.AuthAlgorithm> = []
  public var ciphers: Set<GAPI.CipherAlgorithm> = []
  public var combined: Set<GAPI.CombinedAlgorithm> = []
}

extension LookAsideDevice {
  public var capabilities: LookAsideCapabilities {
    LookAsideCapabilities(
      capabilities: Set(GAPI.Capability.allCases.filter { $0.feature.map(instance.has) ?? ($0 == .esp) }),
      auths: Set(GAPI.AuthAlgorithm.allCases.filter { instance.capabilities.has($0.algorithm) || $0 == .none }),
      ciphers: Set(GAPI.CipherAlgorithm.allCases.filter { $0.algorithms.contains(where: instance.capabilities.has) }),
      combined: Set(
        GAPI.CombinedAlgorithm.allCases.filter { $0.algorithms.values.contains(where: instance.capabilities.has) }))
  }
}

extension GAPI.Capability {
  /// The feature that stands for it; nil where there is none.
  fileprivate var feature: Feature? {
    switch self {
    case .sg: .sgBuffers
    case .ah: .ah
    case .esp, .ipcomp: nil
    case .wesp: .wesp
    case .multiSecProtocol: .saBundles
    case .udpEncapsulation: .udpEncapsulation
    case .esn: .esn
    case .tfc: .tfc
    case .ecn: .ecn
    case .df: .df
    case .antiReplay: .antiReplayCheck
    case .ipv6: .ipv6
    case .softLifetime: .softLifetime
    case .overflow: .sequenceOverflow
    case .periodic: .sequencePeriodic
    }
  }
}

extension GAPI.AuthAlgorithm {
  /// The device's number for it.
  public var algorithm: HMACAlgorithm {
    switch self {
    case .none: .null
    case .md5: .md5
    case .sha1: .sha1
    case .aesXCBC: .aesXCBC
    case .sha256: .sha256
    case .sha384: .sha384
    case .sha512: .sha512
    case .sha1Full: .sha1Full
    }
  }
}

extension GAPI.AuthAlgorithm {
  /// Bits of the integrity check value.
  public var icvBits: UInt32 {
    switch self {
    case .none: 0
    case .md5, .sha1, .aesXCBC: 96
    case .sha256: 128
    case .sha384: 192
    case .sha512: 256
    case .sha1Full: 160
    }
  }
}

extension GAPI.CombinedAlgorithm {
  /// The same among the ciphers.
  public var cipher: GAPI.CipherAlgorithm {
    switch self {
    case .aesCCM: .aesCCM
    case .aesGCM: .aesGCM
    case .aesGMAC: .aesGMAC
    }
  }

  /// The device's numbers for it, by the bits of the ICV.
  public var algorithms: [UInt32: CipherAlgorithm] {
    switch self {
    case .aesCCM: [64: .aesCCM8, 96: .aesCCM12, 128: .aesCCM16]
    case .aesGCM: [64: .aesGCM8, 96: .aesGCM12, 128: .aesGCM16]
    case .aesGMAC: [128: .aesGMAC]
    }
  }
}

extension GAPI.CipherAlgorithm {
  /// The device's numbers for it.
  public var algorithms: [CipherAlgorithm] {
    switch self {
    case .null: [.null]
    case .desCBC: [.desCBC]
    case .tripleDESCBC: [.tripleDESCBC]
    case .aesCBC: [.aesCBC]
    case .aesCTR: [.aesCTR]
    case .aesCCM: Array(GAPI.CombinedAlgorithm.aesCCM.algorithms.values)
    case .aesGCM: Array(GAPI.CombinedAlgorithm.aesGCM.algorithms.values)
    case .aesGMAC: Array(GAPI.CombinedAlgorithm.aesGMAC.algorithms.values)
    }
  }
}
