/* A careful ESP tunnel in C over OpenSSL's EVP interface: what the Swift engine is measured against. */
#ifndef CBASELINE_ESP_H
#define CBASELINE_ESP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that an encapsulation needs in front of and behind the packet. */
#define ESP_BASELINE_HEADROOM 64
#define ESP_BASELINE_TAILROOM 64

/** struct esp_baseline - one AES-128-GCM tunnel, both directions */
struct esp_baseline;

/**
 * esp_baseline_new - prepare a tunnel: contexts and keys
 * @key: 16 bytes
 * @salt: 4 bytes
 * @esn: whether the high half of the sequence number is authenticated
 * @lean: whether libcrypto is called as the engine calls it, or as its manual shows
 *
 * Return: the tunnel, or NULL if libcrypto refuses; free it with esp_baseline_free().
 */
struct esp_baseline *esp_baseline_new(const uint8_t *key, const uint8_t *salt, bool esn, bool lean);

/** esp_baseline_free - free a tunnel; NULL is allowed */
void esp_baseline_free(struct esp_baseline *tunnel);

/**
 * esp_baseline_encap - protect an IPv4 packet in place
 * @tunnel: the tunnel
 * @packet: the packet, with head room and tail room around it
 * @length: its length in bytes
 *
 * Return: the length of the result, which starts 36 bytes in front of @packet; 0 on failure.
 */
size_t esp_baseline_encap(struct esp_baseline *tunnel, uint8_t *packet, size_t length);

/**
 * esp_baseline_decap - check and unwrap a packet in place
 * @tunnel: the tunnel
 * @packet: the packet, outer header first
 * @length: its length in bytes
 *
 * Return: the length of the inner packet, which starts 36 bytes behind @packet; 0 if refused.
 */
size_t esp_baseline_decap(struct esp_baseline *tunnel, uint8_t *packet, size_t length);

/** struct esp_mac_baseline - AES-128-CBC with HMAC-SHA1-96 by EVP_MAC */
struct esp_mac_baseline;

/** esp_mac_baseline_new - prepare AES-128-CBC (16-byte key) and HMAC-SHA1 (20-byte key) */
struct esp_mac_baseline *esp_mac_baseline_new(const uint8_t *cipher_key, const uint8_t *mac_key);

/** esp_mac_baseline_free - free it; NULL is allowed */
void esp_mac_baseline_free(struct esp_mac_baseline *pair);

/**
 * esp_mac_baseline_seal - encrypt a text and authenticate header, IV and text
 * @pair: the contexts
 * @header: 8 bytes of header, 16 of IV, then the text
 * @length: bytes of text, a multiple of 16; 12 bytes of ICV are written behind it
 * @careful: false for the plain loop, which gives both contexts their keys with each packet;
 *           true for one that keeps the keys in the contexts
 *
 * Nothing is allocated or fetched per packet by either, and no header is written.
 *
 * Return: whether libcrypto obliged.
 */
bool esp_mac_baseline_seal(struct esp_mac_baseline *pair, uint8_t *header, size_t length, bool careful);

/** esp_allocations - how often malloc and its kin have been called in this process since it was first asked */
uint64_t esp_allocations(void);

/** esp_heap_bytes - how many bytes of the heap are in use */
size_t esp_heap_bytes(void);

/** esp_locked_bytes - how many bytes of libcrypto's locked memory are in use */
size_t esp_locked_bytes(void);

#endif
