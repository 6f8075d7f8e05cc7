// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The g-API: which accelerators there are, and what they have done.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/export.h>
#include <linux/string.h>

#include "data.h"
#include "gapi.h"

int g_ipsec_la_get_api_version(char *version)
{
	if (!version)
		return -EINVAL;
	snprintf(version, G_IPSEC_LA_VERSION_SIZE, "%u.%u", VIRTIO_IPSEC_VERSION >> 24,
		 VIRTIO_IPSEC_VERSION & 0xffffff);
	return 0;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_get_api_version);

int g_ipsec_la_avail_devices_get_num(u32 *nr_devices)
{
	struct vipsec *vi;

	if (!nr_devices)
		return -EINVAL;
	*nr_devices = 0;
	mutex_lock(&vipsec_devices_lock);
	list_for_each_entry(vi, &vipsec_devices, node)
		(*nr_devices)++;
	mutex_unlock(&vipsec_devices_lock);
	return 0;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_avail_devices_get_num);

/* Applications that have an accelerator open; with it locked. */
static u32 vipsec_count_apps(struct vipsec *vi)
{
	struct vipsec_client *client;
	u32 count = 0;

	list_for_each_entry(client, &vi->clients, node)
		count += client->is_listed;
	return count;
}

static enum g_ipsec_la_mode vipsec_mode(struct vipsec *vi)
{
	if (vi->is_exclusive)
		return G_IPSEC_LA_INSTANCE_EXCLUSIVE;
	return vipsec_count_apps(vi) ? G_IPSEC_LA_INSTANCE_SHARED : G_IPSEC_LA_INSTANCE_AVAILABLE;
}

/*
 * Where a list goes on: behind the accelerator of a name, or at the start. With
 * the list locked.
 */
static struct list_head *vipsec_list_place(const char *last)
{
	struct vipsec *vi;

	if (!last)
		return &vipsec_devices;
	list_for_each_entry(vi, &vipsec_devices, node) {
		if (!strcmp(vi->name, last))
			return &vi->node;
	}
	return NULL;
}

static void vipsec_tell_info(struct vipsec *vi, struct g_ipsec_la_device_info *info)
{
	memset(info, 0, sizeof(*info));
	strscpy(info->device_name, vi->name, sizeof(info->device_name));
	mutex_lock(&vi->lock);
	info->mode = vipsec_mode(vi);
	info->num_apps = vipsec_count_apps(vi);
	mutex_unlock(&vi->lock);
}

int g_ipsec_la_avail_devices_get_info(const struct g_ipsec_la_avail_devices_get_info_inargs *in,
				      struct g_ipsec_la_avail_devices_get_info_outargs *out)
{
	struct list_head *place;

	if (!in || !out || !out->dev_info || !in->num_devices)
		return -EINVAL;
	out->num_devices = 0;
	out->b_more_devices = false;
	mutex_lock(&vipsec_devices_lock);
	place = vipsec_list_place(in->last_device_read);
	/* Not before: it may be what "in" points to. */
	out->last_device_read[0] = '\0';
	while (place && place->next != &vipsec_devices) {
		struct vipsec *vi = list_entry(place->next, struct vipsec, node);

		if (out->num_devices == in->num_devices) {
			out->b_more_devices = true;
			break;
		}
		vipsec_tell_info(vi, &out->dev_info[out->num_devices++]);
		strscpy(out->last_device_read, vi->name, sizeof(out->last_device_read));
		place = place->next;
	}
	mutex_unlock(&vipsec_devices_lock);
	return place ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_avail_devices_get_info);

static void vipsec_tell_owner(struct g_ipsec_la_active_device *device, const char *app,
			      const char *group)
{
	struct g_ipsec_la_device_owner *owner = &device->owners[device->num_owners];

	if (device->num_owners++ >= G_IPSEC_LA_MAX_OWNERS)
		return;
	strscpy(owner->app_identity, app, sizeof(owner->app_identity));
	strscpy(owner->group_identity, group, sizeof(owner->group_identity));
}

/* False for an accelerator that nobody has open. */
static bool vipsec_tell_active(struct vipsec *vi, struct g_ipsec_la_active_device *device)
{
	struct vipsec_client *client;
	struct vipsec_counters sum;
	struct vipsec_group *group;

	memset(device, 0, sizeof(*device));
	strscpy(device->device_name, vi->name, sizeof(device->device_name));
	device->device_id = vi->index;
	vipsec_count(vi, &sum);
	mutex_lock(&vi->lock);
	device->mode = vipsec_mode(vi);
	list_for_each_entry(client, &vi->clients, node) {
		if (!client->is_listed)
			continue;
		vipsec_tell_owner(device, client->identity, "");
		list_for_each_entry(group, &client->groups, node)
			vipsec_tell_owner(device, client->identity, group->identity);
	}
	device->sas_created = vi->stats.sas_created;
	device->sas_deleted = vi->stats.sas_deleted;
	device->sas_modified = vi->stats.sas_modified;
	device->sas_active = vi->stats.sas_created - vi->stats.sas_deleted;
	mutex_unlock(&vi->lock);
	device->bytes_in = sum.bytes_in;
	device->bytes_out = sum.bytes_out;
	device->packets_in = sum.packets_in;
	device->packets_out = sum.packets_out;
	return device->mode != G_IPSEC_LA_INSTANCE_AVAILABLE;
}

static bool vipsec_is_active(struct vipsec *vi)
{
	enum g_ipsec_la_mode mode;

	mutex_lock(&vi->lock);
	mode = vipsec_mode(vi);
	mutex_unlock(&vi->lock);
	return mode != G_IPSEC_LA_INSTANCE_AVAILABLE;
}

int g_ipsec_la_active_list_get(const struct g_ipsec_la_active_list_get_inargs *in,
			       struct g_ipsec_la_active_list_get_outargs *out)
{
	struct list_head *place;

	if (!in || !out || !out->devices || !in->num_devices)
		return -EINVAL;
	out->num_devices = 0;
	out->b_more_devices = false;
	mutex_lock(&vipsec_devices_lock);
	place = vipsec_list_place(in->last_device_read);
	out->last_device_read[0] = '\0';
	while (place && place->next != &vipsec_devices) {
		struct vipsec *vi = list_entry(place->next, struct vipsec, node);

		if (out->num_devices == in->num_devices) {
			out->b_more_devices = vipsec_is_active(vi);
			if (out->b_more_devices)
				break;
		} else if (vipsec_tell_active(vi, &out->devices[out->num_devices])) {
			strscpy(out->last_device_read, vi->name, sizeof(out->last_device_read));
			out->num_devices++;
		}
		place = place->next;
	}
	mutex_unlock(&vipsec_devices_lock);
	return place ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(g_ipsec_la_active_list_get);
