extension LinuxDriver {
  static let saSource = DriverFile(
    "sa.c",
    "SAs, from when they are added until the last packet of theirs is back.",
    #"""
#include <linux/slab.h>
#include <linux/string.h>

#include "data.h"
#include "sa.h"

/**
 * vipsec_sa_get() - find an SA; in any context, locked or not
 * @client: whose it has to be
 * @id: the driver's number for it
 *
 * Return: the SA, which has to be put, or NULL.
 */
struct vipsec_sa *vipsec_sa_get(struct vipsec_client *client, u64 id)
{
	struct vipsec_sa *sa;

	if (id > ULONG_MAX)
		return NULL;
	rcu_read_lock();
	sa = xa_load(&client->vi->sas, id);
	if (sa && (sa->client != client || !refcount_inc_not_zero(&sa->ref)))
		sa = NULL;
	rcu_read_unlock();
	return sa;
}

/**
 * vipsec_sa_put() - let go of an SA; in any context but hard interrupts
 * @sa: the SA
 */
void vipsec_sa_put(struct vipsec_sa *sa)
{
	struct vipsec_client *client = sa->client;

	if (!refcount_dec_and_test(&sa->ref))
		return;
	kfree_sensitive(sa->description);
	kfree(sa->owner_data);
	kfree_rcu(sa, rcu);
	vipsec_client_put(client);
}

/**
 * vipsec_sa_used() - take note of a sequence number; in any context
 * @sa: the SA
 * @sequence: a number that was used, or received
 *
 * Return: how far it is beyond what was known; 0 if it is not.
 */
u64 vipsec_sa_used(struct vipsec_sa *sa, u64 sequence)
{
	u64 last = atomic64_read(&sa->sequence);

	while (sequence > last) {
		if (atomic64_try_cmpxchg(&sa->sequence, &last, sequence))
			return sequence - last;
	}
	return 0;
}

/**
 * vipsec_sa_hash() - let an SA's events find it
 * @sa: the SA; its handle does not change any more
 */
void vipsec_sa_hash(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;

	spin_lock_bh(&vi->notify_lock);
	hash_add(vi->handles, &sa->by_handle, sa->handle);
	spin_unlock_bh(&vi->notify_lock);
}

/**
 * vipsec_sa_unhash() - let an SA's events find it no more
 * @sa: the SA; its handle may change
 */
void vipsec_sa_unhash(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;

	spin_lock_bh(&vi->notify_lock);
	hash_del(&sa->by_handle);
	spin_unlock_bh(&vi->notify_lock);
}

/**
 * vipsec_sa_forget() - let nobody find an SA any more
 * @sa: the SA
 *
 * Who has found it before submits nothing with it: after a reset, its handle is
 * another SA's.
 */
void vipsec_sa_forget(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;

	xa_erase(&vi->sas, sa->id);
	vipsec_sa_unhash(sa);
	list_del(&sa->node);
	WRITE_ONCE(sa->is_deleted, true);
	vipsec_pass_queues(vi);
	vi->stats.sas_deleted++;
	vipsec_sa_put(sa);
}

static void vipsec_forget_client(struct vipsec_client *client)
{
	struct vipsec_group *group, *next_group;
	struct vipsec_sa *sa, *next;

	list_for_each_entry_safe(sa, next, &client->sas, node)
		vipsec_sa_forget(sa);
	list_for_each_entry_safe(group, next_group, &client->groups, node) {
		list_del(&group->node);
		kfree(group);
	}
}

/**
 * vipsec_forget_all() - forget every SA of a device that is no more
 * @vi: the accelerator, locked
 */
void vipsec_forget_all(struct vipsec *vi)
{
	struct vipsec_client *client;

	list_for_each_entry(client, &vi->clients, node)
		vipsec_forget_client(client);
}

/**
 * vipsec_drop() - delete what a client has, as far as the device can be told
 * @client: the client, which uses the accelerator no more
 */
void vipsec_drop(struct vipsec_client *client)
{
	struct vipsec *vi = client->vi;

	if (!vipsec_begin(vi)) {
		if (vipsec_sa_flush(client, NULL))
			dev_warn(&vi->vdev->dev, "%s keeps SAs of %s\n", vi->name,
				 client->identity);
		vipsec_end(vi);
	}
	mutex_lock(&vi->lock);
	vipsec_forget_client(client);
	mutex_unlock(&vi->lock);
	vipsec_detach(client);
}

"""#)
}
