/* SPDX-License-Identifier: BSD-2-Clause */
/* Parameter problem of both families (RFC 792 page 8, RFC 4443 3.4; IPv4 with a length: RFC 4884 4.3). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    Pointer    |    Length     |            unused             |
 * +---------------+---------------+-------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define V4_PARAMETER_PROBLEM_FIELDS(FIELD, L)                                                                \
	FIELD(L, pointer, 8, parameter_problem.pointer, NUMBER, "the octet of the datagram that is wrong")   \
	FIELD(L, length, 8, parameter_problem.length_words, OPTIONAL,                                        \
	      "of the quote, in 4-byte words (RFC 4884)")                                                    \
	FIELD(L, unused, 16, parameter_problem.unused, RESERVED, "zero")
MESSAGE_LAYOUT(v4_parameter_problem, 8, V4_PARAMETER_PROBLEM_FIELDS)

static const struct icmpkit_code v4_codes[] = {
	[0] = {"pointer indicates the error", "RFC 792"},
	[1] = {"missing a required option", "RFC 1108"},
	[2] = {"bad length", "RFC 792"},
};

const struct icmpkit_message_description icmpkit_v4_parameter_problem = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_PARAMETER_PROBLEM,
	.kind = ICMPKIT_KIND_PARAMETER_PROBLEM,
	.name = "parameter problem",
	.rfc = "RFC 792",
	.is_error = true,
	.tail = TAIL_QUOTE,
	.quote_length_at = 5,
	.quote_unit_bytes = 4,
	CODES_OF(v4_codes),
	LAYOUT_OF(v4_parameter_problem),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |                            Pointer                            |
 * +---------------------------------------------------------------+
 * |     As much of the invoking packet as fits                    |
 * +---------------------------------------------------------------+
 */
#define V6_PARAMETER_PROBLEM_FIELDS(FIELD, L)                                                                \
	FIELD(L, pointer, 32, parameter_problem.pointer, NUMBER, "the octet of the packet that is wrong")
MESSAGE_LAYOUT(v6_parameter_problem, 8, V6_PARAMETER_PROBLEM_FIELDS)

static const struct icmpkit_code v6_codes[] = {
	[0] = {"erroneous header field encountered", "RFC 4443 3.4"},
	[1] = {"unrecognized next header type encountered", "RFC 4443 3.4"},
	[2] = {"unrecognized IPv6 option encountered", "RFC 4443 3.4"},
	[3] = {"IPv6 first fragment has incomplete IPv6 header chain", "RFC 7112 5"},
	[4] = {"SR upper-layer header error", "RFC 8754"},
	[5] = {"unrecognized next header type encountered by intermediate node", "RFC 8883 2.2"},
	[6] = {"extension header too big", "RFC 8883 2.3"},
	[7] = {"extension header chain too long", "RFC 8883 2.4"},
	[8] = {"too many extension headers", "RFC 8883 2.5"},
	[9] = {"too many options in extension header", "RFC 8883 2.6"},
	[10] = {"option too big", "RFC 8883 2.7"},
};

const struct icmpkit_message_description icmpkit_v6_parameter_problem = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_PARAMETER_PROBLEM,
	.kind = ICMPKIT_KIND_PARAMETER_PROBLEM,
	.name = "parameter problem",
	.rfc = "RFC 4443 3.4",
	.is_error = true,
	.tail = TAIL_QUOTE,
	CODES_OF(v6_codes),
	LAYOUT_OF(v6_parameter_problem),
};
