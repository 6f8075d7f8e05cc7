extension LinuxDriver {
  static let gapiFlightHeader = DriverFile(
    "gapi_flight.h",
    "The g-API: a call's packets, on their way.",
    #"""
#ifndef VIRTIO_IPSEC_GAPI_FLIGHT_H
#define VIRTIO_IPSEC_GAPI_FLIGHT_H

#include <linux/completion.h>

#include "data.h"
#include "gapi.h"

struct vipsec_flight;

/**
 * struct vipsec_piecewise - a packet of a call
 * @packet: as the driver's other half has it
 * @flight: the call
 * @out: the caller's pieces of output; NULL without an answer
 * @count: how many
 * @pieces: room for pieces of input, then for those of output
 */
struct vipsec_piecewise {
	struct vipsec_packet packet;
	struct vipsec_flight *flight;
	struct g_ipsec_la_data *out;
	u32 count;
	struct scatterlist *pieces;
};

/**
 * struct vipsec_flight - a call's packets, until the last is back
 * @left: packets that are not
 * @app: whose they are
 * @is_async: whether nobody waits
 * @resp: where the answer goes
 * @done: is waited for
 * @lock: for @result, @first and @processed
 * @result: the error of the first packet that failed
 * @first: which that is
 * @processed: packets without an error
 * @copies: of a call without an answer, the packets' bytes
 * @list: the packets that are submitted: those without an error from the start
 * @listed: how many
 * @packets: the packets
 */
struct vipsec_flight {
	atomic_t left;
	struct vipsec_app *app;
	bool is_async;
	struct g_ipsec_la_resp_args resp;
	struct completion done;
	spinlock_t lock;	/* see above */
	s32 result;
	u32 first;
	u32 processed;
	void *copies;
	struct vipsec_packet **list;
	u32 listed;
	struct vipsec_piecewise packets[];
};

struct vipsec_flight *vipsec_flight_make(struct vipsec_app *app, u32 flags,
					 const struct g_ipsec_la_packet *in,
					 struct g_ipsec_la_packet *out, u32 count);
void vipsec_flight_refuse(struct vipsec_flight *flight, u32 count);
void vipsec_flight_return(struct vipsec_flight *flight, u32 from, int error);
int vipsec_flight_wait(struct vipsec_flight *flight);
void vipsec_flight_free(struct vipsec_flight *flight);

#endif /* VIRTIO_IPSEC_GAPI_FLIGHT_H */

"""#)
}
