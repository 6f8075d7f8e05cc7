import Glibc
import TestSupport

extension Matrix {
  /// What virtio asks of devices and drivers; the report is `$CONFORMANCE_MATRIX`, or `.build/virtio-conformance.md`.
  static let shared = Matrix(
    "Conformance to virtio 1.4", table: folder() + "/matrix.tsv", notApplicable: folder() + "/not-applicable.tsv",
    report: getenv("CONFORMANCE_MATRIX").map { String(cString: $0) } ?? ".build/virtio-conformance.md")
}
