import CycleModel
import Device
import ESP
import Spec
import Wire

/// How large the chain of a packet is: what the pipeline has to move for it.
struct RequestSizes: Sendable {
  private let header: UInt32
  /// Of a packet that is processed where it stands.
  private let inPlaceHeader: UInt32
  private let answer: UInt32

  init(_ version: SpecVersion) {
    switch version {
    case .v0_4:
      header = UInt32(V0_4.DataHeader.byteCount + V0_4.SeparateBuffers.byteCount)
      inPlaceHeader = UInt32(V0_4.DataHeader.byteCount + V0_4.InPlaceBuffers.byteCount)
      answer = UInt32(V0_4.DataResult.byteCount)
    case .v1_0:
      (header, answer) = (UInt32(V1_0.DataHeader.byteCount), UInt32(V1_0.DataReply.byteCount))
      inPlaceHeader = header
    default:
      (header, answer) = (UInt32(V2_0.DataRequest.byteCount), UInt32(V2_0.Completion.byteCount))
      inPlaceHeader = header
    }
  }

  /// The request for a packet of `length` bytes as the guest sees it.
  ///
  /// - Parameters:
  ///   - ipHeader: bytes of its IP header.
  ///   - isMalformed: whether it is no IP packet.
  ///   - descriptors: of its chain.
  ///   - isInPlace: whether the result goes where the packet stands.
  func packet(
    _ length: Int, _ form: PacketForm, ipHeader: Int, isMalformed: Bool, tag: UInt32, descriptors: UInt32,
    isInPlace: Bool
  ) -> Request {
    let protected = form.protectedLength(of: length, header: ipHeader)
    // What a peer cannot protect comes as it is.
    let received = isMalformed || protected > Self.longest ? length : protected
    let (input, output) = form.isInbound ? (received, length) : (length, protected)
    var request = Request(
      association: tag, descriptors: descriptors, headerBytes: isInPlace ? inPlaceHeader : header,
      bytesIn: UInt32(input), bytesOut: UInt32(output) + answer)
    request.algorithms = form.algorithms
    return request
  }

  /// Whether no protected packet is that long.
  func isTooLong(_ length: Int, _ form: PacketForm, ipHeader: Int) -> Bool {
    form.protectedLength(of: length, header: ipHeader) > Self.longest
  }

  /// Bytes of the longest protected packet.
  private static let longest = 65_535

  /// Of a refused packet there is only the answer.
  func refuse(_ request: inout Request) { (request.refused, request.bytesOut) = (1, answer) }
}

extension Request {
  /// Several in one chain, whose buffers hold them one after the other.
  init(inOneChain requests: [Request]) {
    self = requests[0]
    for request in requests.dropFirst() {
      packets += request.packets
      refused += request.refused
      headerBytes += request.headerBytes
      bytesIn += request.bytesIn
      bytesOut += request.bytesOut
      events += request.events
    }
  }
}

/// What an SA makes of the length of a packet.
struct PacketForm: Sendable {
  let isInbound: Bool
  /// Of the SA, or of all of its bundle in the order in which they work.
  let algorithms: AlgorithmSequence
  private let front: Int
  private let alignment: Int
  private let icv: Int
  private let isTunnel: Bool
  private let isAH: Bool
  private let tfc: Int
  /// Bytes of a tunnel's IP header.
  private let tunnelHeader: Int
  /// Of the other SAs of a bundle, innermost first.
  private let inner: [PacketForm]

  /// - Throws: `ParameterError` where the parameters make no SA.
  init(_ association: ScenarioAssociation) throws(ParameterError) {
    let parameters = association.parameters(ofCopy: 0)
    isInbound = association.direction == .inbound
    let suites = parameters.protection.suites
    var inner: [PacketForm] = []
    for member in association.inner { inner.append(try PacketForm(member)) }
    self.inner = inner
    let pairs = (association.inner.map { $0.parameters(ofCopy: 0).protection.suites } + [suites]).map {
      (cipher: $0.cipher?.algorithm ?? .noCipher, integrity: $0.authentication?.algorithm ?? .null)
    }
    algorithms = AlgorithmSequence(isInbound ? pairs.reversed() : pairs)
    front = try OutboundAssociation(parameters).headRoom
    alignment = max(4, parameters.lengths.block)
    icv = parameters.lengths.icv
    if case .tunnel(let source, _) = parameters.mode {
      (isTunnel, tunnelHeader) = (true, source.version == .v6 ? 40 : 20)
    } else {
      (isTunnel, tunnelHeader) = (false, 0)
    }
    isAH = parameters.protocol == .ah
    tfc = parameters.tfcLength
  }

  /// The length of a packet, in bytes, once it is protected (RFC 4303, section 2).
  ///
  /// - Parameter header: bytes of its IP header, which transport mode leaves where it is.
  func protectedLength(of length: Int, header: Int) -> Int {
    var (length, header) = (length, header)
    for form in inner {
      length = form.protectedLength(of: length, header: header)
      if form.isTunnel { header = form.tunnelHeader }
    }
    if isAH { return front + length }
    let carried = max(length, tfc) - (isTunnel ? 0 : header)
    let padding = (alignment - (carried + 2) % alignment) % alignment
    return front + (isTunnel ? 0 : header) + carried + padding + 2 + icv
  }
}
