extension LinuxDriver {
  static let debugfsInfoSource = DriverFile(
    "debugfs_info.c",
    "What an accelerator is, and what it has done, for debugfs.",
    #"""
#include <linux/bits.h>
#include <linux/seq_file.h>

#include "data.h"
#include "debugfs.h"

static const char * const vipsec_state_names[] = {
	[VIPSEC_STARTING] = "starting",
	[VIPSEC_LIVE] = "live",
	[VIPSEC_RECOVERING] = "recovering",
	[VIPSEC_ASLEEP] = "asleep",
	[VIPSEC_GONE] = "gone",
};

/* The names of a set's members. */
static void vipsec_show_set(struct seq_file *out, const char *what, u64 set,
			    const struct vipsec_name *names)
{
	seq_puts(out, what);
	for (; names->name; names++) {
		if (set & BIT_ULL(names->number))
			seq_printf(out, " %s", names->name);
	}
	seq_putc(out, '\n');
}

/**
 * vipsec_info_show() - tell what an accelerator is, and what it has done
 * @out: where to
 * @unused: nothing
 *
 * Return: 0.
 */
int vipsec_info_show(struct seq_file *out, void *unused)
{
	struct vipsec *vi = out->private;
	struct vipsec_counters sum;

	vipsec_count(vi, &sum);
	seq_printf(out, "state %s\n", vipsec_state_names[READ_ONCE(vi->state)]);
	seq_printf(out, "version %u.%u\n", VIRTIO_IPSEC_VERSION >> 24,
		   VIRTIO_IPSEC_VERSION & 0xffffff);
	vipsec_show_set(out, "features", vi->features, vipsec_feature_names);
	vipsec_show_set(out, "ciphers", vi->limits.ciphers, vipsec_cipher_names);
	vipsec_show_set(out, "auths", vi->limits.auths, vipsec_auth_names);
	seq_printf(out, "queue_pairs %u\nmax_sas %u\nmax_packet %u\nmax_chain %u\n", vi->pairs,
		   vi->limits.max_sas, vi->limits.max_packet, vi->limits.max_chain);
	seq_printf(out, "packets_in %llu\nbytes_in %llu\npackets_out %llu\nbytes_out %llu\n",
		   sum.packets_in, sum.bytes_in, sum.packets_out, sum.bytes_out);
	seq_printf(out, "refused %llu\ncancelled %llu\nbroken %llu\n", sum.refused,
		   sum.cancelled, sum.broken);
	seq_printf(out, "sas_created %llu\nsas_deleted %llu\nsas_modified %llu\nsas_lost %llu\n",
		   vi->stats.sas_created, vi->stats.sas_deleted, vi->stats.sas_modified,
		   vi->stats.sas_lost);
	seq_printf(out, "recoveries %llu\ntimeouts %llu\nbroken_answers %llu\n",
		   vi->stats.recoveries, vi->stats.timeouts, vi->stats.broken_answers);
	seq_printf(out, "events %lld\nbroken_events %lld\n",
		   atomic64_read(&vi->stats.events), atomic64_read(&vi->stats.broken_events));
	return 0;
}

"""#)
}
