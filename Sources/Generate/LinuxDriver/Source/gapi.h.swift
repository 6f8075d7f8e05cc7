extension LinuxDriver {
  static let gapiHeader = DriverFile(
    "gapi.h",
    "The g-API of <linux/g_ipsec_la.h>: applications, and their calls.",
    #"""
#ifndef VIRTIO_IPSEC_GAPI_H
#define VIRTIO_IPSEC_GAPI_H

#include <linux/g_ipsec_la.h>

#include "sa.h"
#include "spec.h"

/**
 * struct vipsec_app - an application: who has an accelerator open
 * @client: as which it uses the accelerator
 * @rcu: for those that look it up
 * @id: the number in its handle
 * @calls: calls that are made, or have no answer yet
 * @callbacks: callbacks for answers, and for the accelerator's end, that run
 * @answering: who runs the one of a control call
 * @parting: who runs the one for the accelerator's end
 * @hook_lock: for @hooks, @has_hooks and @is_closed
 * @hooks: who is told of events
 * @has_hooks: whether anybody is
 * @is_closed: whether calls come too late
 * @opened: how it was opened
 */
struct vipsec_app {
	struct vipsec_client client;
	struct rcu_head rcu;
	u64 id;
	atomic_t calls;
	atomic_t callbacks;
	struct task_struct *answering;
	struct task_struct *parting;
	spinlock_t hook_lock;	/* see above */
	struct g_ipsec_la_notification_hooks hooks;
	bool has_hooks;
	bool is_closed;
	struct g_ipsec_la_open_inargs opened;
};

/**
 * struct vipsec_call - a control call, until it is answered
 * @work: makes an asynchronous one
 * @app: whose it is
 * @run: makes it, with the accelerator locked
 * @group: the group of the handle; 0 for none
 * @flags: of enum g_ipsec_la_control_flags
 * @resp: where an asynchronous answer goes
 * @out: the call's outargs, or NULL
 * @result: the result in @out, or NULL
 * @sa: the SA, where there is one
 * @dir: its direction
 * @count: SAs of a bundle
 * @length: bytes of @description
 * @description: of a new SA; has keys
 * @params: of a new SA, without keys
 * @identity: of a new group
 * @get: what is read
 * @mod: what is changed
 */
struct vipsec_call {
	struct work_struct work;
	struct vipsec_app *app;
	int (*run)(struct vipsec_call *call);
	u64 group;
	u32 flags;
	struct g_ipsec_la_resp_args resp;
	void *out;
	s32 *result;
	u64 sa;
	enum g_ipsec_la_sa_direction dir;
	u16 count;
	u32 length;
	void *description;
	struct g_ipsec_la_sa *params;
	char identity[G_IPSEC_LA_IDENTITY_SIZE];
	struct g_ipsec_la_sa_get_inargs get;
	struct g_ipsec_la_sa_mod_inargs mod;
};

/* gapi_open.c */
struct vipsec_app *vipsec_app_get(const struct g_ipsec_la_handle *handle);
void vipsec_app_put(struct vipsec_app *app);
int vipsec_app_count_call(struct vipsec_app *app);
void vipsec_callback_begin(struct vipsec_app *app);
void vipsec_callback_end(struct vipsec_app *app);
u64 vipsec_handle_number(const u8 *bytes);
void vipsec_handle_bytes(u8 *bytes, u64 number);

/* gapi_call.c */
struct vipsec_call *vipsec_call_make(const struct g_ipsec_la_handle *handle, u32 flags,
				     void *out, s32 *result, bool needs_answer,
				     const struct g_ipsec_la_resp_args *resp,
				     int (*run)(struct vipsec_call *call));
int vipsec_call_refuse(int err, u32 flags, s32 *result);
int vipsec_call_start(struct vipsec_call *call);
void vipsec_call_free(struct vipsec_call *call);
struct vipsec_group *vipsec_call_group(struct vipsec_call *call);
struct vipsec_sa *vipsec_call_sa(struct vipsec_call *call, u64 id);
int vipsec_check_flags(u32 flags, const struct g_ipsec_la_resp_args *resp, bool needs_answer);

/* gapi_spec.c */
int vipsec_spec_from_params(struct vipsec_spec *spec, const struct g_ipsec_la_sa *sa,
			    enum g_ipsec_la_sa_direction dir);

/* gapi_mod.c */
int vipsec_sa_mod(struct vipsec_sa *sa, const struct g_ipsec_la_sa_mod_inargs *in);

/* The number of a direction. */
static inline u16 vipsec_operation(enum g_ipsec_la_sa_direction dir)
{
	return dir == G_IPSEC_LA_SA_OUTBOUND ? VIRTIO_IPSEC_OP_ENCAP : VIRTIO_IPSEC_OP_DECAP;
}

#endif /* VIRTIO_IPSEC_GAPI_H */

"""#)
}
