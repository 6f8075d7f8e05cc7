extension LinuxDriver {
  static let debugfsSource = DriverFile(
    "debugfs.c",
    """
    debugfs: virtio_ipsec/ipsec-laN/ of each accelerator.

    sa adds and deletes SAs ("encap spi=... cipher=...", "delete N") and lists them; packet takes "N HEX", \
    processes it with SA N, and shows what it became; events shows the last events, and info what the \
    accelerator is and has done.
    """,
    #"""
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "chardev.h"
#include "data.h"
#include "debugfs.h"
#include "sa.h"

/* Most characters of a packet, or of an SA. */
#define VIPSEC_TEXT_ROOM	(2 * 65536 + 64)

static struct dentry *vipsec_root;

/* What was written, as a string that has to be freed. */
static char *vipsec_text(const char __user *bytes, size_t count)
{
	if (count > VIPSEC_TEXT_ROOM)
		return ERR_PTR(-EMSGSIZE);
	return memdup_user_nul(bytes, count);
}

static void vipsec_show_sa(struct seq_file *out, struct vipsec_sa *sa)
{
	struct virtio_ipsec_sa_report_view records[VIPSEC_BUNDLE];
	struct virtio_ipsec_read_resp_view view = {
		.record = records,
		.record_max = ARRAY_SIZE(records),
	};
	const struct virtio_ipsec_sa_statistics *statistics;
	struct vipsec_command *command = NULL;
	int err;

	seq_printf(out, "%llu %s", sa->id,
		   sa->operation == VIRTIO_IPSEC_OP_ENCAP ? "encap" : "decap");
	err = vipsec_sa_read(sa, &view, &command);
	if (err) {
		seq_printf(out, " error %d\n", err);
	} else {
		seq_printf(out, " spi %#x sequence %llu", le32_to_cpu(records[0].sa_record->spi),
			   le64_to_cpu(records[0].sa_record->sequence));
		statistics = records[0].sa_reported.sa_statistics;
		if (statistics)
			seq_printf(out, " packets %llu bytes %llu",
				   le64_to_cpu(statistics->packets),
				   le64_to_cpu(statistics->bytes));
		seq_putc(out, '\n');
	}
	vipsec_command_put(command);
}

static int vipsec_sa_show(struct seq_file *out, void *unused)
{
	struct vipsec *vi = out->private;
	struct vipsec_sa *sa;
	int err;

	err = vipsec_begin(vi);
	if (err)
		return err;
	list_for_each_entry(sa, &vi->debug->client.sas, node)
		vipsec_show_sa(out, sa);
	vipsec_end(vi);
	return 0;
}

static int vipsec_sa_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, vipsec_sa_show, inode->i_private);
}

static int vipsec_debug_add(struct vipsec *vi, char *words, u16 operation)
{
	struct vipsec_spec *spec = kzalloc(sizeof(*spec), GFP_KERNEL);
	void *description;
	struct vipsec_sa *sa;
	u32 length;
	int err;

	if (!spec)
		return -ENOMEM;
	err = vipsec_debug_spec(words, spec);
	if (err)
		goto free;
	description = vipsec_spec_build(spec, 1, &length);
	if (IS_ERR(description)) {
		err = PTR_ERR(description);
		goto free;
	}
	err = vipsec_begin(vi);
	if (!err) {
		err = vipsec_sa_add(&vi->debug->client, NULL, operation, description, length, 1,
				    &sa);
		vipsec_end(vi);
	}
	kfree_sensitive(description);
free:
	kfree_sensitive(spec);
	return err;
}

static int vipsec_debug_delete(struct vipsec *vi, const char *number)
{
	u64 id;

	if (kstrtou64(strim((char *)number), 0, &id))
		return -EINVAL;
	return vipsec_sa_delete_id(&vi->debug->client, id);
}

static ssize_t vipsec_sa_write(struct file *filp, const char __user *bytes, size_t count,
			       loff_t *offset)
{
	struct vipsec *vi = file_inode(filp)->i_private;
	char *text = vipsec_text(bytes, count);
	char *rest = text, *verb;
	int err;

	if (IS_ERR(text))
		return PTR_ERR(text);
	verb = strsep(&rest, " ");
	if (rest && !strcmp(verb, "encap"))
		err = vipsec_debug_add(vi, rest, VIRTIO_IPSEC_OP_ENCAP);
	else if (rest && !strcmp(verb, "decap"))
		err = vipsec_debug_add(vi, rest, VIRTIO_IPSEC_OP_DECAP);
	else if (rest && !strcmp(verb, "delete"))
		err = vipsec_debug_delete(vi, rest);
	else
		err = -EINVAL;
	kfree_sensitive(text);
	return err ?: (ssize_t)count;
}

DEFINE_SHOW_ATTRIBUTE(vipsec_info);

