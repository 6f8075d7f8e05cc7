// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * events DEVICE: an SA asks for each kind of event in turn, packets bring it about, and read() gives it,
 * with the value that it happened at; no more events than that come.
 */
#include "accelerator.h"

#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LENGTH 100

struct kind {
    uint16_t event;
    const char *name;
    struct sa sa;
    unsigned int packets;
    /* What the events say, in their order. */
    uint64_t values[2];
};

/* Packets may be refused here: a hard lifetime does that. */
static void send_packets(int fd, uint64_t sa, unsigned int count)
{
    static uint8_t plain[LENGTH], sealed[LENGTH + 100];

    while (count--) {
        make_packet(plain, LENGTH, false, count);
        process_one(fd, sa, plain, LENGTH, sealed, sizeof(sealed));
    }
}

static void expect_event(int fd, uint64_t sa, const struct kind *kind, uint64_t value)
{
    struct pollfd poll_event = { .fd = fd, .events = POLLIN };
    struct ipsec_la_event event;

    if (poll(&poll_event, 1, 5000) != 1 || read(fd, &event, sizeof(event)) != sizeof(event)) {
        fail("%s: no event within 5 s", kind->name);
    }
    if (event.event != kind->event || event.sa != sa || event.lost || event.coalesced || event.value != value) {
        fail("%s: event %u of SA %llu, value %llu, stands for %u more, lost %u", kind->name, event.event,
             event.sa, event.value, event.coalesced, event.lost);
    }
}

int main(int argc, char **argv)
{
    const struct kind kinds[] = {
        { VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES, "soft lifetime in bytes",
          { .lifetime.soft_bytes = htole64(2 * LENGTH) }, 3, { 2 * LENGTH } },
        { VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS, "soft lifetime in packets",
          { .lifetime.soft_packets = htole64(2) }, 3, { 2 } },
        { VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC, "sequence number, periodically",
          { .notify.interval = htole64(4) }, 9, { 4, 8 } },
        { VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW, "sequence number about to overflow",
          { .sequence.notify_at = htole64(3) }, 4, { 3 } },
        { VIRTIO_IPSEC_NOTIFY_HARD_LIFETIME, "hard lifetime",
          { .lifetime.hard_packets = htole64(2) }, 3, { 2 * LENGTH } },
    };
    struct ipsec_la_info info;
    int fd = argc > 1 ? open_accelerator(argv[1], &info) : -1;

    if (fd < 0) {
        fail("usage: events DEVICE");
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct sa sa = kinds[i].sa;
        uint64_t id;

        sa.suite = find_suite("aes-gcm");
        sa.spi = 0x2000 + i;
        sa.notify.events = htole64(1ULL << kinds[i].event);
        id = add_sa(fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
        send_packets(fd, id, kinds[i].packets);
        for (size_t j = 0; j < 2 && kinds[i].values[j]; j++) {
            expect_event(fd, id, &kinds[i], kinds[i].values[j]);
        }
        delete_sa(fd, id);
        if (poll(&(struct pollfd) { .fd = fd, .events = POLLIN }, 1, 200)) {
            fail("%s: an event too many", kinds[i].name);
        }
    }
    return 0;
}
