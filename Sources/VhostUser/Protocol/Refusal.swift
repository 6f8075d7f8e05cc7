public import Virtio

/// Why a front end's request is refused: says which request, and what is wrong with it.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the request.
  public let request: String
  public let reason: Reason

  public enum Reason: Error, Hashable, Sendable {
    case unknown
    case notNegotiated
    case size(Int)
    case descriptors(Int)
    /// There is no such ring.
    case ring(Int)
    /// Something that is fixed while the ring runs.
    case running(Int)
    case features(UInt64)
    case queueSize(Int)
    case value(String)
    case memory(VirtioError)
    case system(String, errno: Int32)
  }

  init(_ request: String, _ reason: Reason) {
    self.request = request
    self.reason = reason
  }

  public var description: String { "\(request): \(reason)" }
}

extension Refusal.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknown: "an unknown request"
    case .notNegotiated: "its protocol feature was not negotiated"
    case .size(let size): "a payload of \(size) bytes"
    case .descriptors(let count): "\(count) file descriptors"
    case .ring(let index): "there is no ring \(index)"
    case .running(let index): "ring \(index) is running"
    case .features(let features): "the device does not work with features 0x\(String(features, radix: 16))"
    case .queueSize(let size): "a queue size of \(size)"
    case .value(let what): what
    case .memory(.mapFailed(let errno)): "memory: \(SystemError("mmap", errno))"
    case .memory(let error): "\(error)"
    case .system(let call, let errno): "\(SystemError(call, errno))"
    }
  }
}
