import Foundation

/// Huge pages of the system's default size.
enum HugePages {
  /// Size in bytes of one.
  static let byteCount = (number("Hugepagesize:") ?? 2048) * 1024

  /// How many can be had now.
  static var free: Int { (number("HugePages_Free:") ?? 0) - (number("HugePages_Rsvd:") ?? 0) }

  private static func number(_ name: String) -> Int? {
    let text = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: " ").dropFirst().first.flatMap {
      Int($0)
    }
  }
}
