import Model

/// What every generated file says in its first lines.
enum Banner {
  static func text(_ layout: Layout) -> String {
    "\(layout.title). \(layout.summary)\n\nGenerated; do not edit. Made by: ipsec-la generate --spec-version \(layout.version)"
  }
}
