import Glibc

/// A lock with a condition, as POSIX threads have them.
///
/// Sendable: the two pointers never change, and pthread's functions on them are for every thread.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  func wakeAll() { pthread_cond_broadcast(condition) }

  /// Waits, without the lock meanwhile, until somebody wakes all.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// The same until a time; false when it has come.
  func wait(until deadline: Deadline) -> Bool {
    var time = deadline.time
    return pthread_cond_timedwait(condition, mutex, &time) == 0
  }

  /// Does something with the lock held. A thread that is cancelled meanwhile is so afterwards: it would take the lock
  /// with it.
  func hold<Result: ~Copyable>(_ body: () -> Result) -> Result {
    var before: Int32 = 0
    pthread_setcancelstate(Int32(PTHREAD_CANCEL_DISABLE), &before)
    lock()
    defer {
      unlock()
      pthread_setcancelstate(before, nil)
    }
    return body()
  }

  /// A time of the monotonic clock.
  struct Deadline {
    fileprivate let time: timespec

    init(seconds: Int) {
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      time = timespec(tv_sec: now.tv_sec + seconds, tv_nsec: now.tv_nsec)
    }
  }
}
