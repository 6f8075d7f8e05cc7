// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * round-trip DEVICE [SECONDS]: on each CPU, so through each pair of queues, packets of many sizes are
 * encapsulated, decapsulated and compared, with every suite, in both modes and both families; in
 * bursts, and one at a time; once, or for that many seconds. Then, packets that a reset of the device
 * took are sent again.
 */
#define _GNU_SOURCE
#include "accelerator.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BURST 64
#define ROOM 2048

static uint8_t plain[BURST][ROOM], sealed[BURST][ROOM], opened[BURST][ROOM];
static uint8_t big[3][MAX_PACKET];
static unsigned long total, resets;
static bool resets_allowed;

/* A pair of SAs with the same keys, outbound and inbound. */
struct pair {
    uint64_t out, in;
    bool ipv6;
};

static struct pair add_pair(int fd, const struct suite *suite, bool tunnel, bool ipv6, bool esn)
{
    struct sa sa = { .suite = suite, .spi = 0x1000, .esn = esn, .window = 64 };
    struct pair pair = { .ipv6 = ipv6 };

    if (tunnel) {
        sa.source = ipv6 ? "2001:db8:1::1" : "198.51.100.1";
        sa.destination = ipv6 ? "2001:db8:1::2" : "198.51.100.2";
    }
    pair.in = add_sa(fd, VIRTIO_IPSEC_OP_DECAP, &sa);
    sa.window = 0;
    pair.out = add_sa(fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    return pair;
}

/* False if the packets have to be sent again. */
static bool exchange(int fd, struct ipsec_la_packet *packets, uint32_t count)
{
    if (process(fd, packets, count)) {
        return true;
    }
    if (!resets_allowed) {
        fail("the device was reset");
    }
    resets++;
    /* Not at once, when it would wait for the driver, but while that makes SAs again. */
    usleep(20000);
    return false;
}

static struct ipsec_la_packet packet_of(uint64_t sa, uint8_t *input, size_t length, uint8_t *output, size_t room)
{
    return (struct ipsec_la_packet) {
        .sa = sa,
        .input = (uintptr_t)input,
        .output = (uintptr_t)output,
        .input_length = length,
        .output_length = room,
    };
}

static void compare(const uint8_t *in, size_t in_length, const uint8_t *out, size_t out_length)
{
    if (in_length != out_length || memcmp(in, out, in_length)) {
        fail("a packet of %zu bytes came back with %zu, or other ones", in_length, out_length);
    }
    total++;
}

/* The payload must not be in what is on the wire. */
static void expect_sealed(const uint8_t *in, size_t in_length, const uint8_t *out, size_t out_length)
{
    size_t payload = in_length < 64 ? 0 : in_length - 60;

    if (out_length <= in_length || (payload && memmem(out, out_length, in + 60, payload))) {
        fail("a packet of %zu bytes is not encapsulated", in_length);
    }
}

static bool send_burst(int fd, struct pair pair, size_t first, size_t step)
{
    struct ipsec_la_packet out[BURST], in[BURST];
    size_t length[BURST];

    for (size_t i = 0; i < BURST; i++) {
        length[i] = make_packet(plain[i], first + i * step, pair.ipv6, i);
        out[i] = packet_of(pair.out, plain[i], length[i], sealed[i], ROOM);
    }
    if (!exchange(fd, out, BURST)) {
        return false;
    }
    for (size_t i = 0; i < BURST; i++) {
        if (out[i].sequence != out[0].sequence + i) {
            fail("sequence numbers %llu and %llu of packets in order", out[0].sequence, out[i].sequence);
        }
        expect_sealed(plain[i], length[i], sealed[i], out[i].output_length);
        in[i] = packet_of(pair.in, sealed[i], out[i].output_length, opened[i], ROOM);
    }
    if (!exchange(fd, in, BURST)) {
        return false;
    }
    for (size_t i = 0; i < BURST; i++) {
        compare(plain[i], length[i], opened[i], in[i].output_length);
    }
    return true;
}

static bool send_one(int fd, struct pair pair, size_t length)
{
    struct ipsec_la_packet out = packet_of(pair.out, big[0], length, big[1], MAX_PACKET);
    struct ipsec_la_packet in;

    make_packet(big[0], length, pair.ipv6, length);
    if (!exchange(fd, &out, 1)) {
        return false;
    }
    expect_sealed(big[0], length, big[1], out.output_length);
    in = packet_of(pair.in, big[1], out.output_length, big[2], MAX_PACKET);
    if (!exchange(fd, &in, 1)) {
        return false;
    }
    compare(big[0], length, big[2], in.output_length);
    return true;
}

static void send_all(int fd, const struct ipsec_la_info *info, struct pair pair)
{
    static const size_t sizes[] = { 64, 576, 1280, 1420, 1500, 4096, 9000, 16384, 65000 };

    while (!send_burst(fd, pair, pair.ipv6 ? 41 : 21, 1)) {
    }
    while (!send_burst(fd, pair, pair.ipv6 ? 41 : 21, 23)) {
    }
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (sizes[i] + info->headroom + info->tailroom <= info->max_packet) {
            while (!send_one(fd, pair, sizes[i])) {
            }
        }
    }
}

static void run_on(int fd, const struct ipsec_la_info *info, int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set)) {
        fail("CPU %d cannot be had", cpu);
    }
    for (size_t variant = 0; variant < suite_count * 8; variant++) {
        struct pair pair = add_pair(fd, &suites[variant / 8], variant & 1, variant & 2, variant & 4);

        send_all(fd, info, pair);
        delete_sa(fd, pair.out);
        delete_sa(fd, pair.in);
    }
}

int main(int argc, char **argv)
{
    struct ipsec_la_info info;
    int fd = argc > 1 ? open_accelerator(argv[1], &info) : -1;
    time_t end = time(NULL) + (argc > 2 ? atoi(argv[2]) : 0);

    if (fd < 0) {
        fail("usage: round-trip DEVICE [SECONDS]");
    }
    resets_allowed = argc > 2;
    do {
        for (int cpu = 0; cpu < sysconf(_SC_NPROCESSORS_ONLN); cpu++) {
            run_on(fd, &info, cpu);
        }
    } while (time(NULL) < end);
    printf("%lu packets went out and came back, %lu times after a reset\n", total, resets);
    return 0;
}
