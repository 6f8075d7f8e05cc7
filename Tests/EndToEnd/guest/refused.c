// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * refused DEVICE: an SA refuses packets that the device has counted: dummies, and one whose result does not
 * fit. After "ready" the device is reset, which is over once /run/go is there. Then these packets are still
 * counted: what is left of the lifetime is what was left before, and its event says so.
 */
#include "accelerator.h"

#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LENGTH 300
#define ROOM 512

#define PASSED 3  /* packets that pass before the reset */
#define DUMMIES 2 /* packets without bytes */
#define SOFT 8    /* packets of the lifetime */
#define HARD 10

struct pair {
    int fd;
    uint64_t out, in;
};

static struct ipsec_la_packet apply(int fd, uint64_t sa, uint32_t flags, void *input, size_t length, void *output,
                                    size_t room)
{
    struct ipsec_la_packet packet = {
        .sa = sa,
        .flags = flags,
        .input = (uintptr_t)input,
        .output = (uintptr_t)output,
        .input_length = length,
        .output_length = room,
    };
    struct ipsec_la_process one = { .packets = (uintptr_t)&packet, .count = 1 };

    if (ioctl(fd, IPSEC_LA_PROCESS, &one)) {
        fail("processing a packet: %s", strerror(errno));
    }
    return packet;
}

/* Sends a packet, which its receiver has so much room for; what becomes of it there is as expected. */
static void send_one(const struct pair *pair, uint32_t flags, size_t room, uint32_t status, const char *what)
{
    uint8_t plain[LENGTH], sealed[ROOM], opened[ROOM];
    struct ipsec_la_packet packet;

    make_packet(plain, LENGTH, false, 0);
    packet = apply(pair->fd, pair->out, flags, plain, LENGTH, sealed, ROOM);
    if (packet.error) {
        fail("%s is not sent: %s, status %#x", what, strerror(packet.error), packet.status);
    }
    packet = apply(pair->fd, pair->in, 0, sealed, packet.output_length, opened, room);
    if (packet.status != status) {
        fail("%s: status %#x, not %#x", what, packet.status, status);
    }
}

/* The one that did not fit is none of those that are known to have been processed. */
static void expect_statistics(const struct pair *pair)
{
    const struct virtio_ipsec_sa_statistics *statistics;
    struct record record;
    uint64_t packets, bytes;

    read_sa(pair->fd, pair->in, &record);
    statistics = find_attribute(&record, VIRTIO_IPSEC_ATTR_STATISTICS, sizeof(*statistics));
    packets = le64toh(statistics->packets);
    bytes = le64toh(statistics->bytes);
    if (packets != PASSED + DUMMIES || bytes != PASSED * LENGTH) {
        fail("statistics: %llu packets, %llu bytes", (unsigned long long)packets, (unsigned long long)bytes);
    }
}

static void expect_event(const struct pair *pair)
{
    struct pollfd poll_event = { .fd = pair->fd, .events = POLLIN };
    struct ipsec_la_event event;

    if (poll(&poll_event, 1, 5000) != 1 || read(pair->fd, &event, sizeof(event)) != sizeof(event)) {
        fail("no event within 5 s");
    }
    if (event.sa != pair->in || event.event != VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS || event.value != SOFT) {
        fail("event %u of SA %llu: %llu", event.event, event.sa, event.value);
    }
}

int main(int argc, char **argv)
{
    struct sa sa = {
        .suite = find_suite("aes-gcm"), .spi = 0x8000, .source = "198.51.100.1", .destination = "198.51.100.2"
    };
    struct ipsec_la_info info;
    struct pair pair = { .fd = argc > 1 ? open_accelerator(argv[1], &info) : -1 };

    if (pair.fd < 0) {
        fail("usage: refused DEVICE");
    }
    pair.out = add_sa(pair.fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    sa.lifetime.soft_packets = htole64(SOFT);
    sa.lifetime.hard_packets = htole64(HARD);
    sa.notify.events = htole64(1ULL << VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS);
    pair.in = add_sa(pair.fd, VIRTIO_IPSEC_OP_DECAP, &sa);
    for (int i = 0; i < PASSED; i++) {
        send_one(&pair, 0, ROOM, VIRTIO_IPSEC_S_OK, "a packet");
    }
    for (int i = 0; i < DUMMIES; i++) {
        send_one(&pair, VIRTIO_IPSEC_DATA_FLAG_DUMMY, ROOM, VIRTIO_IPSEC_S_DUMMY, "a dummy");
    }
    send_one(&pair, 0, LENGTH - 1, VIRTIO_IPSEC_S_NO_TAIL_ROOM, "a packet that does not fit");

    puts("ready");
    fflush(stdout);
    while (access("/run/go", F_OK)) {
        usleep(10000);
    }
    expect_statistics(&pair);
    for (int used = PASSED + DUMMIES + 1; used < HARD; used++) {
        send_one(&pair, 0, ROOM, VIRTIO_IPSEC_S_OK, "a packet after the reset");
    }
    expect_event(&pair);
    send_one(&pair, 0, ROOM, VIRTIO_IPSEC_S_HARD_LIFETIME, "a packet too many");
    return 0;
}
