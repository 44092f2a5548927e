/* SPDX-License-Identifier: BSD-2-Clause */
/* Packet too big (RFC 4443 3.2): IPv6 only; IPv4 has a code of destination unreachable for it. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |                              MTU                              |
 * +---------------------------------------------------------------+
 * |     As much of the invoking packet as fits                    |
 * +---------------------------------------------------------------+
 */
#define PACKET_TOO_BIG_FIELDS(FIELD, L) FIELD(L, mtu, 32, too_big.mtu, NUMBER, "of the next-hop link")
MESSAGE_LAYOUT(packet_too_big, 8, PACKET_TOO_BIG_FIELDS)

const struct icmpkit_message_description icmpkit_v6_packet_too_big = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_PACKET_TOO_BIG,
	.kind = ICMPKIT_KIND_PACKET_TOO_BIG,
	.name = "packet too big",
	.rfc = "RFC 4443 3.2",
	.is_error = true,
	.tail = TAIL_QUOTE,
	LAYOUT_OF(packet_too_big),
};
