import CPcap
import Foundation

/// One packet of a capture file.
struct Record {
  var time: timeval
  /// As captured, link-layer header included.
  var frame: [UInt8]
  /// Bytes that the packet had before it was cut for the capture.
  var originalLength: Int
}

/// A capture file, read as a whole and written as a whole.
struct Capture {
  /// A `DLT_` number: what a frame starts with.
  var linkType: Int32
  var records: [Record] = []

  init(linkType: Int32) { self.linkType = linkType }

  /// Reads every packet.
  ///
  /// - Throws: `CommandError` naming the file, and the packet at which it breaks off.
  init(reading path: String) throws {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let file = pcap_open_offline(path, &message) else {
      // Some of libpcap's messages begin with the path, some do not.
      let text = message.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      throw CommandError(text.hasPrefix("\(path): ") ? text : "\(path): \(text)")
    }
    defer { pcap_close(file) }
    linkType = pcap_datalink(file)
    guard Frame.isSupported(linkType) else {
      throw CommandError("\(path): link type \(linkType) is neither raw IP nor Ethernet")
    }
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    while true {
      switch pcap_next_ex(file, &header, &data) {
      case 1:
        guard let header, let data else { continue }
        records.append(
          Record(
            time: header.pointee.ts,
            frame: Array(UnsafeBufferPointer(start: data, count: Int(header.pointee.caplen))),
            originalLength: Int(header.pointee.len)))
      case PCAP_ERROR_BREAK: return
      default:
        throw CommandError("\(path): packet \(records.count + 1): \(String(cString: pcap_geterr(file)))")
      }
    }
  }

  /// Whether two paths lead to one file.
  static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Writes the file under another name and renames it: there is a whole file, or none. Pipes and devices are not
  /// replaced.
  func write(to path: String) throws {
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    var partial = Array((isSpecial ? path : path + ".XXXXXX").utf8CString)
    let descriptor = isSpecial ? open(path, O_WRONLY) : mkstemp(&partial)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else { throw Self.error(path) }
    if !isSpecial {
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
    }
    guard write(to: stream), isSpecial || rename(&partial, path) == 0 else {
      let error = Self.error(path)
      if !isSpecial { unlink(&partial) }
      throw error
    }
  }

  /// Writes and closes the stream; false, with `errno`, if that failed.
  private func write(to stream: UnsafeMutablePointer<FILE>) -> Bool {
    guard let handle = pcap_open_dead(linkType, 262_144) else { return false }
    defer { pcap_close(handle) }
    guard let file = pcap_dump_fopen(handle, stream) else { return false }
    for record in records {
      var header = pcap_pkthdr(ts: record.time, caplen: UInt32(record.frame.count), len: UInt32(record.frame.count))
      pcap_dump(UnsafeMutableRawPointer(file).assumingMemoryBound(to: UInt8.self), &header, record.frame)
    }
    // pcap_dump says nothing of a write that failed; the stream remembers.
    let isWritten = pcap_dump_flush(file) == 0 && ferror(stream) == 0
    pcap_dump_close(file)
    return isWritten
  }

  private static func error(_ path: String) -> CommandError {
    CommandError("\(path): \(String(cString: strerror(errno)))")
  }
}

/// What stands in front of the IP packet in a frame.
struct Frame {
  /// The link-layer header, kept as it came but for the type of what follows.
  var header: [UInt8]
  var packet: [UInt8]

  static func isSupported(_ linkType: Int32) -> Bool {
    [DLT_RAW, DLT_EN10MB, 228, 229].contains(linkType)
  }

  /// The link type for frames that were taken from one of another: captures of one version of IP become raw ones where
  /// there is the other in them.
  static func linkType(_ linkType: Int32, carrying records: [Record]) -> Int32 {
    let only: [Int32: UInt8] = [228: 4, 229: 6]
    guard let version = only[linkType] else { return linkType }
    return records.allSatisfy { $0.frame.first.map { $0 >> 4 } == version } ? linkType : DLT_RAW
  }

  /// Takes a frame apart; nil when it carries no IP.
  init?(_ frame: [UInt8], linkType: Int32) {
    guard linkType == DLT_EN10MB else {
      header = []
      packet = frame
      return
    }
    var type = 12
    while frame.count >= type + 2, [0x81, 0x88].contains(frame[type]), [0x00, 0xa8].contains(frame[type + 1]) {
      type += 4
    }
    guard frame.count >= type + 2, [[0x08, 0x00], [0x86, 0xdd]].contains(Array(frame[type..<type + 2])) else {
      return nil
    }
    header = Array(frame[..<(type + 2)])
    packet = Array(frame[(type + 2)...])
  }

  /// The frame around another packet.
  func carrying(_ packet: ArraySlice<UInt8>) -> [UInt8] {
    guard !header.isEmpty, let first = packet.first else { return Array(packet) }
    return header.dropLast(2) + (first >> 4 == 6 ? [0x86, 0xdd] : [0x08, 0x00]) + packet
  }
}
