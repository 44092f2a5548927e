/* SPDX-License-Identifier: BSD-2-Clause */
/* Redirect of both families (RFC 792 page 12, RFC 4861 4.5): there is a better first hop. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |                   Gateway Internet Address                    |
 * +---------------------------------------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define V4_REDIRECT_FIELDS(FIELD, L) FIELD(L, gateway, 32, redirect.gateway, ADDRESS, "the better first hop")
MESSAGE_LAYOUT(v4_redirect, 8, V4_REDIRECT_FIELDS)

static const struct icmpkit_code v4_codes[] = {
	[0] = {"redirect datagrams for the network", "RFC 792"},
	[1] = {"redirect datagrams for the host", "RFC 792"},
	[2] = {"redirect datagrams for the type of service and network", "RFC 792"},
	[3] = {"redirect datagrams for the type of service and host", "RFC 792"},
};

const struct icmpkit_message_description icmpkit_v4_redirect = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_REDIRECT,
	.kind = ICMPKIT_KIND_REDIRECT,
	.name = "redirect",
	.rfc = "RFC 792",
	.is_error = true, /* RFC 1122 3.2.2 counts it among the errors: it is never answered with one */
	.tail = TAIL_QUOTE,
	CODES_OF(v4_codes),
	LAYOUT_OF(v4_redirect),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |                           Reserved                            |
 * +---------------------------------------------------------------+
 * |                   Target Address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |                Destination Address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define V6_REDIRECT_FIELDS(FIELD, L)                                                                         \
	FIELD(L, reserved, 32, redirect.reserved, RESERVED, "zero")                                          \
	FIELD(L, target, 128, redirect.gateway, ADDRESS, "the better first hop, or the destination itself")  \
	FIELD(L, destination, 128, redirect.destination, ADDRESS, "whose packets are redirected")
MESSAGE_LAYOUT(v6_redirect, 40, V6_REDIRECT_FIELDS)

const struct icmpkit_message_description icmpkit_v6_redirect = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_REDIRECT,
	.kind = ICMPKIT_KIND_REDIRECT,
	.name = "redirect",
	.rfc = "RFC 4861 4.5",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(v6_redirect),
};
