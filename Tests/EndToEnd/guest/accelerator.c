// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
#include "accelerator.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

const struct suite suites[] = {
    { "aes-gcm", VIRTIO_IPSEC_AES_GCM_ICV16, 0, 16, 4, 0 },
    { "aes-cbc-sha256", VIRTIO_IPSEC_AES_CBC, VIRTIO_IPSEC_HMAC_SHA256, 16, 0, 32 },
    { "chacha20-poly1305", VIRTIO_IPSEC_CHACHA20_POLY1305, 0, 32, 4, 0 },
};
const size_t suite_count = sizeof(suites) / sizeof(suites[0]);

void fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

const struct suite *find_suite(const char *name)
{
    for (size_t i = 0; i < suite_count; i++) {
        if (!strcmp(suites[i].name, name)) {
            return &suites[i];
        }
    }
    fail("%s: no such suite", name);
}

int open_accelerator(const char *path, struct ipsec_la_info *info)
{
    int fd = open(path, O_RDWR);

    if (fd < 0 || ioctl(fd, IPSEC_LA_INFO, info)) {
        fail("%s: %s", path, strerror(errno));
    }
    return fd;
}

/* A command that a reset of the device took is given again. */
static void command(int fd, unsigned long number, void *argument, const char *what)
{
    for (int tries = 0; ioctl(fd, number, argument); tries++) {
        if (errno != EIO || tries == 3) {
            fail("%s: %s", what, strerror(errno));
        }
    }
}

