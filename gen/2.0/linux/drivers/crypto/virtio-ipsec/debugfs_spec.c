// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * An SA in words: spi=0x1000 cipher=aes_gcm_icv16 key=... salt=...
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "debugfs.h"

/* Keys, until their algorithms are known. */
struct vipsec_words {
	int cipher;
	int auth;
	u8 key[VIRTIO_IPSEC_MAX_CIPHER_KEY];
	u8 salt[VIRTIO_IPSEC_MAX_CIPHER_SALT];
	u8 auth_key[VIRTIO_IPSEC_MAX_AUTH_KEY];
	int key_length;
	int salt_length;
	int auth_key_length;
};

static int vipsec_hex(const char *text, u8 *bytes, size_t room)
{
	size_t length = strlen(text) / 2;

	if (strlen(text) % 2 || length > room || hex2bin(bytes, text, length))
		return -EINVAL;
	return length;
}

/* Two values with a comma between them. */
static char *vipsec_second(char *value)
{
	char *comma = strchr(value, ',');

	if (!comma)
		return NULL;
	*comma = '\0';
	return comma + 1;
}

static int vipsec_word_tunnel(struct vipsec_spec *spec, char *value)
{
	char *second = vipsec_second(value);

	if (!second)
		return -EINVAL;
	spec->entry.mode = VIRTIO_IPSEC_MODE_TUNNEL;
	if (in4_pton(value, -1, (u8 *)&spec->tunnel_ipv4.saddr, -1, NULL) &&
	    in4_pton(second, -1, (u8 *)&spec->tunnel_ipv4.daddr, -1, NULL)) {
		spec->view.sa_attributes.tunnel_ipv4 = &spec->tunnel_ipv4;
		return 0;
	}
	if (in6_pton(value, -1, spec->tunnel_ipv6.saddr, -1, NULL) &&
	    in6_pton(second, -1, spec->tunnel_ipv6.daddr, -1, NULL)) {
		spec->view.sa_attributes.tunnel_ipv6 = &spec->tunnel_ipv6;
		return 0;
	}
	return -EINVAL;
}

static int vipsec_word_udp(struct vipsec_spec *spec, char *value)
{
	char *second = vipsec_second(value);
	u16 sport, dport;

	if (!second || kstrtou16(value, 0, &sport) || kstrtou16(second, 0, &dport))
		return -EINVAL;
	spec->udp.sport = cpu_to_be16(sport);
	spec->udp.dport = cpu_to_be16(dport);
	spec->view.sa_attributes.udp_encapsulation = &spec->udp;
	return 0;
}

/* Words whose value is a number. */
static int vipsec_word_number(struct vipsec_spec *spec, const char *word, const char *value)
{
	struct virtio_ipsec_sa_attributes_view *view = &spec->view.sa_attributes;
	u64 number;

	if (kstrtou64(value, 0, &number))
		return -EINVAL;
	if (!strcmp(word, "spi")) {
		spec->entry.spi = cpu_to_le32(number);
		return number > U32_MAX ? -EINVAL : 0;
	}
	if (!strcmp(word, "window")) {
		vipsec_spec_window(spec, number);
		return number > U32_MAX ? -EINVAL : 0;
	}
	if (!strcmp(word, "pad_to")) {
		spec->tfc.pad_to = cpu_to_le32(number);
		view->tfc = &spec->tfc;
		return number > U32_MAX ? -EINVAL : 0;
	}
	if (!strcmp(word, "events") || !strcmp(word, "interval")) {
		if (*word == 'e')
			spec->notify.events = cpu_to_le64(number);
		else
			spec->notify.interval = cpu_to_le64(number);
		view->notify = &spec->notify;
		return 0;
	}
	view->lifetime = &spec->lifetime;
	if (!strcmp(word, "soft_bytes"))
		spec->lifetime.soft_bytes = cpu_to_le64(number);
	else if (!strcmp(word, "hard_bytes"))
		spec->lifetime.hard_bytes = cpu_to_le64(number);
	else if (!strcmp(word, "soft_packets"))
		spec->lifetime.soft_packets = cpu_to_le64(number);
	else if (!strcmp(word, "hard_packets"))
		spec->lifetime.hard_packets = cpu_to_le64(number);
	else
		return -EINVAL;
	return 0;
}

/* Words that stand alone. */
static int vipsec_word_flag(struct vipsec_spec *spec, const char *word)
{
	if (!strcmp(word, "esn"))
		spec->entry.flags |= cpu_to_le16(VIRTIO_IPSEC_SA_FLAG_ESN);
	else if (!strcmp(word, "wesp"))
		spec->entry.flags |= cpu_to_le16(VIRTIO_IPSEC_SA_FLAG_WESP);
	else if (!strcmp(word, "ah"))
		spec->entry.proto = VIRTIO_IPSEC_PROTO_AH;
	else if (!strcmp(word, "ecn"))
		vipsec_spec_ecn(spec);
	else
		return -EINVAL;
	return 0;
}

static int vipsec_word(struct vipsec_spec *spec, struct vipsec_words *words, char *word)
{
	char *value = strchr(word, '=');
	int *number = NULL;

	if (!value)
		return vipsec_word_flag(spec, word);
	*value++ = '\0';
	if (!strcmp(word, "cipher"))
		*(number = &words->cipher) = vipsec_number_of(vipsec_cipher_names, value);
	else if (!strcmp(word, "auth"))
		*(number = &words->auth) = vipsec_number_of(vipsec_auth_names, value);
	else if (!strcmp(word, "key"))
		*(number = &words->key_length) = vipsec_hex(value, words->key, sizeof(words->key));
	else if (!strcmp(word, "salt"))
		*(number = &words->salt_length) =
			vipsec_hex(value, words->salt, sizeof(words->salt));
	else if (!strcmp(word, "auth_key"))
		*(number = &words->auth_key_length) =
			vipsec_hex(value, words->auth_key, sizeof(words->auth_key));
	if (number)
		return min(*number, 0);
	if (!strcmp(word, "tunnel"))
		return vipsec_word_tunnel(spec, value);
	if (!strcmp(word, "udp"))
		return vipsec_word_udp(spec, value);
	return vipsec_word_number(spec, word, value);
}

/**
 * vipsec_debug_spec() - read an SA in words
 * @text: the words, with spaces between them; is changed
 * @spec: is filled
 *
 * Return: 0 or a negative error.
 */
int vipsec_debug_spec(char *text, struct vipsec_spec *spec)
{
	struct vipsec_words *words = kzalloc(sizeof(*words), GFP_KERNEL);
	char *word;
	int err = 0;

	if (!words)
		return -ENOMEM;
	words->cipher = -1;
	words->auth = -1;
	vipsec_spec_init(spec);
	while (!err && (word = strsep(&text, " \t\n"))) {
		if (*word)
			err = vipsec_word(spec, words, word);
	}
	if (!err && words->cipher >= 0)
		err = vipsec_spec_cipher(spec, words->cipher, words->key, words->key_length,
					 words->salt, words->salt_length);
	if (!err && words->auth >= 0)
		err = vipsec_spec_auth(spec, words->auth, words->auth_key,
				       words->auth_key_length, NULL, 0);
	kfree_sensitive(words);
	return err;
}
