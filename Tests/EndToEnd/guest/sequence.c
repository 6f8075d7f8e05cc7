// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * sequence DEVICE [exact]: SAs whose device is taken away once this has said "ready", and comes back
 * after /run/go is there. No sequence number may be used twice, and nothing be received twice; with
 * `exact`, as after a migration, the numbers go on where they were.
 */
#include "accelerator.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LENGTH 300
#define ROOM 512
#define SENT 100
/* What somebody else has used of a key before. */
#define USED 5000

struct sealed {
    uint8_t bytes[ROOM];
    size_t length;
    uint64_t sequence;
};

static struct sealed seal(int fd, uint64_t sa)
{
    uint8_t plain[LENGTH];
    struct sealed sealed;
    struct ipsec_la_packet packet;

    make_packet(plain, LENGTH, false, 0);
    packet = process_one(fd, sa, plain, LENGTH, sealed.bytes, ROOM);
    if (packet.error) {
        fail("encapsulation: %s, status %#x", strerror(packet.error), packet.status);
    }
    sealed.length = packet.output_length;
    sealed.sequence = packet.sequence;
    return sealed;
}

static void expect_status(int fd, uint64_t sa, struct sealed *sealed, uint32_t status, const char *what)
{
    uint8_t opened[ROOM];
    struct ipsec_la_packet packet = process_one(fd, sa, sealed->bytes, sealed->length, opened, ROOM);

    if (packet.status != status) {
        fail("%s: status %#x, not %#x", what, packet.status, status);
    }
}

static void expect_sequence(uint64_t sequence, uint64_t after, bool exact, const char *what)
{
    printf("%s: sequence number %llu after %llu\n", what, (unsigned long long)sequence,
           (unsigned long long)after);
    if (sequence <= after || (exact && sequence != after + 1)) {
        fail("%s: that is wrong", what);
    }
}

int main(int argc, char **argv)
{
    bool exact = argc > 2 && !strcmp(argv[2], "exact");
    struct sa sa = { .suite = find_suite("aes-gcm"), .spi = 0x4000, .window = 64 };
    struct sealed kept, late;
    struct ipsec_la_info info;
    uint64_t in, out, continued;
    int fd = argc > 1 ? open_accelerator(argv[1], &info) : -1;

    if (fd < 0) {
        fail("usage: sequence DEVICE [exact]");
    }
    in = add_sa(fd, VIRTIO_IPSEC_OP_DECAP, &sa);
    sa.window = 0;
    out = add_sa(fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    sa.spi++;
    sa.sequence.last = htole64(USED);
    continued = add_sa(fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    for (int i = 0; i < SENT; i++) {
        kept = seal(fd, out);
        expect_status(fd, in, &kept, VIRTIO_IPSEC_S_OK, "a packet");
    }
    late = seal(fd, out);

    puts("ready");
    fflush(stdout);
    while (access("/run/go", F_OK)) {
        usleep(10000);
    }
    expect_sequence(seal(fd, continued).sequence, USED, exact, "an SA that goes on from elsewhere");
    expect_status(fd, in, &kept, VIRTIO_IPSEC_S_REPLAYED, "a packet received before");
    expect_status(fd, in, &late, VIRTIO_IPSEC_S_OK, "a packet sent before, received now");
    expect_status(fd, in, &late, VIRTIO_IPSEC_S_REPLAYED, "the same packet once more");
    expect_sequence(seal(fd, out).sequence, late.sequence, exact, "an SA that sent before");
    return 0;
}
