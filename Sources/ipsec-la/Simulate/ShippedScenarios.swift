import Foundation

/// The scenarios that come with the program, as files are read.
enum ShippedScenarios {
  static let all: [(name: String, text: String)] = [
    ("line-rate", PackageResources.line_rate_yaml),
    ("small-packet-storm", PackageResources.small_packet_storm_yaml),
    ("sa-churn", PackageResources.sa_churn_yaml),
    ("replay-attack", PackageResources.replay_attack_yaml),
    ("notification-flood", PackageResources.notification_flood_yaml),
    ("fault-drill", PackageResources.fault_drill_yaml),
  ].map { ($0, String(decoding: $1, as: UTF8.self)) }

  static func text(named name: String) -> String? { all.first { $0.name == name }?.text }
}
