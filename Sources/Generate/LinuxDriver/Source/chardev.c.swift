extension LinuxDriver {
  static let chardevSource = DriverFile(
    "chardev.c",
    "/dev/ipsec-laN: an accelerator for a user-space program.",
    #"""
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "chardev.h"
#include "sa.h"

static struct vipsec_file *vipsec_file_of(struct vipsec_client *client)
{
	return container_of(client, struct vipsec_file, client);
}

static void vipsec_file_event(struct vipsec_client *client, const struct vipsec_event *event)
{
	struct vipsec_file *file = vipsec_file_of(client);
	struct ipsec_la_event told = {
		.sa = event->sa,
		.value = event->value,
		.coalesced = event->coalesced,
		.event = event->event,
	};

	spin_lock_bh(&file->lock);
	told.lost = file->lost;
	if (kfifo_put(&file->events, told))
		file->lost = 0;
	else if (file->lost < U16_MAX)
		file->lost++;
	spin_unlock_bh(&file->lock);
	wake_up_interruptible(&file->wait);
}

static void vipsec_file_broken(struct vipsec_client *client)
{
	wake_up_all(&vipsec_file_of(client)->wait);
}

static void vipsec_file_release(struct vipsec_client *client)
{
	kfree(vipsec_file_of(client));
}

static int vipsec_open(struct inode *inode, struct file *filp)
{
	struct vipsec *vi = container_of(filp->private_data, struct vipsec, misc);
	struct vipsec_file *file = kzalloc(sizeof(*file), GFP_KERNEL);
	int err;

	if (!file)
		return -ENOMEM;
	spin_lock_init(&file->lock);
	INIT_KFIFO(file->events);
	init_waitqueue_head(&file->wait);
	file->client.is_listed = true;
	file->client.event = vipsec_file_event;
	file->client.broken = vipsec_file_broken;
	file->client.release = vipsec_file_release;
	snprintf(file->client.identity, sizeof(file->client.identity), "%s[%d]", current->comm,
		 task_tgid_nr(current));
	err = vipsec_attach(vi, &file->client, false);
	if (err) {
		kfree(file);
		return err;
	}
	filp->private_data = file;
	return stream_open(inode, filp);
}

/* The SAs of a program that has ended are deleted, or forgotten if the device cannot be told. */
static int vipsec_release(struct inode *inode, struct file *filp)
{
	struct vipsec_file *file = filp->private_data;

	vipsec_drop(&file->client);
	return 0;
}

/* The events that there are, as far as there is room. */
static ssize_t vipsec_copy_events(struct vipsec_file *file, char __user *bytes, size_t count)
{
	struct ipsec_la_event event;
	size_t done = 0;

	while (done + sizeof(event) <= count) {
		int found;

		spin_lock_bh(&file->lock);
		found = kfifo_get(&file->events, &event);
		spin_unlock_bh(&file->lock);
		if (!found)
			break;
		if (copy_to_user(bytes + done, &event, sizeof(event)))
			return done ? (ssize_t)done : -EFAULT;
		done += sizeof(event);
	}
	return done;
}

/* An accelerator that is no more has an end, behind its last event. */
static ssize_t vipsec_read_events(struct file *filp, char __user *bytes, size_t count,
				  loff_t *offset)
{
	struct vipsec_file *file = filp->private_data;
	ssize_t done;
	bool is_last;

	if (count < sizeof(struct ipsec_la_event))
		return -EINVAL;
	for (;;) {
		is_last = READ_ONCE(file->client.is_told);
		done = vipsec_copy_events(file, bytes, count);
		if (done || is_last)
			return done;
		if (filp->f_flags & O_NONBLOCK)
			return -EAGAIN;
		/* Another reader may have been faster. */
		done = wait_event_interruptible(file->wait, !kfifo_is_empty(&file->events) ||
						READ_ONCE(file->client.is_told));
		if (done)
			return done;
	}
}

static __poll_t vipsec_poll(struct file *filp, poll_table *wait)
{
	struct vipsec_file *file = filp->private_data;
	__poll_t events = 0;

	poll_wait(filp, &file->wait, wait);
	if (!kfifo_is_empty(&file->events))
		events |= EPOLLIN | EPOLLRDNORM;
	if (READ_ONCE(file->client.is_told))
		events |= EPOLLHUP;
	return events;
}

static int vipsec_ioctl_info(struct vipsec *vi, struct ipsec_la_info __user *argument)
{
	struct ipsec_la_info info = {
		.version = VIRTIO_IPSEC_VERSION,
		.queue_pairs = vi->pairs,
		.features = vi->features,
		.ciphers = vi->limits.ciphers | vi->legacy_ciphers,
		.auths = vi->limits.auths | vi->legacy_auths,
		.max_sas = vi->limits.max_sas,
		.max_packet = vi->limits.max_packet,
		.max_window = vi->limits.max_window,
		.headroom = vi->limits.headroom,
		.tailroom = vi->limits.tailroom,
	};

	return copy_to_user(argument, &info, sizeof(info)) ? -EFAULT : 0;
}

static int vipsec_ioctl_add(struct vipsec_client *client, struct ipsec_la_add __user *argument)
{
	struct ipsec_la_add add;
	struct vipsec_sa *sa;
	void *description;
	u64 id = 0;
	int err;

	if (copy_from_user(&add, argument, sizeof(add)))
		return -EFAULT;
	if (!add.length || add.length > IPSEC_LA_MAX_DESCRIPTION ||
	    (add.operation != VIRTIO_IPSEC_OP_ENCAP && add.operation != VIRTIO_IPSEC_OP_DECAP))
		return -EINVAL;
	description = memdup_user(u64_to_user_ptr(add.description), add.length);
	if (IS_ERR(description))
		return PTR_ERR(description);
	err = vipsec_check_description(description, add.length, add.count);
	if (err)
		goto free;
	err = vipsec_begin(client->vi);
	if (err)
		goto free;
	err = vipsec_sa_add(client, NULL, add.operation, description, add.length, add.count, &sa);
	if (!err)
		id = sa->id;
	vipsec_end(client->vi);
	/* Not with the accelerator locked: the program's memory may take its time. */
	if (!err && put_user(id, &argument->sa)) {
		vipsec_sa_delete_id(client, id);
		err = -EFAULT;
	}
free:
	kfree_sensitive(description);
	return err;
}

static int vipsec_ioctl_delete(struct vipsec_client *client, u64 __user *argument)
{
	u64 id;

	if (get_user(id, argument))
		return -EFAULT;
	return vipsec_sa_delete_id(client, id);
}

static int vipsec_ioctl_update(struct vipsec_client *client,
			       struct ipsec_la_update __user *argument)
{
	struct ipsec_la_update update;
	struct vipsec_sa *sa;
	void *attributes;
	int err;

	if (copy_from_user(&update, argument, sizeof(update)))
		return -EFAULT;
	if (!update.length || update.length > IPSEC_LA_MAX_DESCRIPTION || update.reserved)
		return -EINVAL;
	attributes = memdup_user(u64_to_user_ptr(update.attributes), update.length);
	if (IS_ERR(attributes))
		return PTR_ERR(attributes);
	err = vipsec_begin(client->vi);
	if (!err) {
		sa = vipsec_sa_get(client, update.sa);
		err = sa ? vipsec_sa_update(sa, attributes, update.length) : -ENOENT;
		vipsec_end(client->vi);
		if (sa)
			vipsec_sa_put(sa);
	}
	kfree(attributes);
	return err;
}

static int vipsec_ioctl_read(struct vipsec_client *client, struct ipsec_la_read __user *argument)
{
	struct virtio_ipsec_sa_report_view records[VIPSEC_BUNDLE];
	struct virtio_ipsec_read_resp_view view = {
		.record = records,
		.record_max = ARRAY_SIZE(records),
	};
	struct vipsec_command *command = NULL;
	struct ipsec_la_read read;
	struct vipsec_sa *sa;
	u32 room;
	int err;

	if (copy_from_user(&read, argument, sizeof(read)))
		return -EFAULT;
	err = vipsec_begin(client->vi);
	if (err)
		return err;
	sa = vipsec_sa_get(client, read.sa);
	err = sa ? vipsec_sa_read(sa, &view, &command) : -ENOENT;
	vipsec_end(client->vi);
	if (sa)
		vipsec_sa_put(sa);
	if (!err) {
		room = read.length;
		read.length = le32_to_cpu(view.read_reply->length);
		read.count = view.record_count;
		if (read.length > room)
			err = -ENOSPC;
		else if (copy_to_user(u64_to_user_ptr(read.records), view.read_reply + 1,
				      read.length))
			err = -EFAULT;
		if (copy_to_user(argument, &read, sizeof(read)))
			err = -EFAULT;
	}
	vipsec_command_put(command);
	return err;
}

static long vipsec_ioctl(struct file *filp, unsigned int number, unsigned long value)
{
	struct vipsec_file *file = filp->private_data;
	void __user *argument = (void __user *)value;

	switch (number) {
	case IPSEC_LA_INFO:
		return vipsec_ioctl_info(file->client.vi, argument);
	case IPSEC_LA_ADD:
		return vipsec_ioctl_add(&file->client, argument);
	case IPSEC_LA_DELETE:
		return vipsec_ioctl_delete(&file->client, argument);
	case IPSEC_LA_UPDATE:
		return vipsec_ioctl_update(&file->client, argument);
	case IPSEC_LA_READ:
		return vipsec_ioctl_read(&file->client, argument);
	case IPSEC_LA_PROCESS:
		return vipsec_process(&file->client, argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations vipsec_fops = {
	.owner = THIS_MODULE,
	.open = vipsec_open,
	.release = vipsec_release,
	.read = vipsec_read_events,
	.poll = vipsec_poll,
	.unlocked_ioctl = vipsec_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

/**
 * vipsec_chardev_add() - make an accelerator's character device
 * @vi: the accelerator
 *
 * Return: 0 or a negative error.
 */
int vipsec_chardev_add(struct vipsec *vi)
{
	vi->misc.minor = MISC_DYNAMIC_MINOR;
	vi->misc.name = vi->name;
	vi->misc.fops = &vipsec_fops;
	vi->misc.parent = &vi->vdev->dev;
	return misc_register(&vi->misc);
}

/**
 * vipsec_chardev_remove() - let nobody open it any more
 * @vi: the accelerator
 */
void vipsec_chardev_remove(struct vipsec *vi)
{
	misc_deregister(&vi->misc);
}

"""#)
}
