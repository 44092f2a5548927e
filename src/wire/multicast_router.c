/* SPDX-License-Identifier: BSD-2-Clause */
/* Multicast router advertisement, solicitation and termination (RFC 4286 3 to 5). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      | Adv. Interval |           Checksum            |   solicitation and termination: Reserved
 * +---------------+---------------+-------------------------------+
 * |        Query Interval         |      Robustness Variable      |   advertisement only
 * +-------------------------------+-------------------------------+
 */
#define MULTICAST_ROUTER_FIELDS(FIELD, L)                                                                    \
	FIELD(L, query_interval, 16, multicast_router.query_interval, NUMBER, "seconds; 0: it does not ask") \
	FIELD(L, robustness_variable, 16, multicast_router.robustness, NUMBER,                               \
	      "losses that are allowed for; 0: it does not ask")
MESSAGE_LAYOUT(multicast_router, 8, MULTICAST_ROUTER_FIELDS)

const struct icmpkit_message_description icmpkit_v6_multicast_router_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_ROUTER_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_MULTICAST_ROUTER_ADVERTISEMENT,
	.name = "multicast router advertisement",
	.rfc = "RFC 4286 3.2",
	.tail = TAIL_DATA,
	.code_field = "advertisement_interval",
	LAYOUT_OF(multicast_router),
};

const struct icmpkit_message_description icmpkit_v6_multicast_router_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_ROUTER_SOLICITATION,
	.kind = ICMPKIT_KIND_MULTICAST_ROUTER_SOLICITATION,
	.name = "multicast router solicitation",
	.rfc = "RFC 4286 4.1",
	.tail = TAIL_DATA,
	NO_FIELDS,
};

const struct icmpkit_message_description icmpkit_v6_multicast_router_termination = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_ROUTER_TERMINATION,
	.kind = ICMPKIT_KIND_MULTICAST_ROUTER_TERMINATION,
	.name = "multicast router termination",
	.rfc = "RFC 4286 5.1",
	.tail = TAIL_DATA,
	NO_FIELDS,
};
