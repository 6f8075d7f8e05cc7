extension LinuxDriver {
  static let gapiCallSource = DriverFile(
    "gapi_call.c",
    "The g-API: control calls that wait for their answer, or do not.",
    #"""
#include <linux/slab.h>

#include "gapi.h"

/**
 * vipsec_check_flags() - check how a call is to end
 * @flags: of enum g_ipsec_la_control_flags
 * @resp: where an asynchronous answer goes
 * @needs_answer: whether the call has no other purpose
 *
 * Return: 0 or -EINVAL.
 */
int vipsec_check_flags(u32 flags, const struct g_ipsec_la_resp_args *resp, bool needs_answer)
{
	switch (flags) {
	case 0:
		return 0;
	case G_IPSEC_LA_CTRL_FLAG_ASYNC:
		return resp && resp->cb_fn ? 0 : -EINVAL;
	case G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED:
		return needs_answer ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}

/**
 * vipsec_call_refuse() - end a call that was not made
 * @err: why
 * @flags: of enum g_ipsec_la_control_flags
 * @result: the result in its outargs, or NULL; left alone where the call has no answer
 *
 * Return: @err.
 */
int vipsec_call_refuse(int err, u32 flags, s32 *result)
{
	if (result && !(flags & G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED))
		*result = err;
	return err;
}

/* Makes the call; its error is the answer's, too. */
static int vipsec_call_run(struct vipsec_call *call)
{
	struct vipsec *vi = call->app->client.vi;
	int err;

	err = vipsec_begin(vi);
	if (!err) {
		if (call->group && !vipsec_group_find(&call->app->client, call->group))
			err = -ENOENT;
		else
			err = call->run(call);
		vipsec_end(vi);
	}
	if (call->result)
		*call->result = err;
	return err;
}

/**
 * vipsec_call_free() - free a call that was made, or was not
 * @call: the call
 */
void vipsec_call_free(struct vipsec_call *call)
{
	atomic_dec(&call->app->calls);
	vipsec_app_put(call->app);
	kfree_sensitive(call->description);
	kfree(call->params);
	kfree(call);
}

static void vipsec_call_work(struct work_struct *work)
{
	struct vipsec_call *call = container_of(work, struct vipsec_call, work);
	struct g_ipsec_la_resp_args resp = call->resp;
	struct vipsec_app *app = call->app;
	bool has_answer = call->flags & G_IPSEC_LA_CTRL_FLAG_ASYNC;
	void *out = call->out;

	vipsec_call_run(call);
	vipsec_callback_begin(app);
	/* First, so that the callback may close the accelerator. */
	vipsec_call_free(call);
	WRITE_ONCE(app->answering, current);
	if (has_answer)
		resp.cb_fn(resp.cb_arg, resp.cb_arg_len, out);
	WRITE_ONCE(app->answering, NULL);
	/* The accelerator stays: the driver waits for this work before it lets go of it. */
	vipsec_callback_end(app);
}

/**
 * vipsec_call_make() - start a call, with what all calls have
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the call's outargs
 * @result: the result in them
 * @needs_answer: whether the call has no other purpose
 * @resp: where an asynchronous answer goes
 * @run: makes the call
 *
 * Return: the call, or an error pointer.
 */
struct vipsec_call *vipsec_call_make(const struct g_ipsec_la_handle *handle, u32 flags,
				     void *out, s32 *result, bool needs_answer,
				     const struct g_ipsec_la_resp_args *resp,
				     int (*run)(struct vipsec_call *call))
{
	bool is_silent = flags & G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED;
	struct vipsec_call *call;
	struct vipsec_app *app;
	int err;

	if (vipsec_check_flags(flags, resp, needs_answer) || (!is_silent && !out))
		return ERR_PTR(vipsec_call_refuse(-EINVAL, flags, result));
	app = vipsec_app_get(handle);
	if (IS_ERR(app))
		return ERR_PTR(vipsec_call_refuse(PTR_ERR(app), flags, result));
	call = kzalloc(sizeof(*call), GFP_KERNEL);
	err = call ? vipsec_app_count_call(app) : -ENOMEM;
	if (err) {
		kfree(call);
		vipsec_app_put(app);
		return ERR_PTR(vipsec_call_refuse(err, flags, result));
	}
	INIT_WORK(&call->work, vipsec_call_work);
	call->app = app;
	call->run = run;
	call->flags = flags;
	call->group = vipsec_handle_number(handle->group_handle);
	if (!is_silent) {
		call->out = out;
		call->result = result;
	}
	if (flags & G_IPSEC_LA_CTRL_FLAG_ASYNC)
		call->resp = *resp;
	return call;
}

/**
 * vipsec_call_start() - make a call, now or in its turn
 * @call: the call, which is freed
 *
 * Return: 0 or a negative error.
 */
int vipsec_call_start(struct vipsec_call *call)
{
	struct vipsec *vi = call->app->client.vi;
	int err = 0;

	if (!call->flags) {
		err = vipsec_call_run(call);
		vipsec_call_free(call);
		return err;
	}
	spin_lock_irq(&vi->state_lock);
	if (vi->state == VIPSEC_GONE)
		err = -ENODEV;
	else
		queue_work(vi->calls, &call->work);
	spin_unlock_irq(&vi->state_lock);
	if (err) {
		vipsec_call_refuse(err, call->flags, call->result);
		vipsec_call_free(call);
	}
	return err;
}

/**
 * vipsec_call_group() - the group of a call's handle
 * @call: the call, being made
 *
 * Return: the group, or NULL if the handle has none.
 */
struct vipsec_group *vipsec_call_group(struct vipsec_call *call)
{
	return call->group ? vipsec_group_find(&call->app->client, call->group) : NULL;
}

/**
 * vipsec_call_sa() - find the SA of a call
 * @call: the call, being made; has the direction, and maybe the group, of the SA
 * @id: its number
 *
 * Return: the SA, which has to be put, or NULL.
 */
struct vipsec_sa *vipsec_call_sa(struct vipsec_call *call, u64 id)
{
	struct vipsec_sa *sa = vipsec_sa_get(&call->app->client, id);

	if (sa && (sa->operation != vipsec_operation(call->dir) ||
		   (call->group && sa->group_id != call->group))) {
		vipsec_sa_put(sa);
		return NULL;
	}
	return sa;
}

"""#)
}
