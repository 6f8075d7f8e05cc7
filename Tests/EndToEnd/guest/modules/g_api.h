/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A module that uses the g-API: an application with an SA each way, its packets, and what it does with them.
 */
#ifndef G_API_H
#define G_API_H

#include <linux/g_ipsec_la.h>
#include <linux/printk.h>
#include <linux/types.h>

#define LENGTH		300
#define ROOM		512
#define MOST		1000

#define EXPECT(what) do {								\
	if (!(what)) {									\
		pr_err("g_api: %s, line %d: not so: %s\n", __func__, __LINE__, #what);	\
		return -EPROTO;								\
	}										\
} while (0)

/* packets.c. Of each packet: as it is, encapsulated, and decapsulated again. */
struct packet {
	u8 *plain, *sealed, *opened;
	struct g_ipsec_la_data in, middle, result;
};

extern struct packet packets[MOST];
extern struct g_ipsec_la_packet inputs[MOST], outputs[MOST];

int make_packets(void);
void free_packets(void);
void aim(u32 count, bool back);
int same(const u8 *bytes, u32 length, u32 i);

/* application.c */
extern struct g_ipsec_la_handle handle;
extern struct g_ipsec_la_sa_handle out_sa, in_sa;

int open_it(char *name);
int read_statistics(enum g_ipsec_la_sa_direction dir, struct g_ipsec_la_sa_stats *stats);
int refused(int error, const struct g_ipsec_la_sa_handle *sa, u8 *bytes, u32 room);
bool has_events(void);
int close_it(void);
void abandon(void);

/* calls.c */
int check_calls(void);

/* callers.c */
int start_callers(u32 count);
void stop_callers(void);

#endif
