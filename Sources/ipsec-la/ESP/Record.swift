import Foundation

/// One packet of a capture file.
struct Record {
  /// Its `tv_usec` counts nanoseconds.
  var time: timeval
  /// As captured, link-layer header included.
  var frame: [UInt8]
}
