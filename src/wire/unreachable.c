/* SPDX-License-Identifier: BSD-2-Clause */
/* Destination unreachable of both families (RFC 792 page 4, RFC 4443 3.1; with a length: RFC 4884 4.1, 4.4).
 */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    unused     |    Length     |         Next-Hop MTU          |
 * +---------------+---------------+-------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define V4_UNREACHABLE_FIELDS(FIELD, L)                                                                      \
	FIELD(L, unused, 8, unreachable.unused, RESERVED, "zero")                                            \
	FIELD(L, length, 8, unreachable.length_words, OPTIONAL, "of the quote, in 4-byte words (RFC 4884)")  \
	FIELD(L, mtu, 16, unreachable.next_hop_mtu, OPTIONAL, "of the next hop, with code 4 (RFC 1191)")
MESSAGE_LAYOUT(v4_unreachable, 8, V4_UNREACHABLE_FIELDS)

static const struct icmpkit_code v4_codes[] = {
	[ICMPKIT_V4_NET_UNREACHABLE] = {"net unreachable", "RFC 792"},
	[ICMPKIT_V4_HOST_UNREACHABLE] = {"host unreachable", "RFC 792"},
	[ICMPKIT_V4_PROTOCOL_UNREACHABLE] = {"protocol unreachable", "RFC 792"},
	[ICMPKIT_V4_PORT_UNREACHABLE] = {"port unreachable", "RFC 792"},
	[ICMPKIT_V4_FRAGMENTATION_NEEDED] = {"fragmentation needed and don't fragment was set", "RFC 792"},
	[ICMPKIT_V4_SOURCE_ROUTE_FAILED] = {"source route failed", "RFC 792"},
	[ICMPKIT_V4_NET_UNKNOWN] = {"destination network unknown", "RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_HOST_UNKNOWN] = {"destination host unknown", "RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_HOST_ISOLATED] = {"source host isolated", "RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_NET_PROHIBITED] = {"communication with destination network administratively prohibited",
				       "RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_HOST_PROHIBITED] = {"communication with destination host administratively prohibited",
					"RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_NET_UNREACHABLE_FOR_TOS] = {"destination network unreachable for type of service",
						"RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_HOST_UNREACHABLE_FOR_TOS] = {"destination host unreachable for type of service",
						 "RFC 1122 3.2.2.1"},
	[ICMPKIT_V4_ADMIN_PROHIBITED] = {"communication administratively prohibited", "RFC 1812 5.2.7.1"},
	[ICMPKIT_V4_PRECEDENCE_VIOLATION] = {"host precedence violation", "RFC 1812 5.2.7.1"},
	[ICMPKIT_V4_PRECEDENCE_CUTOFF] = {"precedence cutoff in effect", "RFC 1812 5.2.7.1"},
};

const struct icmpkit_message_description icmpkit_v4_destination_unreachable = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_DESTINATION_UNREACHABLE,
	.kind = ICMPKIT_KIND_DESTINATION_UNREACHABLE,
	.name = "destination unreachable",
	.rfc = "RFC 792",
	.is_error = true,
	.tail = TAIL_QUOTE,
	.quote_length_at = 5,
	.quote_unit_bytes = 4,
	CODES_OF(v4_codes),
	LAYOUT_OF(v4_unreachable),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    Length     |                    Unused                     |
 * +---------------+-----------------------------------------------+
 * |     As much of the invoking packet as fits                    |
 * +---------------------------------------------------------------+
 */
#define V6_UNREACHABLE_FIELDS(FIELD, L)                                                                      \
	FIELD(L, length, 8, unreachable.length_words, OPTIONAL, "of the quote, in 8-byte words (RFC 4884)")  \
	FIELD(L, unused, 24, unreachable.unused_v6, RESERVED, "zero")
MESSAGE_LAYOUT(v6_unreachable, 8, V6_UNREACHABLE_FIELDS)

static const struct icmpkit_code v6_codes[] = {
	[ICMPKIT_V6_NO_ROUTE] = {"no route to destination", "RFC 4443 3.1"},
	[ICMPKIT_V6_ADMIN_PROHIBITED] = {"communication with destination administratively prohibited",
					 "RFC 4443 3.1"},
	[ICMPKIT_V6_BEYOND_SCOPE] = {"beyond scope of source address", "RFC 4443 3.1"},
	[ICMPKIT_V6_ADDRESS_UNREACHABLE] = {"address unreachable", "RFC 4443 3.1"},
	[ICMPKIT_V6_PORT_UNREACHABLE] = {"port unreachable", "RFC 4443 3.1"},
	[ICMPKIT_V6_POLICY_FAILED] = {"source address failed ingress/egress policy", "RFC 4443 3.1"},
	[ICMPKIT_V6_REJECT_ROUTE] = {"reject route to destination", "RFC 4443 3.1"},
	[ICMPKIT_V6_SOURCE_ROUTING_ERROR] = {"error in source routing header", "RFC 6550 20.18"},
	[ICMPKIT_V6_HEADERS_TOO_LONG] = {"headers too long", "RFC 8883 3"},
	[ICMPKIT_V6_P_ROUTE_ERROR] = {"error in P-Route", "RFC 9914"},
};

const struct icmpkit_message_description icmpkit_v6_destination_unreachable = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_DESTINATION_UNREACHABLE,
	.kind = ICMPKIT_KIND_DESTINATION_UNREACHABLE,
	.name = "destination unreachable",
	.rfc = "RFC 4443 3.1",
	.is_error = true,
	.tail = TAIL_QUOTE,
	.quote_length_at = 4,
	.quote_unit_bytes = 8,
	CODES_OF(v6_codes),
	LAYOUT_OF(v6_unreachable),
};
