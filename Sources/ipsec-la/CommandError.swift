/// What a person is told when a command cannot go on: one line, and exit code 2.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
