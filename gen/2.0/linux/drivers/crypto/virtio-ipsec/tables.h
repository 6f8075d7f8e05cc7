/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * Features, and the names of numbers: tables made from the definitions.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_TABLES_H
#define VIRTIO_IPSEC_TABLES_H

#include <linux/types.h>

/**
 * struct vipsec_name - what a number is called
 * @number: the number
 * @name: its name; NULL behind the last one
 */
struct vipsec_name {
	u32 number;
	const char *name;
};

/**
 * struct vipsec_dependency - a feature that needs another
 * @feature: bit of the feature
 * @needs: bit of the other
 */
struct vipsec_dependency {
	u32 feature;
	u32 needs;
};

extern const unsigned int vipsec_features[20];
extern const unsigned int vipsec_notify_features[3];
extern const struct vipsec_dependency vipsec_dependencies[4];

extern const struct vipsec_name vipsec_feature_names[];
extern const struct vipsec_name vipsec_command_names[];
extern const struct vipsec_name vipsec_status_names[];
extern const struct vipsec_name vipsec_event_names[];
extern const struct vipsec_name vipsec_cipher_names[];
extern const struct vipsec_name vipsec_auth_names[];

/* A command of a class, as a number of vipsec_command_names. */
#define VIPSEC_COMMAND(class, command)	((class) << 16 | (command))

const char *vipsec_name_of(const struct vipsec_name *names, u32 number);
int vipsec_number_of(const struct vipsec_name *names, const char *name);

#endif /* VIRTIO_IPSEC_TABLES_H */
