/* SPDX-License-Identifier: BSD-2-Clause */
/* Router solicitation and advertisement (RFC 4861 4.1, 4.2; RFC 6275 7.1; RFC 4191 2.2; RFC 5175). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |
 * +---------------+---------------+-------------------------------+
 * |                            Reserved                           |
 * +---------------------------------------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define ROUTER_SOLICITATION_FIELDS(FIELD, L)                                                                 \
	FIELD(L, reserved, 32, router_solicitation.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(router_solicitation, 8, ROUTER_SOLICITATION_FIELDS)

const struct icmpkit_message_description icmpkit_v6_router_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_ROUTER_SOLICITATION,
	.kind = ICMPKIT_KIND_ROUTER_SOLICITATION,
	.name = "router solicitation",
	.rfc = "RFC 4861 4.1",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(router_solicitation),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |
 * +---------------+-+-+-+---+-+-+-+-------------------------------+
 * | Cur Hop Limit |M|O|H|Prf|P|S|R|        Router Lifetime        |
 * +---------------+-+-+-+---+-+-+-+-------------------------------+
 * |                         Reachable Time                        |
 * +---------------------------------------------------------------+
 * |                         Retrans Timer                         |
 * +---------------------------------------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define ROUTER_ADVERTISEMENT_FIELDS(FIELD, L)                                                                \
	FIELD(L, cur_hop_limit, 8, router_advertisement.cur_hop_limit, NUMBER,                               \
	      "for packets sent; 0: not said")                                                               \
	FIELD(L, managed, 1, router_advertisement.managed, FLAG, "M: addresses come from DHCPv6")            \
	FIELD(L, other_configuration, 1, router_advertisement.other_configuration, FLAG,                     \
	      "O: other things come from DHCPv6")                                                            \
	FIELD(L, home_agent, 1, router_advertisement.home_agent, FLAG, "H: a Mobile IPv6 home agent")        \
	FIELD(L, preference, 2, router_advertisement.preference, OPTIONAL, "Prf: 1 high, 0 medium, 3 low")   \
	FIELD(L, proxy, 1, router_advertisement.proxy, FLAG, "P: a proxy for neighbour discovery")           \
	FIELD(L, snac_router, 1, router_advertisement.snac_router, FLAG, "S: the router of a stub network")  \
	FIELD(L, reserved, 1, router_advertisement.reserved, RESERVED, "zero")                               \
	FIELD(L, router_lifetime, 16, router_advertisement.router_lifetime, NUMBER,                          \
	      "seconds; 0: no default router")                                                               \
	FIELD(L, reachable_time, 32, router_advertisement.reachable_time, NUMBER,                            \
	      "milliseconds; 0: not said")                                                                   \
	FIELD(L, retrans_timer, 32, router_advertisement.retrans_timer, NUMBER, "milliseconds; 0: not said")
MESSAGE_LAYOUT(router_advertisement, 16, ROUTER_ADVERTISEMENT_FIELDS)

const struct icmpkit_message_description icmpkit_v6_router_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_ROUTER_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_ROUTER_ADVERTISEMENT,
	.name = "router advertisement",
	.rfc = "RFC 4861 4.2",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(router_advertisement),
};
