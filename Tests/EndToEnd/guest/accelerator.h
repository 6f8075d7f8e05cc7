/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * /dev/ipsec-laN for the programs in this folder: SAs in words, packets, errors that end the program.
 */
#ifndef ACCELERATOR_H
#define ACCELERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/ipsec_la.h>
#include <linux/virtio_ipsec.h>

#define MAX_PACKET 65535

/* Algorithms, by a name on the command line; keys are the bytes 1, 2, 3 ... */
struct suite {
    const char *name;
    uint16_t cipher;
    uint16_t auth;
    uint16_t key_length;
    uint16_t salt_length;
    uint16_t auth_key_length;
};

/* An SA; zero is what an SA does not have. */
struct sa {
    const struct suite *suite;
    uint32_t spi;
    bool esn;
    uint32_t window;
    /* The highest sequence number that was received before. */
    uint64_t received;
    /* Addresses of an outer header, and with these tunnel mode. */
    const char *source;
    const char *destination;
    struct virtio_ipsec_lifetime lifetime;
    struct virtio_ipsec_notify notify;
    struct virtio_ipsec_sequence sequence;
};

/* The entry of an SA, and attributes as they are put behind it; or attributes alone, which change one. */
struct description {
    uint8_t bytes[1024];
    size_t length;
};

/* What the accelerator knows of an SA. */
struct record {
    union {
        struct virtio_ipsec_sa_record head[1];
        uint8_t bytes[2048];
    };
    size_t length;
};

__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);

const struct suite *find_suite(const char *name);
extern const struct suite suites[];
extern const size_t suite_count;

int open_accelerator(const char *path, struct ipsec_la_info *info);
uint64_t add_sa(int fd, uint16_t operation, const struct sa *sa);
void delete_sa(int fd, uint64_t sa);

/* Puts an attribute behind others, unless it is all zeros. */
void put_attribute(struct description *to, uint16_t type, const void *bytes, size_t length);
void update_sa(int fd, uint64_t sa, const struct description *changes);
void read_sa(int fd, uint64_t sa, struct record *record);
/* The value of an attribute; without one of that type and size, the program ends. */
const void *find_attribute(const struct record *record, uint16_t type, size_t length);

/*
 * Processes packets; false if the device was reset meanwhile, which packets in flight do not survive.
 * Any other failure ends the program.
 */
bool process(int fd, struct ipsec_la_packet *packets, uint32_t count);

/* Processes a packet, whatever becomes of it; again, if a reset of the device took it. */
struct ipsec_la_packet process_one(int fd, uint64_t sa, void *input, size_t length, void *output, size_t room);

/* Makes an IP packet of UDP of that many bytes, with the checksum that IPv4 has. */
size_t make_packet(uint8_t *bytes, size_t length, bool ipv6, uint8_t seed);
uint16_t checksum(uint32_t sum, const uint8_t *bytes, size_t length);

#endif
