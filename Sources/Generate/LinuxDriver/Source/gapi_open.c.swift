extension LinuxDriver {
  static let gapiOpenSource = DriverFile(
    "gapi_open.c",
    "The g-API: applications open and close accelerators, and are told of events.",
    #"""
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait_bit.h>
#include <linux/xarray.h>

#include "gapi.h"

static DEFINE_XARRAY(vipsec_apps);
/* For vipsec_last_app: handles are never used twice. */
static DEFINE_MUTEX(vipsec_apps_lock);
static u64 vipsec_last_app;

/**
 * vipsec_handle_number() - the number that a handle stands for
 * @bytes: 8 bytes
 *
 * Return: the number; 0 for none.
 */
u64 vipsec_handle_number(const u8 *bytes)
{
	u64 number;

	memcpy(&number, bytes, sizeof(number));
	return number;
}

/**
 * vipsec_handle_bytes() - the handle that stands for a number
 * @bytes: room for 8 bytes
 * @number: the number
 */
void vipsec_handle_bytes(u8 *bytes, u64 number)
{
	memcpy(bytes, &number, sizeof(number));
}

/**
 * vipsec_app_get() - find who a handle is of; in any context
 * @handle: the handle, or NULL
 *
 * Return: the application, which has to be put, or an error pointer.
 */
struct vipsec_app *vipsec_app_get(const struct g_ipsec_la_handle *handle)
{
	struct vipsec_app *app;
	u64 id;

	if (!handle)
		return ERR_PTR(-EINVAL);
	id = vipsec_handle_number(handle->handle);
	rcu_read_lock();
	app = id <= ULONG_MAX ? xa_load(&vipsec_apps, id) : NULL;
	if (app && !refcount_inc_not_zero(&app->client.ref))
		app = NULL;
	rcu_read_unlock();
	return app ?: ERR_PTR(-EBADF);
}

/**
 * vipsec_app_put() - let go of an application
 * @app: the application
 */
void vipsec_app_put(struct vipsec_app *app)
{
	vipsec_client_put(&app->client);
}

/**
 * vipsec_app_count_call() - start a call, or packets, that close() waits for; in any context
 * @app: whose it is; "calls" is to be decremented when it is answered
 *
 * Return: 0, or -EBADF if the application has closed the accelerator.
 */
int vipsec_app_count_call(struct vipsec_app *app)
{
	int err = 0;

	spin_lock_bh(&app->hook_lock);
	if (app->is_closed)
		err = -EBADF;
	else
		atomic_inc(&app->calls);
	spin_unlock_bh(&app->hook_lock);
	return err;
}

/**
 * vipsec_callback_begin() - a callback is about to run; before its call is no more
 * @app: whose it is
 */
void vipsec_callback_begin(struct vipsec_app *app)
{
	refcount_inc(&app->client.ref);
	atomic_inc(&app->callbacks);
	/* Before the call is counted no more; see vipsec_app_quiesce(). */
	smp_mb__after_atomic();
}

/**
 * vipsec_callback_end() - a callback has returned
 * @app: whose it is
 */
void vipsec_callback_end(struct vipsec_app *app)
{
	atomic_dec(&app->callbacks);
	/* Before it is looked whether somebody waits. */
	smp_mb__after_atomic();
	wake_up_var(&app->callbacks);
	vipsec_app_put(app);
}

static struct vipsec_app *vipsec_app_of(struct vipsec_client *client)
{
	return container_of(client, struct vipsec_app, client);
}

static const struct g_ipsec_la_notification_hook *
vipsec_hook_of(const struct g_ipsec_la_notification_hooks *hooks, u16 event)
{
	switch (event) {
	case VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES:
		return &hooks->soft_lifetime_expiry;
	case VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW:
		return &hooks->seq_num_overflow;
	case VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC:
		return &hooks->seq_num_periodic;
	default:
		return NULL;
	}
}

static void vipsec_app_event(struct vipsec_client *client, const struct vipsec_event *event)
{
	struct vipsec_app *app = vipsec_app_of(client);
	const struct g_ipsec_la_notification_hook *found;
	struct g_ipsec_la_notification_hook hook = {};
	struct g_ipsec_la_notification told = {
		.value = event->value,
		.coalesced = event->coalesced,
	};

	spin_lock_bh(&app->hook_lock);
	found = app->has_hooks ? vipsec_hook_of(&app->hooks, event->event) : NULL;
	if (found)
		hook = *found;
	spin_unlock_bh(&app->hook_lock);
	if (!hook.cb_fn)
		return;
	vipsec_handle_bytes(told.handle.handle, app->id);
	vipsec_handle_bytes(told.handle.group_handle, event->group);
	vipsec_handle_bytes(told.sa_handle.ipsec_sa_handle, event->sa);
	hook.cb_fn(&told, hook.cb_arg, hook.cb_arg_len);
}

/* Who closes from now on waits for the callback; who has closed hears of nothing. */
static bool vipsec_app_breaking(struct vipsec_client *client)
{
	struct vipsec_app *app = vipsec_app_of(client);

	if (!app->opened.cb_fn || READ_ONCE(app->is_closed))
		return false;
	vipsec_callback_begin(app);
	return true;
}

static void vipsec_app_broken(struct vipsec_client *client)
{
	struct vipsec_app *app = vipsec_app_of(client);
	struct g_ipsec_la_handle handle = {};

	vipsec_handle_bytes(handle.handle, app->id);
	WRITE_ONCE(app->parting, current);
	app->opened.cb_fn(&handle, app->opened.cb_arg, app->opened.cb_arg_len);
	WRITE_ONCE(app->parting, NULL);
	vipsec_callback_end(app);
}

static void vipsec_app_release(struct vipsec_client *client)
{
	kfree_rcu(vipsec_app_of(client), rcu);
}

static bool vipsec_app_wants(const struct g_ipsec_la_open_inargs *in, struct vipsec *vi)
{
	if (in->accl_name && strcmp(in->accl_name, vi->name))
		return false;
	if (in->pci_vendor_id && in->pci_vendor_id != G_IPSEC_LA_PCI_VENDOR_ID)
		return false;
	return !in->device_id || in->device_id == VIRTIO_IPSEC_PCI_DEVICE_ID;
}

/* The first accelerator that can be had. */
static int vipsec_app_attach(struct vipsec_app *app, const struct g_ipsec_la_open_inargs *in,
			     bool exclusive)
{
	struct vipsec *vi;
	int err = -ENODEV;

	mutex_lock(&vipsec_devices_lock);
	list_for_each_entry(vi, &vipsec_devices, node) {
		if (!vipsec_app_wants(in, vi))
			continue;
		err = vipsec_attach(vi, &app->client, exclusive);
		if (!err)
			break;
	}
	mutex_unlock(&vipsec_devices_lock);
	return err;
}

int g_ipsec_la_open(enum g_ipsec_la_mode mode, const struct g_ipsec_la_open_inargs *in,
		    struct g_ipsec_la_open_outargs *out)
{
	struct vipsec_app *app;
	int err;

	if (!in || !out ||
	    (mode != G_IPSEC_LA_INSTANCE_EXCLUSIVE && mode != G_IPSEC_LA_INSTANCE_SHARED))
		return -EINVAL;
	app = kzalloc(sizeof(*app), GFP_KERNEL);
	if (!app)
		return -ENOMEM;
	spin_lock_init(&app->hook_lock);
	app->opened = *in;
	app->client.is_listed = true;
	app->client.event = vipsec_app_event;
	app->client.breaking = vipsec_app_breaking;
	app->client.broken = vipsec_app_broken;
	app->client.release = vipsec_app_release;
	err = strscpy(app->client.identity, in->app_identity ?: "", VIPSEC_IDENTITY_SIZE);
	if (err < 0) {
		kfree(app);
		return -EINVAL;
	}
	mutex_lock(&vipsec_apps_lock);
	app->id = ++vipsec_last_app;
	mutex_unlock(&vipsec_apps_lock);
	err = vipsec_app_attach(app, in, mode == G_IPSEC_LA_INSTANCE_EXCLUSIVE);
	if (err) {
		kfree(app);
		return err;
	}
	err = app->id > ULONG_MAX ? -ENOMEM : xa_insert(&vipsec_apps, app->id, app, GFP_KERNEL);
	if (err) {
		vipsec_detach(&app->client);
		return -ENOMEM;
	}
	memset(out, 0, sizeof(*out));
	vipsec_handle_bytes(out->handle.handle, app->id);
	return 0;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_open);

/* Waits for callbacks that are running, but for the one that this is called from. */
static void vipsec_app_quiesce(struct vipsec_app *app)
{
	int own = (READ_ONCE(app->answering) == current) + (READ_ONCE(app->parting) == current);

	/* After calls were found to be none; see vipsec_callback_begin(). */
	smp_rmb();
	wait_var_event(&app->callbacks, atomic_read(&app->callbacks) == own);
}

int g_ipsec_la_close(const struct g_ipsec_la_handle *handle)
{
	struct vipsec_app *app = vipsec_app_get(handle);
	struct vipsec *vi;
	int err = 0;
	u64 group;

	if (IS_ERR(app))
		return PTR_ERR(app);
	group = vipsec_handle_number(handle->group_handle);
	vi = app->client.vi;
	mutex_lock(&vi->lock);
	spin_lock_bh(&app->hook_lock);
	/* A call that is counted no more, but has a callback, is waited for below. */
	if (app->is_closed) {
		err = -EBADF;
	} else if (group && !vipsec_group_find(&app->client, group)) {
		err = -ENOENT;
	} else if (atomic_read(&app->calls) || (READ_ONCE(vi->state) != VIPSEC_GONE &&
						(!list_empty(&app->client.sas) ||
						 !list_empty(&app->client.groups)))) {
		err = -EBUSY;
	} else {
		WRITE_ONCE(app->is_closed, true);
		app->has_hooks = false;
	}
	spin_unlock_bh(&app->hook_lock);
	mutex_unlock(&vi->lock);
	if (!err) {
		xa_erase(&vipsec_apps, app->id);
		vipsec_app_quiesce(app);
		vipsec_drop(&app->client);
	}
	vipsec_app_put(app);
	return err;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_close);

/* That the handle's group, if it has one, is the application's. */
static int vipsec_app_check_group(struct vipsec_app *app, const struct g_ipsec_la_handle *handle)
{
	u64 group = vipsec_handle_number(handle->group_handle);
	struct vipsec *vi = app->client.vi;
	int err = 0;

	if (!group)
		return 0;
	mutex_lock(&vi->lock);
	if (!vipsec_group_find(&app->client, group))
		err = -ENOENT;
	mutex_unlock(&vi->lock);
	return err;
}

int g_ipsec_la_notification_hooks_register(const struct g_ipsec_la_handle *handle,
					   const struct g_ipsec_la_notification_hooks *in)
{
	struct vipsec_app *app = vipsec_app_get(handle);
	int err;

	if (IS_ERR(app))
		return PTR_ERR(app);
	err = in ? vipsec_app_check_group(app, handle) : -EINVAL;
	spin_lock_bh(&app->hook_lock);
	if (!err && app->is_closed)
		err = -EBADF;
	else if (!err && app->has_hooks)
		err = -EBUSY;
	if (!err) {
		app->hooks = *in;
		app->has_hooks = true;
	}
	spin_unlock_bh(&app->hook_lock);
	vipsec_app_put(app);
	return err;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_notification_hooks_register);

int g_ipsec_la_notifications_hook_deregister(const struct g_ipsec_la_handle *handle)
{
	struct vipsec_app *app = vipsec_app_get(handle);
	struct vipsec *vi;
	int err;

	if (IS_ERR(app))
		return PTR_ERR(app);
	vi = app->client.vi;
	err = vipsec_app_check_group(app, handle);
	spin_lock_bh(&app->hook_lock);
	if (!err && !app->has_hooks)
		err = -ENOENT;
	if (!err)
		app->has_hooks = false;
	spin_unlock_bh(&app->hook_lock);
	if (!err && current_work() != &vi->notify_work)
		flush_work(&vi->notify_work);
	vipsec_app_put(app);
	return err;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_notifications_hook_deregister);

"""#)
}
