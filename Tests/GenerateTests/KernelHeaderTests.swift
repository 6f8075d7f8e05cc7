import Spec
import Testing

@testable import Generate

/// The g-API for modules of a kernel, beside that for applications.
@Suite struct KernelHeaderTests {
  private static let text = KernelInterfaceHeader(GAPI.interface).file.body.replacing("\n * ", with: " ")

  @Test(arguments: ["2 seconds", "thread cannot", "platform", "the process started", "MAX_IN_FLIGHT"])
  func `the kernel's header has nothing of what only a library has`(words: String) {
    #expect(!Self.text.contains(words))
  }

  @Test(arguments: ["-EAGAIN: The system sleeps", "-ETIMEDOUT: The accelerator did not answer in time, and was reset"])
  func `the kernel's header has what only a kernel has`(words: String) {
    #expect(Self.text.contains(words))
  }
}
