extension LinuxDriver {
  static let eventsSource = DriverFile(
    "events.c",
    "The notification queue: buffers that wait for events, and are posted again.",
    #"""
#include <linux/cache.h>
#include <linux/slab.h>

#include "events.h"
#include "sa.h"

/* Events that the work takes before it lets others run. */
#define VIPSEC_EVENT_BUDGET	64

/**
 * vipsec_alloc_events() - make room for events
 * @vi: the accelerator
 *
 * Each is in lines of the cache that no other data shares: the device writes one
 * while the driver reads another.
 *
 * Return: 0 or -ENOMEM.
 */
int vipsec_alloc_events(struct vipsec *vi)
{
	unsigned int i;

	for (i = 0; i < VIPSEC_EVENTS; i++) {
		vi->events[i] = kzalloc(L1_CACHE_ALIGN(sizeof(*vi->events[i])), GFP_KERNEL);
		if (!vi->events[i])
			return -ENOMEM;
	}
	return 0;
}

/**
 * vipsec_free_events() - free the room for events, which the device does not have
 * @vi: the accelerator
 */
void vipsec_free_events(struct vipsec *vi)
{
	unsigned int i;

	for (i = 0; i < VIPSEC_EVENTS; i++)
		kfree(vi->events[i]);
}

/* Posts a buffer; with the lock held. */
static void vipsec_post(struct vipsec *vi, struct virtio_ipsec_notification *buffer)
{
	struct scatterlist list;

	memset(buffer, 0, sizeof(*buffer));
	sg_init_one(&list, buffer, sizeof(*buffer));
	virtqueue_add_inbuf(vi->notifyq, &list, 1, buffer, GFP_ATOMIC);
}

/**
 * vipsec_open_events() - give the device room for events
 * @vi: the accelerator; its device is ready
 * @vq: the queue
 */
void vipsec_open_events(struct vipsec *vi, struct virtqueue *vq)
{
	u32 i, count = min_t(u32, virtqueue_get_vring_size(vq), VIPSEC_EVENTS);

	spin_lock_bh(&vi->notify_lock);
	vi->notifyq = vq;
	for (i = 0; i < count; i++)
		vipsec_post(vi, vi->events[i]);
	virtqueue_kick(vq);
	spin_unlock_bh(&vi->notify_lock);
}

/**
 * vipsec_close_events() - take the room back from a reset device
 * @vi: the accelerator
 */
void vipsec_close_events(struct vipsec *vi)
{
	struct virtqueue *vq;

	spin_lock_bh(&vi->notify_lock);
	vq = vi->notifyq;
	vi->notifyq = NULL;
	spin_unlock_bh(&vi->notify_lock);
	while (vq && virtqueue_detach_unused_buf(vq))
		;
}

/**
 * vipsec_events_used() - events have come; in interrupt context
 * @vq: the notification queue
 */
void vipsec_events_used(struct virtqueue *vq)
{
	struct vipsec *vi = vq->vdev->priv;

	queue_work(vi->work, &vi->notify_work);
}

/* The SA that has a handle of the device's, which has to be put, or NULL; with the lock held. */
static struct vipsec_sa *vipsec_sa_of_handle(struct vipsec *vi, u64 handle)
{
	struct vipsec_sa *sa;

	hash_for_each_possible(vi->handles, sa, by_handle, handle) {
		if (sa->handle == handle && refcount_inc_not_zero(&sa->ref))
			return sa;
	}
	return NULL;
}

/* What a message says of an SA, which has to be put; NULL without one. With the lock held. */
static struct vipsec_sa *vipsec_read_event(struct vipsec *vi,
					   const struct virtio_ipsec_notification *message,
					   u32 used, struct vipsec_event *event)
{
	struct virtio_ipsec_notify_resp_view view;
	struct vipsec_sa *sa;

	if (used != sizeof(*message) || virtio_ipsec_parse_notify_resp(message, used, &view) ||
	    !vipsec_name_of(vipsec_event_names, le16_to_cpu(message->event))) {
		atomic64_inc(&vi->stats.broken_events);
		return NULL;
	}
	atomic64_inc(&vi->stats.events);
	sa = vipsec_sa_of_handle(vi, le64_to_cpu(message->sa));
	if (!sa)
		return NULL;
	*event = (struct vipsec_event){
		.sa = sa->id,
		.group = sa->group_id,
		.event = le16_to_cpu(message->event),
		.coalesced = le32_to_cpu(message->coalesced),
		.value = vipsec_note_event(sa, le16_to_cpu(message->event),
					   le64_to_cpu(message->value)),
	};
	return sa;
}

/*
 * Takes an event out of its buffer, and posts that again. In one go with finding
 * the SA: after a reset, its handle is another's.
 */
static bool vipsec_take_event(struct vipsec *vi, struct vipsec_event *event, struct vipsec_sa **sa)
{
	/* As the parsers want it, which i386 does not give by itself. */
	struct virtio_ipsec_notification message __aligned(8);
	struct virtio_ipsec_notification *buffer;
	u32 used;

	lockdep_assert_held(&vi->notify_lock);
	buffer = vi->notifyq ? virtqueue_get_buf(vi->notifyq, &used) : NULL;
	if (!buffer)
		return false;
	memcpy(&message, buffer, sizeof(message));
	vipsec_post(vi, buffer);
	*sa = vipsec_read_event(vi, &message, used, event);
	return true;
}

/* Tells the client whose SA it is. */
static void vipsec_tell(struct vipsec_sa *sa, const struct vipsec_event *event)
{
	if (sa->client->event)
		sa->client->event(sa->client, event);
	vipsec_sa_put(sa);
}

/**
 * vipsec_take_events() - take events, and tell who wants to know
 * @work: of the accelerator
 */
void vipsec_take_events(struct work_struct *work)
{
	struct vipsec *vi = container_of(work, struct vipsec, notify_work);
	int budget = VIPSEC_EVENT_BUDGET;
	bool more;

	do {
		struct vipsec_sa *sa = NULL;
		struct vipsec_event event;

		spin_lock_bh(&vi->notify_lock);
		more = vipsec_take_event(vi, &event, &sa);
		spin_unlock_bh(&vi->notify_lock);
		if (sa)
			vipsec_tell(sa, &event);
		cond_resched();
	} while (more && --budget);

	spin_lock_bh(&vi->notify_lock);
	if (vi->notifyq) {
		virtqueue_kick(vi->notifyq);
		if (more)
			queue_work(vi->work, work);
	}
	spin_unlock_bh(&vi->notify_lock);
}

"""#)
}
