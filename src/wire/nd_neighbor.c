/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour solicitation and advertisement (RFC 4861 4.3, 4.4). */
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
 * |                   Target Address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define NEIGHBOR_SOLICITATION_FIELDS(FIELD, L)                                                               \
	FIELD(L, reserved, 32, neighbor_solicitation.reserved, RESERVED, "zero")                             \
	FIELD(L, target, 128, neighbor_solicitation.target, ADDRESS, "whose link-layer address is sought")
MESSAGE_LAYOUT(neighbor_solicitation, 24, NEIGHBOR_SOLICITATION_FIELDS)

const struct icmpkit_message_description icmpkit_v6_neighbor_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_NEIGHBOR_SOLICITATION,
	.kind = ICMPKIT_KIND_NEIGHBOR_SOLICITATION,
	.name = "neighbor solicitation",
	.rfc = "RFC 4861 4.3",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(neighbor_solicitation),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |
 * +-+-+-+---------+---------------+-------------------------------+
 * |R|S|O|                         Reserved                        |
 * +-+-+-+---------------------------------------------------------+
 * |                   Target Address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define NEIGHBOR_ADVERTISEMENT_FIELDS(FIELD, L)                                                              \
	FIELD(L, router, 1, neighbor_advertisement.router, FLAG, "R: the sender is a router")                \
	FIELD(L, solicited, 1, neighbor_advertisement.solicited, FLAG, "S: it was asked")                    \
	FIELD(L, override, 1, neighbor_advertisement.override, FLAG, "O: replaces what is known")            \
	FIELD(L, reserved, 29, neighbor_advertisement.reserved, RESERVED, "zero")                            \
	FIELD(L, target, 128, neighbor_advertisement.target, ADDRESS,                                        \
	      "whose link-layer address this is about")
MESSAGE_LAYOUT(neighbor_advertisement, 24, NEIGHBOR_ADVERTISEMENT_FIELDS)

const struct icmpkit_message_description icmpkit_v6_neighbor_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_NEIGHBOR_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_NEIGHBOR_ADVERTISEMENT,
	.name = "neighbor advertisement",
	.rfc = "RFC 4861 4.4",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(neighbor_advertisement),
};
