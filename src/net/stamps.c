/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's transmit stamps, and whose they are. */
#include "net/stamps.h"

#include <errno.h>
#include <linux/net_tstamp.h>
#include <string.h>
#include <sys/socket.h>

/* A stamp later than this behind its send belongs to another packet. */
#define STAMP_LATEST_NS (2 * ICMPKIT_NS_PER_S)

/* TX_SCHED is taken when the packet enters the queue of the device, where a capture sees it too: measured, it
 * agrees with the capture best, on every kind of device. OPT_TSONLY: the stamp without a copy of the packet.
 */
#define WANTED                                                                                               \
	(SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |              \
	 SOF_TIMESTAMPING_OPT_CMSG | SOF_TIMESTAMPING_OPT_TSONLY)

static int set(int fd, int flags)
{
	return setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof(flags)) < 0 ? -errno : 0;
}

void icmpkit_stamps_restart(struct icmpkit_stamps *stamps, int fd)
{
	memset(stamps, 0, sizeof(*stamps));
	/* Setting OPT_ID anew makes the kernel count from 0; if that fails there are no stamps, and the
	 * output says that the clock was user space's. */
	if (set(fd, WANTED) == 0)
		(void)set(fd, WANTED | SOF_TIMESTAMPING_OPT_ID);
}

void icmpkit_stamps_sent(struct icmpkit_stamps *stamps, uint64_t token, int64_t sent_ns)
{
	uint32_t count = stamps->next++;

	stamps->ring[count % STAMPS_REMEMBERED].count = count;
	stamps->ring[count % STAMPS_REMEMBERED].token = token;
	stamps->ring[count % STAMPS_REMEMBERED].sent_ns = sent_ns;
	stamps->ring[count % STAMPS_REMEMBERED].is_used = true;
}

bool icmpkit_stamps_take(struct icmpkit_stamps *stamps, uint32_t count, int64_t stamp_ns, uint64_t *token)
{
	size_t at = count % STAMPS_REMEMBERED;

	if (!stamps->ring[at].is_used || stamps->ring[at].count != count ||
	    stamp_ns < stamps->ring[at].sent_ns || stamp_ns - stamps->ring[at].sent_ns > STAMP_LATEST_NS)
		return false;
	stamps->ring[at].is_used = false;
	*token = stamps->ring[at].token;
	return true;
}
