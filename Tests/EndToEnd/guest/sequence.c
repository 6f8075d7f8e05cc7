// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * sequence DEVICE [exact|whole]: SAs whose device is taken away once this has said "ready", and comes back
 * after /run/go is there. No sequence number may be used twice, and nothing be received twice; with
 * `exact`, as after a sleep, the numbers go on where they were; with `whole`, as after a migration, a packet
 * that the window was still open for is received as well. Without either, the rings are full when the
 * device goes: none of the numbers in flight may come again, and no more be left out than these.
 */
#define _GNU_SOURCE
#include "accelerator.h"

#include <endian.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH 300
#define ROOM 512
#define SENT 100
/* What somebody else has used of a key before. */
#define USED 5000
/* Programs that send on one SA, and packets of each at a time: more than two rings take. */
#define SENDERS 96
#define BURST 64
#define MOST_PACKETS (1 << 22)

/* Of all senders: packets that the driver was given, and sequence numbers that came back. */
struct tally {
    atomic_ulong submitted;
    atomic_bool came_back[MOST_PACKETS];
};

static struct tally *tally;

struct sealed {
    uint8_t bytes[ROOM];
    size_t length;
    uint64_t sequence;
};

static void take_note(uint64_t sequence)
{
    if (sequence >= MOST_PACKETS) {
        fail("sequence number %llu", (unsigned long long)sequence);
    }
    if (atomic_exchange(&tally->came_back[sequence], true)) {
        fail("sequence number %llu was used twice", (unsigned long long)sequence);
    }
}

/* Sends on an SA until a reset takes packets, or the device is back. */
static void send_all(int fd, uint64_t sa)
{
    static uint8_t plain[LENGTH], room[BURST][ROOM];
    struct ipsec_la_packet packets[BURST];
    bool came_back;

    make_packet(plain, LENGTH, false, 0);
    do {
        for (int i = 0; i < BURST; i++) {
            packets[i] = (struct ipsec_la_packet) {
                .sa = sa,
                .input = (uintptr_t)plain,
                .output = (uintptr_t)room[i],
                .input_length = LENGTH,
                .output_length = ROOM,
            };
        }
        atomic_fetch_add(&tally->submitted, BURST);
        came_back = process(fd, packets, BURST);
        for (int i = 0; i < BURST; i++) {
            if (!packets[i].error) {
                take_note(packets[i].sequence);
            }
        }
        usleep(1000);
    } while (came_back && access("/run/go", F_OK));
}

static void start_senders(int fd, uint64_t sa)
{
    for (int i = 0; i < SENDERS; i++) {
        switch (fork()) {
        case -1:
            fail("fork: %s", strerror(errno));
        case 0:
            send_all(fd, sa);
            _exit(0);
        }
    }
}

static void await_senders(void)
{
    int status;

    while (wait(&status) > 0) {
        if (!WIFEXITED(status) || WEXITSTATUS(status)) {
            fail("a sender failed");
        }
    }
}

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
    bool whole = argc > 2 && !strcmp(argv[2], "whole");
    bool exact = whole || (argc > 2 && !strcmp(argv[2], "exact"));
    struct sa sa = { .suite = find_suite("aes-gcm"), .spi = 0x4000, .window = 64 };
    struct sealed kept, missed, late, last;
    struct ipsec_la_info info;
    uint64_t in, out, continued;
    int fd = argc > 1 ? open_accelerator(argv[1], &info) : -1;

    if (fd < 0) {
        fail("usage: sequence DEVICE [exact|whole]");
    }
    tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) {
        fail("no memory");
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
    missed = seal(fd, out);
    kept = seal(fd, out);
    expect_status(fd, in, &kept, VIRTIO_IPSEC_S_OK, "a packet before the one that was sent before it");
    late = seal(fd, out);
    tally->submitted = late.sequence;
    for (uint64_t i = 1; i <= late.sequence; i++) {
        take_note(i);
    }
    if (!exact) {
        start_senders(fd, out);
    }

    puts("ready");
    fflush(stdout);
    while (access("/run/go", F_OK)) {
        usleep(10000);
    }
    expect_sequence(seal(fd, continued).sequence, USED, exact, "an SA that goes on from elsewhere");
    expect_status(fd, in, &kept, VIRTIO_IPSEC_S_REPLAYED, "a packet received before");
    expect_status(fd, in, &missed, whole ? VIRTIO_IPSEC_S_OK : VIRTIO_IPSEC_S_REPLAYED,
                  "a packet that the window was open for");
    expect_status(fd, in, &missed, VIRTIO_IPSEC_S_REPLAYED, "that packet once more");
    expect_status(fd, in, &late, VIRTIO_IPSEC_S_OK, "a packet sent before, received now");
    expect_status(fd, in, &late, VIRTIO_IPSEC_S_REPLAYED, "the same packet once more");
    await_senders();
    last = seal(fd, out);
    expect_sequence(last.sequence, late.sequence, exact, "an SA that sent before");
    take_note(last.sequence);
    printf("%lu packets were submitted before that one\n", tally->submitted);
    if (last.sequence > tally->submitted + 1) {
        fail("sequence numbers of packets that nobody submitted were left out");
    }
    return 0;
}
