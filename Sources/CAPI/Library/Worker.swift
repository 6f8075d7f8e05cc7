import CSystem
import Glibc

/// A thread that runs until the process ends.
final class Worker {
  private var thread = pthread_t()

  /// Nil where no thread is to be had.
  ///
  /// - Parameter suffix: what its name has behind that of the library: 5 bytes at most.
  init?(_ suffix: String, _ body: @escaping @Sendable () -> Void) {
    Self.pin()
    let context = Unmanaged.passRetained(Body("g_ipsec_la" + suffix, body))
    // Signals are for the application's threads: a new one starts with the mask of the one that makes it.
    var all = sigset_t(), before = sigset_t()
    sigfillset(&all)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { sigdelset(&all, fault) }
    pthread_sigmask(SIG_SETMASK, &all, &before)
    let error = pthread_create(&thread, nil, { context in
      let body = Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()
      system_name_thread(body.name)
      body.run()
      return nil
    }, context.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard error == 0 else {
      context.release()
      return nil
    }
    pthread_detach(thread)
  }

  var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  /// Keeps the library where it is, even when the application closes it (`dlclose`): the thread runs its code.
  private static func pin() {
    // What glibc declares for GNU sources only: dladdr, and the structure that it fills, whose first member is a name.
    typealias Address = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer) -> Int32
    guard let all = dlopen(nil, RTLD_NOW), let symbol = dlsym(all, "dladdr") else { return }
    var place: (name: UnsafePointer<CChar>?, UInt, UInt, UInt) = (nil, 0, 0, 0)
    guard unsafeBitCast(symbol, to: Address.self)(#dsohandle, &place) != 0, let name = place.name else { return }
    _ = dlopen(name, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE)
  }

  private final class Body {
    let name: String
    let run: @Sendable () -> Void

    init(_ name: String, _ run: @escaping @Sendable () -> Void) { (self.name, self.run) = (name, run) }
  }
}
