extension LinuxDriver {
  static let eventsHeader = DriverFile(
    "events.h",
    "Events of SAs, on the notification queue.",
    #"""
#ifndef VIRTIO_IPSEC_EVENTS_H
#define VIRTIO_IPSEC_EVENTS_H

#include "device.h"

int vipsec_alloc_events(struct vipsec *vi);
void vipsec_free_events(struct vipsec *vi);
void vipsec_open_events(struct vipsec *vi, struct virtqueue *vq);
void vipsec_close_events(struct vipsec *vi);
void vipsec_events_used(struct virtqueue *vq);
void vipsec_take_events(struct work_struct *work);

#endif /* VIRTIO_IPSEC_EVENTS_H */

"""#)
}
