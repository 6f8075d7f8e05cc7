/// What of the common configuration belongs to the transport alone.
struct CommonSelectors: Codable {
  var deviceFeatureSelect: UInt32 = 0
  var driverFeatureSelect: UInt32 = 0
  var queueSelect: UInt16 = 0
  var configurationVector: UInt16 = DeviceQueue.noVector
}
