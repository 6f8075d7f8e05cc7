extension LinuxDriver {
  static let debugfsHeader = DriverFile(
    "debugfs.h",
    "debugfs: an accelerator from a shell. Not for keys that matter.",
    #"""
#ifndef VIRTIO_IPSEC_DEBUGFS_H
#define VIRTIO_IPSEC_DEBUGFS_H

#include "device.h"
#include "spec.h"

#ifdef CONFIG_VIRTIO_IPSEC_DEBUGFS

#define VIPSEC_DEBUG_EVENTS	64

/**
 * struct vipsec_debug - debugfs of an accelerator
 * @client: as which it uses the accelerator
 * @folder: its files
 * @lock: for @result
 * @result: what the last packet became, as text
 * @event_lock: for @events and @event_count
 * @events: the last events
 * @event_count: events so far
 */
struct vipsec_debug {
	struct vipsec_client client;
	struct dentry *folder;
	struct mutex lock;	/* see above */
	char *result;
	spinlock_t event_lock;	/* see above */
	struct vipsec_event events[VIPSEC_DEBUG_EVENTS];
	u64 event_count;
};

void vipsec_debugfs_init(void);
void vipsec_debugfs_exit(void);
void vipsec_debugfs_add(struct vipsec *vi);
void vipsec_debugfs_remove(struct vipsec *vi);

/* debugfs_info.c */
struct seq_file;
int vipsec_info_show(struct seq_file *out, void *unused);

/* debugfs_spec.c */
int vipsec_debug_spec(char *words, struct vipsec_spec *spec);

#else

static inline void vipsec_debugfs_init(void) {}
static inline void vipsec_debugfs_exit(void) {}
static inline void vipsec_debugfs_add(struct vipsec *vi) {}
static inline void vipsec_debugfs_remove(struct vipsec *vi) {}

#endif

#endif /* VIRTIO_IPSEC_DEBUGFS_H */

"""#)
}
