/* SPDX-License-Identifier: BSD-2-Clause */
/* Traceroute (RFC 1393 2.2, deprecated by RFC 6918): what a router says of a packet with the traceroute
 * option. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |           ID Number           |            Unused             |
 * +-------------------------------+-------------------------------+
 * |      Outbound Hop Count       |       Return Hop Count        |
 * +-------------------------------+-------------------------------+
 * |                       Output Link Speed                       |
 * +---------------------------------------------------------------+
 * |                        Output Link MTU                        |
 * +---------------------------------------------------------------+
 */
#define TRACEROUTE_FIELDS(FIELD, L)                                                                          \
	FIELD(L, id_number, 16, traceroute.id_number, NUMBER, "of the option in the packet")                 \
	FIELD(L, unused, 16, traceroute.unused, RESERVED, "zero")                                            \
	FIELD(L, outbound_hop_count, 16, traceroute.outbound_hops, NUMBER, "routers that the packet passed") \
	FIELD(L, return_hop_count, 16, traceroute.return_hops, NUMBER,                                       \
	      "routers that a returning one passed; 0xffff: it is outbound")                                 \
	FIELD(L, output_link_speed, 32, traceroute.link_speed, NUMBER, "bytes a second; 0: not known")       \
	FIELD(L, output_link_mtu, 32, traceroute.link_mtu, NUMBER, "bytes; 0: not known")
MESSAGE_LAYOUT(traceroute, 20, TRACEROUTE_FIELDS)

static const struct icmpkit_code codes[] = {
	{"outbound packet successfully forwarded", "RFC 1393"},
	{"no route for outbound packet, packet discarded", "RFC 1393"},
};

const struct icmpkit_message_description icmpkit_v4_traceroute = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_TRACEROUTE,
	.kind = ICMPKIT_KIND_TRACEROUTE,
	.name = "traceroute",
	.rfc = "RFC 1393",
	.tail = TAIL_DATA,
	CODES_OF(codes),
	LAYOUT_OF(traceroute),
};
