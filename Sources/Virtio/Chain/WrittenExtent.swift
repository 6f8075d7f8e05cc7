/// Which bytes of the writable part were written: a prefix, and one stretch beyond it.
///
/// One stretch is enough for a device that writes its data first and the header before it last. A stretch that is
/// neither adjacent to the prefix nor to the other stretch replaces it, so that the prefix never claims too much.
@usableFromInline
struct WrittenExtent {
  @usableFromInline private(set) var prefix = 0
  @usableFromInline private(set) var beyond = 0..<0

  @inlinable @inline(__always)
  mutating func add(_ range: Range<Int>) {
    if range.isEmpty { return }
    if range.lowerBound <= prefix {
      prefix = max(prefix, range.upperBound)
    } else if range.lowerBound <= beyond.upperBound && beyond.lowerBound <= range.upperBound && !beyond.isEmpty {
      beyond = min(beyond.lowerBound, range.lowerBound)..<max(beyond.upperBound, range.upperBound)
    } else {
      beyond = range
    }
    if beyond.lowerBound <= prefix { prefix = max(prefix, beyond.upperBound) }
  }
}
