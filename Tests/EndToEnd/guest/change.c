// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * change DEVICE: SAs are changed while they are used, and read: sequence number, ends of the tunnel,
 * lifetime, replay window. What cannot be changed, or is another program's, is refused, before the device
 * was taken away as well as after that, which is between "ready" and when /run/go is there; then the SAs
 * have to be as they were changed.
 */
#define _GNU_SOURCE
#include "accelerator.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LENGTH 300
#define ROOM 512
/* The addresses of an IPv4 header. */
#define SOURCE 12
#define DESTINATION 16

#define BEFORE 10     /* packets before anything is changed */
#define USED 5000     /* what the sequence number is changed to */
#define HARD 20       /* packets of the lifetime */
#define WINDOW 128

static const char *const ends[2][2] = {
    { "198.51.100.1", "198.51.100.2" },
    { "203.0.113.1", "203.0.113.2" },
};

struct pair {
    int fd;
    uint64_t out, in;
    /* Packets that went through, and the sequence number of the last. */
    uint64_t packets, sequence;
};

static struct virtio_ipsec_tunnel_ipv4 tunnel(const char *const *pair_of_ends)
{
    struct virtio_ipsec_tunnel_ipv4 tunnel = { 0 };

    inet_pton(AF_INET, pair_of_ends[0], &tunnel.saddr);
    inet_pton(AF_INET, pair_of_ends[1], &tunnel.daddr);
    return tunnel;
}

static void expect(uint64_t found, uint64_t expected, const char *what)
{
    if (found != expected) {
        fail("%s: %llu, not %llu", what, (unsigned long long)found, (unsigned long long)expected);
    }
}

/* There and back; the outer header has these addresses. */
static void exchange(struct pair *pair, const char *const *pair_of_ends)
{
    struct virtio_ipsec_tunnel_ipv4 outer = tunnel(pair_of_ends);
    uint8_t plain[LENGTH], sealed[ROOM], opened[ROOM];
    struct ipsec_la_packet packet;

    make_packet(plain, LENGTH, false, pair->packets);
    packet = process_one(pair->fd, pair->out, plain, LENGTH, sealed, ROOM);
    expect(packet.error, 0, "error of encapsulation");
    expect(packet.sequence, ++pair->sequence, "sequence number");
    if (memcmp(sealed + SOURCE, &outer.saddr, 4) || memcmp(sealed + DESTINATION, &outer.daddr, 4)) {
        fail("sequence number %llu has an outer header with other addresses", packet.sequence);
    }
    packet = process_one(pair->fd, pair->in, sealed, packet.output_length, opened, ROOM);
    expect(packet.error, 0, "error of decapsulation");
    if (packet.output_length != LENGTH || memcmp(plain, opened, LENGTH)) {
        fail("other bytes have come back");
    }
    pair->packets++;
}

static void expect_no_key(const struct record *record)
{
    uint8_t key[8];

    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] = i + 1;
    }
    if (memmem(record->bytes, record->length, key, sizeof(key))) {
        fail("a key can be read");
    }
}

/* Both SAs, as the accelerator knows them. */
static void expect_records(const struct pair *pair, const char *const *pair_of_ends, uint32_t window, uint64_t hard)
{
    struct virtio_ipsec_tunnel_ipv4 outer = tunnel(pair_of_ends);
    const struct virtio_ipsec_replay_window *replay_window;
    const struct virtio_ipsec_tunnel_ipv4 *read;
    const struct virtio_ipsec_lifetime *lifetime;
    struct record record;

    read_sa(pair->fd, pair->out, &record);
    expect_no_key(&record);
    expect(le32toh(record.head->spi), 0x7000, "SPI");
    expect(le64toh(record.head->sequence), pair->sequence, "sequence number that is read");
    read = find_attribute(&record, VIRTIO_IPSEC_ATTR_TUNNEL_IPV4, sizeof(*read));
    expect(read->saddr, outer.saddr, "source that is read");
    expect(read->daddr, outer.daddr, "destination that is read");
    if (hard) {
        lifetime = find_attribute(&record, VIRTIO_IPSEC_ATTR_LIFETIME, sizeof(*lifetime));
        expect(le64toh(lifetime->hard_packets), hard, "packets of the lifetime");
    }
    read_sa(pair->fd, pair->in, &record);
    expect_no_key(&record);
    expect(le64toh(record.head->sequence), pair->sequence, "highest number received");
    replay_window = find_attribute(&record, VIRTIO_IPSEC_ATTR_REPLAY_WINDOW, sizeof(*replay_window));
    expect(le32toh(replay_window->size), window, "replay window");
}

static void expect_statistics(const struct pair *pair)
{
    const struct virtio_ipsec_sa_statistics *statistics;
    uint64_t sas[] = { pair->out, pair->in };
    struct record record;

    for (int i = 0; i < 2; i++) {
        read_sa(pair->fd, sas[i], &record);
        statistics = find_attribute(&record, VIRTIO_IPSEC_ATTR_STATISTICS, sizeof(*statistics));
        expect(le64toh(statistics->packets), pair->packets, "packets of the statistics");
        expect(le64toh(statistics->bytes), pair->packets * LENGTH, "bytes of the statistics");
        expect(le64toh(statistics->replayed), 0, "replays of the statistics");
    }
}

