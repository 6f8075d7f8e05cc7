// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * events DEVICE: an SA asks for each kind of event in turn, packets bring it about, and read() gives it.
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
};

/* Packets may be refused here: a hard lifetime does that. */
static void send_packets(int fd, uint64_t sa, unsigned int count)
{
    static uint8_t plain[LENGTH], sealed[LENGTH + 100];

    while (count--) {
        struct ipsec_la_packet packet = {
            .sa = sa,
            .input = (uintptr_t)plain,
            .output = (uintptr_t)sealed,
            .input_length = make_packet(plain, LENGTH, false, count),
            .output_length = sizeof(sealed),
        };
        struct ipsec_la_process all = { .packets = (uintptr_t)&packet, .count = 1 };

        if (ioctl(fd, IPSEC_LA_PROCESS, &all)) {
            fail("processing a packet: %s", strerror(errno));
        }
    }
}

static void expect_event(int fd, uint64_t sa, const struct kind *kind)
{
    struct pollfd poll_event = { .fd = fd, .events = POLLIN };
    struct ipsec_la_event event;

    if (poll(&poll_event, 1, 5000) != 1 || read(fd, &event, sizeof(event)) != sizeof(event)) {
        fail("%s: no event within 5 s", kind->name);
    }
    if (event.event != kind->event || event.sa != sa || event.lost) {
        fail("%s: event %u of SA %llu, lost %u", kind->name, event.event, event.sa, event.lost);
    }
    printf("%s: value %llu, stands for %u more\n", kind->name, event.value, event.coalesced);
}

int main(int argc, char **argv)
{
    const struct kind kinds[] = {
        { VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES, "soft lifetime in bytes",
          { .lifetime.soft_bytes = htole64(2 * LENGTH) }, 3 },
        { VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS, "soft lifetime in packets",
          { .lifetime.soft_packets = htole64(2) }, 3 },
        { VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC, "sequence number, periodically",
          { .notify.interval = htole64(4) }, 9 },
        { VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW, "sequence number about to overflow",
          { .sequence.notify_at = htole64(3) }, 4 },
        { VIRTIO_IPSEC_NOTIFY_HARD_LIFETIME, "hard lifetime",
          { .lifetime.hard_packets = htole64(2) }, 3 },
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
        expect_event(fd, id, &kinds[i]);
        delete_sa(fd, id);
        while (poll(&(struct pollfd) { .fd = fd, .events = POLLIN }, 1, 0) == 1) {
            struct ipsec_la_event more;

            if (read(fd, &more, sizeof(more)) != sizeof(more) || more.event != kinds[i].event) {
                fail("%s: another event, %u", kinds[i].name, more.event);
            }
        }
    }
    return 0;
}
