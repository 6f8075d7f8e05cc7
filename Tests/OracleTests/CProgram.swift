import Generate
import Model
import TestSupport

/// A C program of a few lines that uses the headers of one version, compiled with sanitizers.
struct CProgram {
  private let folder: TemporaryFolder

  /// - Parameter body: what `main` does; `out` has 4096 aligned bytes, `report(n)` prints a result by name.
  init(_ layout: Layout, _ body: String) throws {
    folder = try TemporaryFolder()
    for header in Self.headers[layout.version] ?? [] { try folder.write(header.contents, to: header.path) }
    try folder.write(Self.frame.replacing("BODY", with: body), to: "program.c")
    _ = try Shell.run(
      [
        "gcc", "-std=c11", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize=alignment",
        "-fno-sanitize-recover=all", "-I", "linux/include/uapi", "-I", "linux/include", "program.c", "-o", "program",
      ], in: folder.path)
  }

  /// What the program prints, line by line.
  func callAsFunction() throws -> [String] {
    try Shell.run(["\(folder.path)/program"]).split(separator: "\n").map(String.init)
  }

  private static let headers = Dictionary(
    uniqueKeysWithValues: versions.map { layout in
      (layout.version, Artefact.all(of: layout).filter { $0.path.hasPrefix("linux/") })
    })

  private static let frame = """
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <linux/virtio_ipsec_wire.h>

    static _Alignas(8) __u8 out[4096];
    static _Alignas(8) __u8 also[4096];

    static void report(int n)
    {
    	static const char *const names[] = {
    		"ESHORT", "ELENGTH", "ELIMIT", "ECOUNT", "EPART", "ECODE", "ERESERVED", "EATTRIBUTE", "EDUPLICATE", "EVALUE", "ERANGE",
    		"EROOM", "EALIGN", "EALGORITHM",
    	};

    	if (n >= 0)
    		printf("ok\\n");
    	else
    		printf("%s\\n", names[VIRTIO_IPSEC_ESHORT - n]);
    }

    int main(void)
    {
    	(void)out;
    	(void)also;
    	BODY
    	report(0);
    	return 0;
    }
    """
}
