import CPcap
import Foundation

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
    let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
    guard let file = pcap_open_offline_with_tstamp_precision(path, precision, &message) else {
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
            frame: Array(UnsafeBufferPointer(start: data, count: Int(header.pointee.caplen)))))
      case PCAP_ERROR_BREAK: return
      default:
        throw CommandError("\(path): packet \(records.count + 1): \(String(cString: pcap_geterr(file)))")
      }
    }
  }

  /// Writes the file under another name and renames it: there is a whole file, or none. Pipes and devices are not
  /// replaced, nor are symbolic links: what they lead to is. `-` is standard output.
  func write(to name: String) throws {
    let isStandardOutput = name == FilePath.standardStream
    let path = isStandardOutput ? name : URL(filePath: name).resolvingSymlinksInPath().path
    var status = stat()
    let isSpecial = isStandardOutput || stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    var partial = Array((isSpecial ? path : path + ".XXXXXX").utf8CString)
    let descriptor =
      isStandardOutput ? dup(STDOUT_FILENO) : isSpecial ? open(path, O_WRONLY) : mkstemp(&partial)
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
    // Microseconds, as most tools write them, unless some stamp is finer.
    let isFine = records.contains { $0.time.tv_usec % 1000 != 0 }
    let precision = UInt32(isFine ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO)
    guard let handle = pcap_open_dead_with_tstamp_precision(linkType, 262_144, precision) else { return false }
    defer { pcap_close(handle) }
    guard let file = pcap_dump_fopen(handle, stream) else { return false }
    for record in records {
      var time = record.time
      if !isFine { time.tv_usec /= 1000 }
      var header = pcap_pkthdr(ts: time, caplen: UInt32(record.frame.count), len: UInt32(record.frame.count))
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
