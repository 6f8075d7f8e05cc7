import Virtio
import Wire

/// One version of the wire format: turns chains into commands and requests, and answers into bytes.
///
/// What they mean is decided once, behind it.
///
/// A class, so that calling it costs one reference count: it is called for every packet.
protocol Dialect: AnyObject {
  var grammar: Grammar { get }
  /// The guest's byte order.
  var guest: ByteOrder { get set }

  /// - Parameters:
  ///   - name: the command's in the definition.
  ///   - room: bytes that the answer may take.
  func command(_ name: String, _ parts: Parts, room: Int) throws(Rejection) -> ControlCommand
  /// The SA that an update is for, where the chain cannot be cut without knowing it.
  func updatedSA(_ bytes: Arena, _ entry: Grammar.Entry) -> Handle?
  /// Fills in the answer to a command that was done, as far as the features allow.
  func answer(_ reply: ControlReply, to request: Parts, _ features: FeatureSet) -> Parts
  /// Fills in why a command was not done.
  func answer(_ rejection: Rejection, to request: Parts?) -> Parts

  /// Whether a command without writable bytes is answered where it stands.
  var answersInRequest: Bool { get }
  /// The field of a command in which the driver then looks for a message of the answer.
  func place(ofAnswer message: String, in request: Parts) -> Range<Int>?
  /// The parts of a command that adds SAs described so, as far as they need features.
  func parts(adding descriptions: [SADescription]) -> Parts

  /// Reads what the chain asks for.
  ///
  /// - Throws: `Rejection` when not even the number of packets is known, or the lengths do not add up.
  func parse(_ job: DataJob, _ direction: Direction, _ limits: Limits) throws(Rejection)
  /// Writes what became of each packet, into the room that the chain has for that.
  func answer(_ job: DataJob)
  /// Writes why nothing of the chain was done; false when there is no room for it.
  func refuse(_ job: DataJob, _ rejection: Rejection) -> Bool

  /// Bytes of a notification.
  var notificationByteCount: Int { get }
  func notification(_ notification: Notification) -> Arena
}

extension Dialect {
  func updatedSA(_ bytes: Arena, _ entry: Grammar.Entry) -> Handle? { nil }
  var answersInRequest: Bool { false }
  func place(ofAnswer message: String, in request: Parts) -> Range<Int>? { nil }
}
