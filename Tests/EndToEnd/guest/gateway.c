// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * gateway DEVICE SUITE [SOURCE DESTINATION] [esn SEQUENCE]: the other side of the kernel's IPsec, behind
 * a TUN device. What comes in ESP is decapsulated, a ping in it is answered, and the answer goes back
 * encapsulated; with outer addresses in tunnel mode. Packets that are not ESP are dropped. With extended
 * sequence numbers, both SAs go on from one that was used before.
 */
#include "accelerator.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int open_tun(const char *name)
{
    struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
    int fd = open("/dev/net/tun", O_RDWR);

    snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request)) {
        fail("%s: %s", name, strerror(errno));
    }
    return fd;
}

static bool is_ipv6(const uint8_t *packet)
{
    return packet[0] >> 4 == 6;
}

static bool is_esp(const uint8_t *packet)
{
    return packet[is_ipv6(packet) ? 6 : 9] == VIRTIO_IPSEC_PROTO_ESP;
}

/* Sum of the addresses and the rest of the pseudo header that ICMPv6 has, but not ICMP. */
static uint32_t pseudo_header(const uint8_t *packet, size_t payload)
{
    return is_ipv6(packet) ? (uint16_t)~checksum(payload + 58, packet + 8, 32) : 0;
}

/* Makes an echo request the reply to it; false for anything else. */
static bool answer(uint8_t *packet, size_t length)
{
    bool ipv6 = is_ipv6(packet);
    size_t header = ipv6 ? 40 : (packet[0] & 15) * 4, size = ipv6 ? 16 : 4;
    uint8_t *addresses = packet + (ipv6 ? 8 : 12), *icmp = packet + header, swapped[16];
    uint16_t sum;

    if (length < header + 8 || packet[ipv6 ? 6 : 9] != (ipv6 ? 58 : 1) || icmp[0] != (ipv6 ? 128 : 8)) {
        return false;
    }
    if (checksum(pseudo_header(packet, length - header), icmp, length - header)) {
        fail("a ping of %zu bytes has come with other bytes", length);
    }
    memcpy(swapped, addresses, size);
    memmove(addresses, addresses + size, size);
    memcpy(addresses + size, swapped, size);
    icmp[0] = ipv6 ? 129 : 0;
    memset(icmp + 2, 0, 2);
    sum = checksum(pseudo_header(packet, length - header), icmp, length - header);
    icmp[2] = sum >> 8;
    icmp[3] = sum;
    return true;
}

static size_t apply(int fd, uint64_t sa, uint8_t *input, size_t length, uint8_t *output)
{
    struct ipsec_la_packet packet = process_one(fd, sa, input, length, output, MAX_PACKET);

    if (packet.error) {
        fail("%zu bytes: %s, status %#x", length, strerror(packet.error), packet.status);
    }
    return packet.output_length;
}

int main(int argc, char **argv)
{
    static uint8_t outer[MAX_PACKET], inner[MAX_PACKET];
    struct sa sa = { .window = 64 };
    struct ipsec_la_info info;
    uint64_t in, out;
    int fd, tun;

    if (argc < 3) {
        fail("usage: gateway DEVICE SUITE [SOURCE DESTINATION] [esn SEQUENCE]");
    }
    fd = open_accelerator(argv[1], &info);
    sa.suite = find_suite(argv[2]);
    sa.esn = !strcmp(argv[argc - 2], "esn");
    if (sa.esn) {
        sa.received = strtoull(argv[argc - 1], NULL, 0);
        argc -= 2;
    }
    if (argc > 4) {
        sa.source = argv[4];
        sa.destination = argv[3];
    }
    sa.spi = 0x1001;
    in = add_sa(fd, VIRTIO_IPSEC_OP_DECAP, &sa);
    if (argc > 4) {
        sa.source = argv[3];
        sa.destination = argv[4];
    }
    sa.spi = 0x1002;
    sa.window = 0;
    sa.sequence.last = htole64(sa.received);
    sa.received = 0;
    out = add_sa(fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    tun = open_tun("tun0");
    for (;;) {
        ssize_t length = read(tun, outer, sizeof(outer));

        if (length < 20) {
            fail("tun0: %s", length < 0 ? strerror(errno) : "a packet without a header");
        }
        if (!is_esp(outer)) {
            continue;
        }
        length = apply(fd, in, outer, length, inner);
        if (!answer(inner, length)) {
            continue;
        }
        length = apply(fd, out, inner, length, outer);
        if (write(tun, outer, length) != length) {
            fail("tun0: %s", strerror(errno));
        }
    }
}