static void change(struct pair *pair)
{
    struct virtio_ipsec_sequence sequence = { .last = htole64(USED) };
    struct virtio_ipsec_lifetime lifetime = { .hard_packets = htole64(HARD) };
    struct virtio_ipsec_replay_window window = { .size = htole32(WINDOW), .highest = htole64(USED) };
    struct virtio_ipsec_tunnel_ipv4 outer = tunnel(ends[1]);
    struct description out = { .length = 0 }, in = { .length = 0 };

    put_attribute(&out, VIRTIO_IPSEC_ATTR_TUNNEL_IPV4, &outer, sizeof(outer));
    put_attribute(&out, VIRTIO_IPSEC_ATTR_SEQUENCE, &sequence, sizeof(sequence));
    put_attribute(&out, VIRTIO_IPSEC_ATTR_LIFETIME, &lifetime, sizeof(lifetime));
    update_sa(pair->fd, pair->out, &out);
    put_attribute(&in, VIRTIO_IPSEC_ATTR_TUNNEL_IPV4, &outer, sizeof(outer));
    put_attribute(&in, VIRTIO_IPSEC_ATTR_REPLAY_WINDOW, &window, sizeof(window));
    update_sa(pair->fd, pair->in, &in);
    pair->sequence = USED;
}

static void expect_refusal(int fd, unsigned long number, void *argument, int error, const char *what)
{
    if (!ioctl(fd, number, argument) || errno != error) {
        fail("%s: %s, not %s", what, strerror(errno), strerror(error));
    }
}

static void expect_refusals(const struct pair *pair, const char *path)
{
    static const struct {
        uint16_t type, length;
        const char *what;
    } wrong[] = {
        { VIRTIO_IPSEC_ATTR_CIPHER, 8, "a change of the cipher" },
        { VIRTIO_IPSEC_ATTR_STATISTICS, sizeof(struct virtio_ipsec_sa_statistics), "a change of statistics" },
        { 0x7777, 8, "a change of what nobody knows" },
        { VIRTIO_IPSEC_ATTR_SEQUENCE, 1, "a sequence number of one byte" },
    };
    struct virtio_ipsec_sequence back = { .last = htole64(1) };
    struct virtio_ipsec_lifetime ended = { .hard_packets = htole64(pair->packets) };
    struct ipsec_la_info info;
    int other = open_accelerator(path, &info);
    uint8_t bytes[256];
    struct ipsec_la_read read = { .sa = pair->out, .records = (uintptr_t)bytes };
    struct ipsec_la_update update = { .sa = pair->out };
    struct description changes;

    expect_refusal(pair->fd, IPSEC_LA_READ, &read, ENOSPC, "a read without room");
    if (read.length <= sizeof(struct virtio_ipsec_sa_record)) {
        fail("%u bytes to read", read.length);
    }
    expect_refusal(other, IPSEC_LA_READ, &read, ENOENT, "a read of another program's SA");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        changes.length = 0;
        memset(bytes, 1, sizeof(bytes));
        put_attribute(&changes, wrong[i].type, bytes, wrong[i].length);
        update.attributes = (uintptr_t)changes.bytes;
        update.length = changes.length;
        expect_refusal(pair->fd, IPSEC_LA_UPDATE, &update, EINVAL, wrong[i].what);
    }
    changes.length = 0;
    put_attribute(&changes, VIRTIO_IPSEC_ATTR_SEQUENCE, &back, sizeof(back));
    update.length = changes.length;
    expect_refusal(pair->fd, IPSEC_LA_UPDATE, &update, EINVAL, "a sequence number that was used");
    expect_refusal(other, IPSEC_LA_UPDATE, &update, ENOENT, "a change of another program's SA");
    changes.length = 0;
    put_attribute(&changes, VIRTIO_IPSEC_ATTR_LIFETIME, &ended, sizeof(ended));
    update.length = changes.length;
    expect_refusal(pair->fd, IPSEC_LA_UPDATE, &update, EKEYREJECTED, "a lifetime that has ended");
    close(other);
}

/* As many packets as the lifetime has left, and no more. */
static void use_up(struct pair *pair)
{
    uint8_t plain[LENGTH], sealed[ROOM];
    struct ipsec_la_packet packet;

    while (pair->packets < HARD) {
        exchange(pair, ends[1]);
    }
    make_packet(plain, LENGTH, false, 0);
    packet = process_one(pair->fd, pair->out, plain, LENGTH, sealed, ROOM);
    if (packet.error != EKEYREJECTED || packet.output_length) {
        fail("packet %llu of %u: %s, %u bytes, status %#x", (unsigned long long)pair->packets + 1, HARD,
             strerror(packet.error), packet.output_length, packet.status);
    }
}

int main(int argc, char **argv)
{
    struct sa sa = { .suite = find_suite("aes-gcm"), .spi = 0x7000, .window = 64 };
    struct ipsec_la_info info;
    struct pair pair = { .fd = argc > 1 ? open_accelerator(argv[1], &info) : -1 };

    if (pair.fd < 0) {
        fail("usage: change DEVICE");
    }
    sa.source = ends[0][0];
    sa.destination = ends[0][1];
    pair.in = add_sa(pair.fd, VIRTIO_IPSEC_OP_DECAP, &sa);
    sa.window = 0;
    pair.out = add_sa(pair.fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    while (pair.packets < BEFORE) {
        exchange(&pair, ends[0]);
    }
    expect_records(&pair, ends[0], 64, 0);
    expect_statistics(&pair);

    change(&pair);
    expect_records(&pair, ends[1], WINDOW, HARD);
    exchange(&pair, ends[1]);
    expect_refusals(&pair, argv[1]);
    expect_records(&pair, ends[1], WINDOW, HARD);
    expect_statistics(&pair);

    puts("ready");
    fflush(stdout);
    while (access("/run/go", F_OK)) {
        usleep(10000);
    }
    exchange(&pair, ends[1]);
    expect_records(&pair, ends[1], WINDOW, 0);
    expect_refusals(&pair, argv[1]);
    use_up(&pair);
    return 0;
}
