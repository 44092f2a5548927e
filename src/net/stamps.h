/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * stamps.h - The kernel's transmit stamps: the kernel counts the packets of a socket, we remember which probe
 * each count was.
 */
#ifndef NET_STAMPS_H
#define NET_STAMPS_H

#include <icmpkit/base.h>

#define STAMPS_REMEMBERED 4096

struct icmpkit_stamps {
	uint32_t next; /* the count that the kernel gives to the next packet */
	struct {
		uint32_t count;
		uint64_t token;
		int64_t sent_ns; /* CLOCK_REALTIME before the send */
		bool is_used;
	} ring[STAMPS_REMEMBERED];
};

/** Ask the kernel for stamps of both directions, with a count that begins at 0. Also after a failed send:
 * then nobody knows whether the kernel counted it. */
void icmpkit_stamps_restart(struct icmpkit_stamps *stamps, int fd);
/** A packet was sent. @sent_ns: CLOCK_REALTIME just before. */
void icmpkit_stamps_sent(struct icmpkit_stamps *stamps, uint64_t token, int64_t sent_ns);
/** Whose stamp is this? False for a count we do not remember, or a stamp that cannot be its. */
bool icmpkit_stamps_take(struct icmpkit_stamps *stamps, uint32_t count, int64_t stamp_ns, uint64_t *token);

#endif
