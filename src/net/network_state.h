/* SPDX-License-Identifier: BSD-2-Clause */
/** network_state.h - What opening the ways out and the traffic through them share. */
#ifndef NET_NETWORK_STATE_H
#define NET_NETWORK_STATE_H

#include "net/way.h"

/* Three methods of two families. */
#define WAYS_MAX 6
#define BUFFER_BYTES 65536

struct icmpkit_network {
	struct icmpkit_network_options opt; /* @interface is our own copy */
	struct icmpkit_network_counters counters;
	struct icmpkit_way *ways[WAYS_MAX];
	size_t way_count;
	size_t next_way;
	struct icmpkit_address own[2]; /* towards the last target of each family: IPv4, IPv6 */
	uint8_t buffer[BUFFER_BYTES];
};

/** The way for this family and method; NULL where there is none. */
struct icmpkit_way *icmpkit_network_way_for(const struct icmpkit_network *network, enum icmpkit_family family,
					    enum icmpkit_method method);

#endif
