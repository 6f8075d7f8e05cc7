extension LinuxDriver {
  static let deviceSource = DriverFile(
    "device.c",
    "Accelerators, and who uses them.",
    #"""
#include <linux/idr.h>

#include "control.h"
#include "data.h"
#include "device.h"
#include "events.h"
#include "sa.h"

LIST_HEAD(vipsec_devices);
/* For vipsec_devices. */
DEFINE_MUTEX(vipsec_devices_lock);
static DEFINE_IDA(vipsec_numbers);
/* Frees accelerators, which sleeps. */
static struct workqueue_struct *vipsec_reaper;

/**
 * vipsec_devices_init() - get ready for accelerators
 *
 * Return: 0 or -ENOMEM.
 */
int vipsec_devices_init(void)
{
	vipsec_reaper = alloc_workqueue("virtio_ipsec", 0, 0);
	return vipsec_reaper ? 0 : -ENOMEM;
}

/**
 * vipsec_devices_exit() - wait until the last accelerator is freed
 */
void vipsec_devices_exit(void)
{
	destroy_workqueue(vipsec_reaper);
}

static void vipsec_free(struct work_struct *work)
{
	struct vipsec *vi = container_of(work, struct vipsec, end);

	if (vi->calls)
		destroy_workqueue(vi->calls);
	if (vi->work)
		destroy_workqueue(vi->work);
	vipsec_free_queues(vi);
	vipsec_free_events(vi);
	xa_destroy(&vi->sas);
	kfree(vi);
}

static void vipsec_reap(struct kref *ref)
{
	struct vipsec *vi = container_of(ref, struct vipsec, ref);

	ida_free(&vipsec_numbers, vi->index);
	queue_work(vipsec_reaper, &vi->end);
}

/**
 * vipsec_put() - let go of an accelerator; in any context
 * @vi: the accelerator
 */
void vipsec_put(struct vipsec *vi)
{
	kref_put(&vi->ref, vipsec_reap);
}

static void vipsec_farewell(struct work_struct *work)
{
	struct vipsec *vi = container_of(work, struct vipsec, farewell);

	/* Calls that waited are answered before. */
	flush_workqueue(vi->calls);
	vipsec_break(vi);
}

/**
 * vipsec_alloc() - make an accelerator that is not driven yet
 * @vdev: its virtio device
 *
 * Return: the accelerator, or an error pointer.
 */
struct vipsec *vipsec_alloc(struct virtio_device *vdev)
{
	struct vipsec *vi = kzalloc(sizeof(*vi), GFP_KERNEL);
	unsigned int i;
	int index;

	if (!vi)
		return ERR_PTR(-ENOMEM);
	index = ida_alloc_max(&vipsec_numbers, U16_MAX, GFP_KERNEL);
	if (index < 0) {
		kfree(vi);
		return ERR_PTR(index);
	}
	vi->index = index;
	snprintf(vi->name, sizeof(vi->name), "ipsec-la%u", vi->index);
	vi->vdev = vdev;
	vi->next_id = 1;
	for (i = 0; i < ARRAY_SIZE(vipsec_features); i++) {
		if (virtio_has_feature(vdev, vipsec_features[i]))
			vi->features |= BIT_ULL(vipsec_features[i]);
	}
	kref_init(&vi->ref);
	INIT_LIST_HEAD(&vi->node);
	INIT_LIST_HEAD(&vi->clients);
	spin_lock_init(&vi->state_lock);
	spin_lock_init(&vi->notify_lock);
	mutex_init(&vi->lock);
	xa_init(&vi->sas);
	hash_init(vi->handles);
	init_waitqueue_head(&vi->control_wait);
	INIT_WORK(&vi->attention, vipsec_attend);
	INIT_WORK(&vi->recovery, vipsec_recover);
	INIT_WORK(&vi->farewell, vipsec_farewell);
	INIT_WORK(&vi->end, vipsec_free);
	INIT_WORK(&vi->notify_work, vipsec_take_events);
	vi->work = alloc_workqueue("%s", WQ_HIGHPRI | WQ_MEM_RECLAIM, 0, vi->name);
	vi->calls = alloc_ordered_workqueue("%s-calls", 0, vi->name);
	if (!vi->work || !vi->calls || vipsec_alloc_events(vi)) {
		vipsec_put(vi);
		return ERR_PTR(-ENOMEM);
	}
	return vi;
}

/**
 * vipsec_find() - find an accelerator by its name
 * @name: the name
 *
 * Return: the accelerator, which has to be put, or NULL.
 */
struct vipsec *vipsec_find(const char *name)
{
	struct vipsec *vi, *found = NULL;

	mutex_lock(&vipsec_devices_lock);
	list_for_each_entry(vi, &vipsec_devices, node) {
		if (!strcmp(vi->name, name)) {
			kref_get(&vi->ref);
			found = vi;
			break;
		}
	}
	mutex_unlock(&vipsec_devices_lock);
	return found;
}

/**
 * vipsec_attach() - start to use an accelerator
 * @vi: the accelerator
 * @client: who does; its functions and identity are set
 * @exclusive: whether nobody else may
 *
 * Return: 0, -EBUSY, or -ENODEV.
 */
int vipsec_attach(struct vipsec *vi, struct vipsec_client *client, bool exclusive)
{
	struct vipsec_client *other;
	int err = 0;

	refcount_set(&client->ref, 1);
	INIT_LIST_HEAD(&client->sas);
	INIT_LIST_HEAD(&client->groups);
	mutex_lock(&vi->lock);
	if (vi->state == VIPSEC_GONE)
		err = -ENODEV;
	else if (client->is_listed && vi->is_exclusive)
		err = -EBUSY;
	list_for_each_entry(other, &vi->clients, node) {
		if (exclusive && other->is_listed)
			err = err ?: -EBUSY;
	}
	if (!err) {
		kref_get(&vi->ref);
		client->vi = vi;
		vi->is_exclusive = vi->is_exclusive || exclusive;
		list_add_tail(&client->node, &vi->clients);
	}
	mutex_unlock(&vi->lock);
	return err;
}

/**
 * vipsec_detach() - use an accelerator no more
 * @client: who did; has no SAs left
 *
 * When it returns, the client is told of no event any more, unless it is
 * called by one that tells of an event.
 */
void vipsec_detach(struct vipsec_client *client)
{
	struct vipsec *vi = client->vi;

	mutex_lock(&vi->lock);
	list_del_init(&client->node);
	if (client->is_listed)
		vi->is_exclusive = false;
	mutex_unlock(&vi->lock);
	if (current_work() != &vi->notify_work)
		flush_work(&vi->notify_work);
	vipsec_client_put(client);
}

/**
 * vipsec_client_put() - let go of a client
 * @client: the client
 */
void vipsec_client_put(struct vipsec_client *client)
{
	struct vipsec *vi = client->vi;

	if (!refcount_dec_and_test(&client->ref))
		return;
	client->release(client);
	vipsec_put(vi);
}

/**
 * vipsec_break() - tell every client that the device is no more
 * @vi: the accelerator
 */
void vipsec_break(struct vipsec *vi)
{
	struct vipsec_client *client, *told;

	do {
		told = NULL;
		mutex_lock(&vi->lock);
		list_for_each_entry(client, &vi->clients, node) {
			if (client->is_told)
				continue;
			client->is_told = true;
			if (!client->broken || (client->breaking && !client->breaking(client)))
				continue;
			refcount_inc(&client->ref);
			told = client;
			break;
		}
		mutex_unlock(&vi->lock);
		if (told) {
			told->broken(told);
			vipsec_client_put(told);
		}
	} while (told);
}

/**
 * vipsec_state_error() - why an accelerator cannot be used now
 * @vi: the accelerator
 *
 * Return: 0 if it can.
 */
int vipsec_state_error(struct vipsec *vi)
{
	switch (READ_ONCE(vi->state)) {
	case VIPSEC_LIVE:
		return 0;
	case VIPSEC_GONE:
		return -ENODEV;
	default:
		return -EAGAIN;
	}
}

/**
 * vipsec_absence() - why an SA is not found
 * @vi: the accelerator
 *
 * Return: -ENODEV if all are gone with the accelerator, -ENOENT otherwise.
 */
int vipsec_absence(struct vipsec *vi)
{
	return READ_ONCE(vi->state) == VIPSEC_GONE ? -ENODEV : -ENOENT;
}

/**
 * vipsec_begin() - start commands; waits while the accelerator recovers
 * @vi: the accelerator
 *
 * Return: 0, with the accelerator locked, or a negative error.
 */
int vipsec_begin(struct vipsec *vi)
{
	unsigned long left = vipsec_timeout();
	int err;

	might_sleep();
	do {
		left = wait_event_timeout(vi->control_wait,
					  READ_ONCE(vi->state) != VIPSEC_RECOVERING, left);
		mutex_lock(&vi->lock);
		err = vipsec_state_error(vi);
		if (!err)
			return 0;
		mutex_unlock(&vi->lock);
		/* The device may have asked for a reset while the lock was waited for. */
	} while (left && READ_ONCE(vi->state) == VIPSEC_RECOVERING);
	return err;
}

/**
 * vipsec_end() - end what vipsec_begin() started
 * @vi: the accelerator
 */
void vipsec_end(struct vipsec *vi)
{
	mutex_unlock(&vi->lock);
}

"""#)
}
