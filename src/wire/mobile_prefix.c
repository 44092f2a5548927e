/* SPDX-License-Identifier: BSD-2-Clause */
/* Mobile prefix solicitation and advertisement (RFC 6275 6.7 and 6.8). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-+-+---------------------------+
 * |          Identifier           |M|O|         Reserved          |   solicitation: without M and O
 * +-------------------------------+-+-+---------------------------+
 * |     Options ...
 * +-----------------------------
 */
#define SOLICITATION_FIELDS(FIELD, L)                                                                        \
	FIELD(L, identifier, 16, mobile_prefix.identifier, NUMBER, "the advertisement repeats it")           \
	FIELD(L, reserved, 16, mobile_prefix.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(solicitation, 8, SOLICITATION_FIELDS)

#define ADVERTISEMENT_FIELDS(FIELD, L)                                                                       \
	FIELD(L, identifier, 16, mobile_prefix.identifier, NUMBER, "that of the solicitation")               \
	FIELD(L, managed, 1, mobile_prefix.managed, OPTIONAL, "addresses by a stateful protocol, too")       \
	FIELD(L, other, 1, mobile_prefix.other, OPTIONAL, "other information by a stateful protocol")        \
	FIELD(L, reserved, 14, mobile_prefix.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(advertisement, 8, ADVERTISEMENT_FIELDS)

const struct icmpkit_message_description icmpkit_v6_mobile_prefix_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MOBILE_PREFIX_SOLICITATION,
	.kind = ICMPKIT_KIND_MOBILE_PREFIX_SOLICITATION,
	.name = "mobile prefix solicitation",
	.rfc = "RFC 6275 6.7",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(solicitation),
};

const struct icmpkit_message_description icmpkit_v6_mobile_prefix_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MOBILE_PREFIX_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_MOBILE_PREFIX_ADVERTISEMENT,
	.name = "mobile prefix advertisement",
	.rfc = "RFC 6275 6.8",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(advertisement),
};
