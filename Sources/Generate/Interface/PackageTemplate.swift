import Wire

/// What pkg-config tells builds; whoever installs the library fills in `@PREFIX@`.
struct PackageTemplate {
  let interface: Interface

  init(_ interface: Interface) { self.interface = interface }

  var text: String {
    """
    # Generated; do not edit. Made by: ipsec-la generate
    prefix=@PREFIX@
    includedir=${prefix}/include
    libdir=${prefix}/lib

    Name: \(interface.name)
    Description: \(interface.title)
    Version: \(interface.version)
    Cflags: -I${includedir}
    Libs: -L${libdir} -l\(interface.name)
    Libs.private: \(interface.libraries.map { "-l\($0)" }.joined(separator: " "))

    """
  }
}
