/// What `ipsec-la bench esp` compares: something that protects a batch, and takes it apart again.
protocol Tunnel {
  func encapsulate(_ batch: Batch) throws
  func decapsulate(_ batch: Batch) throws
}
