/* SPDX-License-Identifier: BSD-2-Clause */
/* Experimental mobility protocols over ICMP of both families, such as Seamoby (RFC 4065 8). Each has its own
 * codes and options. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    Subtype    |                   Reserved                    |
 * +---------------+-----------------------------------------------+
 * |     Options ...
 * +-----------------------------
 */
#define MOBILITY_FIELDS(FIELD, L)                                                                            \
	FIELD(L, subtype, 8, mobility6.subtype, NUMBER, "the protocol")                                      \
	FIELD(L, reserved, 24, mobility6.reserved, RESERVED, "zero, or as the protocol says")
MESSAGE_LAYOUT(mobility, 8, MOBILITY_FIELDS)

static const char *variant_of(const struct icmpkit_message *msg)
{
	switch (msg->mobility6.subtype) {
	case 0:
		return "CARD";
	case 1:
		return "CXTP";
	default:
		return NULL;
	}
}

const struct icmpkit_message_description icmpkit_v4_experimental_mobility = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_EXPERIMENTAL_MOBILITY,
	.kind = ICMPKIT_KIND_EXPERIMENTAL_MOBILITY,
	.name = "experimental mobility message",
	.rfc = "RFC 4065 8",
	.tail = TAIL_DATA,
	.variant = variant_of,
	LAYOUT_OF(mobility),
};

const struct icmpkit_message_description icmpkit_v6_experimental_mobility = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_EXPERIMENTAL_MOBILITY,
	.kind = ICMPKIT_KIND_EXPERIMENTAL_MOBILITY,
	.name = "experimental mobility message",
	.rfc = "RFC 4065 8",
	.tail = TAIL_DATA,
	.variant = variant_of,
	LAYOUT_OF(mobility),
};
