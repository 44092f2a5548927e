/* SPDX-License-Identifier: BSD-2-Clause */
/** route.h - Which of this host's addresses packets to a destination carry. */
#ifndef NET_ROUTE_H
#define NET_ROUTE_H

#include <icmpkit/network.h>

/** Family NONE where there is no route. */
struct icmpkit_address icmpkit_route_source(const struct icmpkit_address *target,
					    const struct icmpkit_network_options *opt);

#endif
