/* SPDX-License-Identifier: BSD-2-Clause */
/* Inverse neighbour discovery: which addresses has this link-layer address (RFC 3122 2.1, 2.2). */
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
#define INVERSE_ND_FIELDS(FIELD, L) FIELD(L, reserved, 32, inverse_nd.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(inverse_nd, 8, INVERSE_ND_FIELDS)

const struct icmpkit_message_description icmpkit_v6_inverse_nd_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_INVERSE_ND_SOLICITATION,
	.kind = ICMPKIT_KIND_INVERSE_ND_SOLICITATION,
	.name = "inverse neighbor discovery solicitation",
	.rfc = "RFC 3122 2.1",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(inverse_nd),
};

const struct icmpkit_message_description icmpkit_v6_inverse_nd_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_INVERSE_ND_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_INVERSE_ND_ADVERTISEMENT,
	.name = "inverse neighbor discovery advertisement",
	.rfc = "RFC 3122 2.2",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(inverse_nd),
};