static void put_bytes(struct description *to, const void *bytes, size_t length)
{
    if (length > sizeof(to->bytes) - to->length) {
        fail("the description of an SA is too long");
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void put_key(struct description *to, size_t length)
{
    for (size_t i = 1; i <= length; i++) {
        uint8_t byte = i;

        put_bytes(to, &byte, 1);
    }
}

static size_t begin_attribute(struct description *to, uint16_t type)
{
    struct virtio_ipsec_attr_hdr header = { .type = htole16(type) };
    size_t start = to->length;

    put_bytes(to, &header, sizeof(header));
    return start;
}

static void end_attribute(struct description *to, size_t start)
{
    struct virtio_ipsec_attr_hdr *header = (void *)(to->bytes + start);

    header->length = htole16(to->length - start - sizeof(*header));
    while (to->length % 8) {
        put_bytes(to, "", 1);
    }
}

void put_attribute(struct description *to, uint16_t type, const void *bytes, size_t length)
{
    static const uint8_t nothing[64];
    size_t start;

    if (!memcmp(bytes, nothing, length)) {
        return;
    }
    start = begin_attribute(to, type);
    put_bytes(to, bytes, length);
    end_attribute(to, start);
}

static void put_algorithms(struct description *to, const struct suite *suite)
{
    struct virtio_ipsec_attr_cipher cipher = {
        .algorithm = htole16(suite->cipher),
        .key_length = htole16(suite->key_length),
        .salt_length = htole16(suite->salt_length),
    };
    struct virtio_ipsec_attr_auth auth = {
        .algorithm = htole16(suite->auth),
        .key_length = htole16(suite->auth_key_length),
    };
    size_t start = begin_attribute(to, VIRTIO_IPSEC_ATTR_CIPHER);

    put_bytes(to, &cipher, sizeof(cipher));
    put_key(to, suite->key_length + suite->salt_length);
    end_attribute(to, start);
    if (suite->auth) {
        start = begin_attribute(to, VIRTIO_IPSEC_ATTR_AUTH);
        put_bytes(to, &auth, sizeof(auth));
        put_key(to, suite->auth_key_length);
        end_attribute(to, start);
    }
}

static void put_tunnel(struct description *to, const struct sa *sa)
{
    struct virtio_ipsec_tunnel_ipv4 ipv4 = { 0 };
    struct virtio_ipsec_tunnel_ipv6 ipv6 = { 0 };

    if (!sa->source) {
        return;
    }
    if (inet_pton(AF_INET, sa->source, &ipv4.saddr) == 1 &&
        inet_pton(AF_INET, sa->destination, &ipv4.daddr) == 1) {
        put_attribute(to, VIRTIO_IPSEC_ATTR_TUNNEL_IPV4, &ipv4, sizeof(ipv4));
    } else if (inet_pton(AF_INET6, sa->source, ipv6.saddr) == 1 &&
               inet_pton(AF_INET6, sa->destination, ipv6.daddr) == 1) {
        put_attribute(to, VIRTIO_IPSEC_ATTR_TUNNEL_IPV6, &ipv6, sizeof(ipv6));
    } else {
        fail("%s, %s: no addresses of one family", sa->source, sa->destination);
    }
}

uint64_t add_sa(int fd, uint16_t operation, const struct sa *sa)
{
    struct virtio_ipsec_replay_window window = {
        .size = htole32(sa->window),
        .highest = htole64(sa->received),
    };
    struct virtio_ipsec_sa_entry entry = {
        .spi = htole32(sa->spi),
        .proto = VIRTIO_IPSEC_PROTO_ESP,
        .mode = sa->source ? VIRTIO_IPSEC_MODE_TUNNEL : VIRTIO_IPSEC_MODE_TRANSPORT,
        .flags = htole16((sa->esn ? VIRTIO_IPSEC_SA_FLAG_ESN : 0) |
                         (sa->window ? VIRTIO_IPSEC_SA_FLAG_ANTI_REPLAY : 0)),
    };
    struct description to = { .length = 0 };
    struct ipsec_la_add add = { .count = 1, .operation = operation };

    put_bytes(&to, &entry, sizeof(entry));
    put_tunnel(&to, sa);
    put_algorithms(&to, sa->suite);
    put_attribute(&to, VIRTIO_IPSEC_ATTR_REPLAY_WINDOW, &window, sizeof(window));
    put_attribute(&to, VIRTIO_IPSEC_ATTR_SEQUENCE, &sa->sequence, sizeof(sa->sequence));
    put_attribute(&to, VIRTIO_IPSEC_ATTR_LIFETIME, &sa->lifetime, sizeof(sa->lifetime));
    put_attribute(&to, VIRTIO_IPSEC_ATTR_NOTIFY, &sa->notify, sizeof(sa->notify));
    entry.attributes_length = htole32(to.length - sizeof(entry));
    memcpy(to.bytes, &entry, sizeof(entry));

    add.description = (uintptr_t)to.bytes;
    add.length = to.length;
    command(fd, IPSEC_LA_ADD, &add, sa->suite->name);
    return add.sa;
}

void update_sa(int fd, uint64_t sa, const struct description *changes)
{
    struct ipsec_la_update update = {
        .sa = sa,
        .attributes = (uintptr_t)changes->bytes,
        .length = changes->length,
    };

    command(fd, IPSEC_LA_UPDATE, &update, "changing an SA");
}

void read_sa(int fd, uint64_t sa, struct record *record)
{
    struct ipsec_la_read read = {
        .sa = sa,
        .records = (uintptr_t)record->bytes,
        .length = sizeof(record->bytes),
    };

    command(fd, IPSEC_LA_READ, &read, "reading an SA");
    record->length = read.length;
    if (read.count != 1 || read.length < sizeof(*record->head) ||
        read.length - sizeof(*record->head) != le32toh(record->head->attributes_length)) {
        fail("%u records of %u bytes", read.count, read.length);
    }
}

const void *find_attribute(const struct record *record, uint16_t type, size_t length)
{
    const struct virtio_ipsec_attr_hdr *header;
    size_t place = sizeof(*record->head), size;

    for (; place + sizeof(*header) <= record->length; place += (sizeof(*header) + size + 7) / 8 * 8) {
        header = (const void *)(record->bytes + place);
        size = le16toh(header->length);
        if (le16toh(header->type) == type && size >= length && place + size <= record->length) {
            return header + 1;
        }
    }
    fail("there is no attribute %#x of %zu bytes", type, length);
}

void delete_sa(int fd, uint64_t sa)
{
    command(fd, IPSEC_LA_DELETE, &sa, "deleting an SA");
}

bool process(int fd, struct ipsec_la_packet *packets, uint32_t count)
{
    struct ipsec_la_process all = { .packets = (uintptr_t)packets, .count = count };
    bool lost = false;

    if (ioctl(fd, IPSEC_LA_PROCESS, &all)) {
        fail("processing %u packets: %s", count, strerror(errno));
    }
    for (uint32_t i = 0; i < count; i++) {
        lost |= packets[i].error == EIO;
        if (packets[i].error && packets[i].error != EIO) {
            fail("packet %u of %u, %u bytes: %s, status %#x", i, count, packets[i].input_length,
                 strerror(packets[i].error), packets[i].status);
        }
    }
    if (!lost && all.done != count) {
        fail("%u of %u packets done", all.done, count);
    }
    return !lost;
}

struct ipsec_la_packet process_one(int fd, uint64_t sa, void *input, size_t length, void *output, size_t room)
{
    struct ipsec_la_packet packet;
    struct ipsec_la_process one = { .packets = (uintptr_t)&packet, .count = 1 };

    do {
        packet = (struct ipsec_la_packet) {
            .sa = sa,
            .input = (uintptr_t)input,
            .output = (uintptr_t)output,
            .input_length = length,
            .output_length = room,
        };
        if (ioctl(fd, IPSEC_LA_PROCESS, &one)) {
            fail("processing a packet: %s", strerror(errno));
        }
    } while (packet.error == EIO);
    return packet;
}

uint16_t checksum(uint32_t sum, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum += i % 2 ? bytes[i] : bytes[i] << 8;
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum;
}

size_t make_packet(uint8_t *bytes, size_t length, bool ipv6, uint8_t seed)
{
    static const uint8_t ipv4_header[20] = {
        0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2
    };
    size_t header = ipv6 ? 40 : sizeof(ipv4_header);
    size_t payload = length - header;
    uint16_t sum;

    memset(bytes, 0, header);
    if (ipv6) {
        bytes[0] = 0x60;
        bytes[4] = payload >> 8;
        bytes[5] = payload;
        bytes[6] = 17;
        bytes[7] = 64;
        inet_pton(AF_INET6, "2001:db8::1", bytes + 8);
        inet_pton(AF_INET6, "2001:db8::2", bytes + 24);
    } else {
        memcpy(bytes, ipv4_header, header);
        bytes[2] = length >> 8;
        bytes[3] = length;
        sum = checksum(0, bytes, header);
        bytes[10] = sum >> 8;
        bytes[11] = sum;
    }
    for (size_t i = 0; i < payload; i++) {
        bytes[header + i] = seed + i * 7 + (i >> 8);
    }
    return length;
}
