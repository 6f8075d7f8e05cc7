import Spec
import Wire

extension PlatformTree {
  /// The binding of the accelerator's node below a `virtio,mmio` window, as dt-schema takes it.
  public static var schema: String {
    let id = String(Spec.v2_0.identity.deviceID, radix: 16)
    return """
      # SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
      %YAML 1.2
      ---
      $id: http://devicetree.org/schemas/virtio/virtio,ipsec-la.yaml#
      $schema: http://devicetree.org/meta-schemas/core.yaml#

      title: virtio-ipsec-la look-aside IPsec accelerator

      maintainers:
        - virtualization list <virtualization@lists.linux.dev>

      description:
        A virtio device that encapsulates and decapsulates packets for the guest.
        The node says which device stands behind a virtio,mmio window; what the
        device can do, it says itself.

      properties:
        $nodename:
          const: ipsec

        compatible:
          const: virtio,device\(id)

      required:
        - compatible

      additionalProperties: false

      examples:
        - |
          virtio@a000000 {
              compatible = "virtio,mmio";
              reg = <0xa000000 0x200>;
              interrupts = <16>;

              ipsec {
                  compatible = "virtio,device\(id)";
              };
          };

      """
  }
}
