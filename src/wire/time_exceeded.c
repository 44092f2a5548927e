/* SPDX-License-Identifier: BSD-2-Clause */
/* Time exceeded of both families (RFC 792 page 6, RFC 4443 3.3; with a length: RFC 4884 4.2, 4.5). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    unused     |    Length     |            unused             |
 * +---------------+---------------+-------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define V4_TIME_EXCEEDED_FIELDS(FIELD, L)                                                                    \
	FIELD(L, unused, 8, time_exceeded.unused, RESERVED, "zero")                                          \
	FIELD(L, length, 8, time_exceeded.length_words, OPTIONAL,                                            \
	      "of the quote, in 4-byte words (RFC 4884)")                                                    \
	FIELD(L, unused_2, 16, time_exceeded.unused_rest, RESERVED, "zero")
MESSAGE_LAYOUT(v4_time_exceeded, 8, V4_TIME_EXCEEDED_FIELDS)

static const struct icmpkit_code v4_codes[] = {
	[ICMPKIT_TIME_EXCEEDED_IN_TRANSIT] = {"time to live exceeded in transit", "RFC 792"},
	[ICMPKIT_TIME_EXCEEDED_REASSEMBLY] = {"fragment reassembly time exceeded", "RFC 792"},
};

const struct icmpkit_message_description icmpkit_v4_time_exceeded = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_TIME_EXCEEDED,
	.kind = ICMPKIT_KIND_TIME_EXCEEDED,
	.name = "time exceeded",
	.rfc = "RFC 792",
	.is_error = true,
	.tail = TAIL_QUOTE,
	.quote_length_at = 5,
	.quote_unit_bytes = 4,
	CODES_OF(v4_codes),
	LAYOUT_OF(v4_time_exceeded),
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
#define V6_TIME_EXCEEDED_FIELDS(FIELD, L)                                                                    \
	FIELD(L, length, 8, time_exceeded.length_words, OPTIONAL,                                            \
	      "of the quote, in 8-byte words (RFC 4884)")                                                    \
	FIELD(L, unused, 24, time_exceeded.unused_rest, RESERVED, "zero")
MESSAGE_LAYOUT(v6_time_exceeded, 8, V6_TIME_EXCEEDED_FIELDS)

static const struct icmpkit_code v6_codes[] = {
	[ICMPKIT_TIME_EXCEEDED_IN_TRANSIT] = {"hop limit exceeded in transit", "RFC 4443 3.3"},
	[ICMPKIT_TIME_EXCEEDED_REASSEMBLY] = {"fragment reassembly time exceeded", "RFC 4443 3.3"},
};

const struct icmpkit_message_description icmpkit_v6_time_exceeded = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_TIME_EXCEEDED,
	.kind = ICMPKIT_KIND_TIME_EXCEEDED,
	.name = "time exceeded",
	.rfc = "RFC 4443 3.3",
	.is_error = true,
	.tail = TAIL_QUOTE,
	.quote_length_at = 4,
	.quote_unit_bytes = 8,
	CODES_OF(v6_codes),
	LAYOUT_OF(v6_time_exceeded),
};
