/// What of the registers belongs to the transport alone.
struct MMIOSelectors: Codable {
  var deviceFeatures: UInt32 = 0
  var driverFeatures: UInt32 = 0
  var queue: UInt32 = 0
}
