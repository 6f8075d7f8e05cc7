import Glibc

/// Stands in for the standard library's lock of this name: see `run.sh`.
struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  private let box: Box<Value>

  init(_ value: consuming sending Value) { box = Box(value) }

  func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(box.lock)
    defer { pthread_mutex_unlock(box.lock) }
    return try body(&box.value)
  }
}

// Sendable because its value is used under its lock alone.
private final class Box<Value: ~Copyable>: @unchecked Sendable {
  var value: Value
  let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ value: consuming sending Value) {
    self.value = value
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }
}