static const struct file_operations vipsec_sa_fops = {
	.owner = THIS_MODULE,
	.open = vipsec_sa_open,
	.read = seq_read,
	.write = vipsec_sa_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* Processes a packet given in hex; the result is text. */
static int vipsec_debug_packet(struct vipsec *vi, struct vipsec_sa *sa, const char *hex)
{
	u32 length = strlen(hex) / 2;
	u32 capacity = length + vi->limits.headroom + vi->limits.tailroom;
	struct vipsec_buffered buffered;
	struct vipsec_packet *packet = &buffered.packet;
	const char *name;
	char *result;
	u32 taken;
	int err;

	if (!length || strlen(hex) % 2)
		return -EINVAL;
	result = kzalloc(2 * capacity + 128, GFP_KERNEL | __GFP_NOWARN);
	if (!result)
		return -ENOMEM;
	err = vipsec_buffered_init(&buffered, length, capacity);
	if (err) {
		kfree(result);
		return err;
	}
	err = hex2bin(buffered.input_bytes, hex, length) ? -EINVAL : 0;
	if (!err)
		err = vipsec_submit_wait(sa, &packet, 1, &taken);
	if (!err) {
		vipsec_buffered_wait(vi, &buffered);
		name = vipsec_name_of(vipsec_status_names, packet->status);
		sprintf(result, "error %d status %s sequence %llu length %u ", packet->error,
			name ?: "none", packet->sequence, packet->output_length);
		bin2hex(result + strlen(result), buffered.output_bytes, packet->output_length);
		mutex_lock(&vi->debug->lock);
		swap(vi->debug->result, result);
		mutex_unlock(&vi->debug->lock);
	}
	vipsec_buffered_free(&buffered);
	kfree(result);
	return err;
}

static ssize_t vipsec_packet_write(struct file *filp, const char __user *bytes, size_t count,
				   loff_t *offset)
{
	struct vipsec *vi = file_inode(filp)->i_private;
	char *text = vipsec_text(bytes, count);
	struct vipsec_sa *sa = NULL;
	char *rest, *number;
	u64 id;
	int err = -EINVAL;

	if (IS_ERR(text))
		return PTR_ERR(text);
	rest = strim(text);
	number = strsep(&rest, " ");
	if (rest && !kstrtou64(number, 0, &id)) {
		sa = vipsec_sa_get(&vi->debug->client, id);
		err = sa ? vipsec_debug_packet(vi, sa, rest) : -ENOENT;
	}
	if (sa)
		vipsec_sa_put(sa);
	kfree(text);
	return err ?: (ssize_t)count;
}

static int vipsec_packet_show(struct seq_file *out, void *unused)
{
	struct vipsec *vi = out->private;

	mutex_lock(&vi->debug->lock);
	if (vi->debug->result)
		seq_printf(out, "%s\n", vi->debug->result);
	mutex_unlock(&vi->debug->lock);
	return 0;
}

static int vipsec_packet_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, vipsec_packet_show, inode->i_private);
}

static const struct file_operations vipsec_packet_fops = {
	.owner = THIS_MODULE,
	.open = vipsec_packet_open,
	.read = seq_read,
	.write = vipsec_packet_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int vipsec_events_show(struct seq_file *out, void *unused)
{
	struct vipsec *vi = out->private;
	struct vipsec_debug *debug = vi->debug;
	struct vipsec_event event;
	u64 i, end;

	spin_lock_bh(&debug->event_lock);
	end = debug->event_count;
	spin_unlock_bh(&debug->event_lock);
	for (i = end > VIPSEC_DEBUG_EVENTS ? end - VIPSEC_DEBUG_EVENTS : 0; i < end; i++) {
		spin_lock_bh(&debug->event_lock);
		event = debug->events[i % VIPSEC_DEBUG_EVENTS];
		spin_unlock_bh(&debug->event_lock);
		seq_printf(out, "%s sa %llu value %llu coalesced %u\n",
			   vipsec_name_of(vipsec_event_names, event.event), event.sa,
			   event.value, event.coalesced);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(vipsec_events);

static void vipsec_debug_event(struct vipsec_client *client, const struct vipsec_event *event)
{
	struct vipsec_debug *debug = container_of(client, struct vipsec_debug, client);

	spin_lock_bh(&debug->event_lock);
	debug->events[debug->event_count++ % VIPSEC_DEBUG_EVENTS] = *event;
	spin_unlock_bh(&debug->event_lock);
}

static void vipsec_debug_release(struct vipsec_client *client)
{
	struct vipsec_debug *debug = container_of(client, struct vipsec_debug, client);

	kfree(debug->result);
	kfree(debug);
}

/**
 * vipsec_debugfs_add() - make an accelerator's files; without them, it works as well
 * @vi: the accelerator
 */
void vipsec_debugfs_add(struct vipsec *vi)
{
	struct vipsec_debug *debug = kzalloc(sizeof(*debug), GFP_KERNEL);

	if (!debug)
		return;
	mutex_init(&debug->lock);
	spin_lock_init(&debug->event_lock);
	strscpy(debug->client.identity, "debugfs", sizeof(debug->client.identity));
	debug->client.event = vipsec_debug_event;
	debug->client.release = vipsec_debug_release;
	if (vipsec_attach(vi, &debug->client, false)) {
		kfree(debug);
		return;
	}
	vi->debug = debug;
	debug->folder = debugfs_create_dir(vi->name, vipsec_root);
	debugfs_create_file("info", 0400, debug->folder, vi, &vipsec_info_fops);
	debugfs_create_file("sa", 0600, debug->folder, vi, &vipsec_sa_fops);
	debugfs_create_file("packet", 0600, debug->folder, vi, &vipsec_packet_fops);
	debugfs_create_file("events", 0400, debug->folder, vi, &vipsec_events_fops);
}

/**
 * vipsec_debugfs_remove() - remove an accelerator's files; nobody is in one any more
 * @vi: the accelerator
 */
void vipsec_debugfs_remove(struct vipsec *vi)
{
	struct vipsec_debug *debug = vi->debug;

	if (!debug)
		return;
	debugfs_remove(debug->folder);
	vi->debug = NULL;
	vipsec_drop(&debug->client);
}

/**
 * vipsec_debugfs_init() - make the folder of all accelerators
 */
void __init vipsec_debugfs_init(void)
{
	vipsec_root = debugfs_create_dir(KBUILD_MODNAME, NULL);
}

/**
 * vipsec_debugfs_exit() - remove the folder of all accelerators
 */
void vipsec_debugfs_exit(void)
{
	debugfs_remove(vipsec_root);
}

"""#)
}
