import Foundation
import Generate
import Model
import TestSupport
import Testing

/// The C of the README, which people copy.
private func example() throws -> String {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  let readme = String(decoding: try Data(contentsOf: folder.appending(path: "../../README.md")), as: UTF8.self)
  let blocks = readme.components(separatedBy: "```c\n").dropFirst()
  return try #require(blocks.first?.components(separatedBy: "```").first)
}

@Test(arguments: Toolchain.native.filter { $0.name.hasSuffix("c11") })
func `the C of the README builds a request that the parser takes`(_ toolchain: Toolchain) throws {
  let folder = try TemporaryFolder()
  let layout = try #require(versions.last)
  for artefact in Artefact.all(of: layout) { try folder.write(artefact.contents, to: artefact.path) }
  let program = """
    #define _DEFAULT_SOURCE
    #include <endian.h>
    #include <stdio.h>
    #include <linux/virtio_ipsec_wire.h>
    #define cpu_to_le16 htole16
    #define cpu_to_le32 htole32

    int main(void)
    {
    static const __u8 key[16] = { 1 }, salt[4] = { 2 };
    struct virtio_ipsec_sa_description_view sas[1];
    struct virtio_ipsec_add_sa_req_view back = { .sa = sas, .sa_max = 1 };
    \(try example().replacing(" = {};", with: " = { 0 };"))
    int err = len < 0 ? len : virtio_ipsec_parse_add_sa_req(buf, len, &back);

    printf("%d %d %u\\n", len, err, back.sa_count);
    return 0;
    }
    """
  try folder.write(program, to: "example.c")
  _ = try Shell.run(
    toolchain.compile.filter { $0 != "-pedantic" && $0 != "-Wextra" } + [
      "-I", "linux/include/uapi", "-I", "linux/include", "example.c", "-o", "example",
    ], in: folder.path)
  // ctrl_hdr 8, add_sa 16, sa_entry 16, attribute header 8, attr_cipher 8, key and salt 20, and 4 that fill up.
  #expect(try Shell.run(["./example"], in: folder.path) == "80 0 1\n")
}
