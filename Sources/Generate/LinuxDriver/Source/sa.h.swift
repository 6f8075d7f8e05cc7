extension LinuxDriver {
  static let saHeader = DriverFile(
    "sa.h",
    "Groups and SAs, which the driver keeps so that it can make them again.",
    #"""
#ifndef VIRTIO_IPSEC_SA_H
#define VIRTIO_IPSEC_SA_H

#include "control.h"
#include "device.h"

/**
 * struct vipsec_update - a change of an SA, on its way to the device
 * @command: says it
 * @description: what the SA is afterwards, for kfree_sensitive()
 * @length: bytes of @description
 * @sequence: the highest sequence number that the change names
 * @told: if it names a lifetime, what was told of the one that there is
 */
struct vipsec_update {
	struct vipsec_command *command;
	void *description;
	u32 length;
	u64 sequence;
	struct vipsec_told told;
};

/* messages.c: what the device is told of an SA */
int vipsec_parse_description(const void *bytes, u32 length, u16 count,
			     struct virtio_ipsec_sa_description_view *views);
int vipsec_check_description(const void *bytes, u32 length, u16 count);
int vipsec_message_add(struct vipsec_sa *sa, struct vipsec_command **command);
int vipsec_message_update(struct vipsec_sa *sa, const void *changes, u32 length,
			  struct vipsec_update *change);

/* lifetime.c */
void vipsec_count_use(struct vipsec_sa *sa, u32 input, u32 output);
void vipsec_count_doubt(struct vipsec_sa *sa, u32 input);
void vipsec_count_refusal(struct vipsec_sa *sa, u32 status, u32 input);
void vipsec_note_use(struct vipsec_sa *sa);
struct vipsec_told vipsec_take_told(struct vipsec_sa *sa);
void vipsec_give_told(struct vipsec_sa *sa, struct vipsec_told told);
u64 vipsec_note_event(struct vipsec_sa *sa, u16 event, u64 value);
int vipsec_lifetime_new(const struct vipsec_sa *sa, const struct virtio_ipsec_lifetime *whole);
int vipsec_lifetime_left(struct vipsec_sa *sa, const struct virtio_ipsec_lifetime *whole,
			 bool is_innermost, struct virtio_ipsec_lifetime *left);
void vipsec_tell_use(struct vipsec_sa *sa, struct virtio_ipsec_read_resp_view *view);

/* sa.c: with the accelerator locked, unless it says otherwise */
struct vipsec_sa *vipsec_sa_get(struct vipsec_client *client, u64 id);
void vipsec_sa_put(struct vipsec_sa *sa);
u64 vipsec_sa_used(struct vipsec_sa *sa, u64 sequence);
void vipsec_sa_hash(struct vipsec_sa *sa);
void vipsec_sa_unhash(struct vipsec_sa *sa);
void vipsec_sa_forget(struct vipsec_sa *sa);
void vipsec_forget_all(struct vipsec *vi);

/* sa.c: without the lock */
void vipsec_drop(struct vipsec_client *client);

/* sa_commands.c: with the accelerator locked */
bool vipsec_is_broken(int err);
int vipsec_sa_add(struct vipsec_client *client, struct vipsec_group *group, u16 operation,
		  const void *description, u32 length, u16 count, struct vipsec_sa **added);
int vipsec_sa_delete(struct vipsec_sa *sa);
int vipsec_sa_update(struct vipsec_sa *sa, const void *changes, u32 length);
int vipsec_sa_read(struct vipsec_sa *sa, struct virtio_ipsec_read_resp_view *view,
		   struct vipsec_command **command);
int vipsec_sa_flush(struct vipsec_client *client, struct vipsec_group *group);
int vipsec_sa_resume(struct vipsec_sa *sa);

/* sa_commands.c: without the lock */
int vipsec_sa_delete_id(struct vipsec_client *client, u64 id);

/* groups.c: with the accelerator locked */
struct vipsec_group *vipsec_group_find(struct vipsec_client *client, u64 id);
int vipsec_group_add(struct vipsec_client *client, const char *identity,
		     struct vipsec_group **added);
int vipsec_group_delete(struct vipsec_client *client, struct vipsec_group *group);
int vipsec_group_resume(struct vipsec *vi, struct vipsec_group *group);
int vipsec_group_flush(struct vipsec *vi, struct vipsec_group *group);

#endif /* VIRTIO_IPSEC_SA_H */

"""#)
}
