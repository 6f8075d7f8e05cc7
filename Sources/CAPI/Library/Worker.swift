import Glibc

/// A thread that runs until the process ends.
final class Worker {
  private var thread = pthread_t()

  /// Nil where no thread is to be had.
  init?(_ body: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Body(body))
    let error = pthread_create(&thread, nil, { context in
      let body = Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()
      body.run()
      return nil
    }, context.toOpaque())
    guard error == 0 else {
      context.release()
      return nil
    }
    pthread_detach(thread)
  }

  var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
