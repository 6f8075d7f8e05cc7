extension LinuxDriver {
  static let controlHeader = DriverFile(
    "control.h",
    "Commands, on the control queue.",
    #"""
#ifndef VIRTIO_IPSEC_CONTROL_H
#define VIRTIO_IPSEC_CONTROL_H

#include <linux/kref.h>

#include "device.h"

/**
 * struct vipsec_command - a command, until it is answered and let go of
 * @ref: one for who sent it, one for the queue
 * @request: what the device reads; may hold keys
 * @answer: what it writes
 * @copy: what it wrote, which it cannot change any more
 * @request_room: bytes there are for a request
 * @request_length: bytes of the request
 * @answer_room: bytes there are for an answer
 * @used: bytes that the device says it wrote
 * @is_answered: whether it has
 */
struct vipsec_command {
	struct kref ref;
	void *request;
	void *answer;
	void *copy;
	u32 request_room;
	u32 request_length;
	u32 answer_room;
	u32 used;
	bool is_answered;
};

/* The room for an answer that has no more than a status. */
#define VIPSEC_STATUS_ROOM	sizeof(struct virtio_ipsec_ctrl_status)

struct vipsec_command *vipsec_command_alloc(u32 request_room, u32 answer_room);
void vipsec_command_put(struct vipsec_command *command);
int vipsec_broken_answer(struct vipsec *vi);
int vipsec_execute(struct vipsec *vi, struct vipsec_command *command, int length);
void vipsec_cancel_commands(struct vipsec *vi);
void vipsec_answers_used(struct virtqueue *vq);
unsigned long vipsec_timeout(void);

int vipsec_get_limits(struct vipsec *vi);
int vipsec_enable_legacy(struct vipsec *vi, u64 ciphers, u64 auths);
int vipsec_resume_legacy(struct vipsec *vi);
int vipsec_random(struct vipsec *vi, void *bytes, u32 count);
int vipsec_errno(u32 status);

#endif /* VIRTIO_IPSEC_CONTROL_H */

"""#)
}
