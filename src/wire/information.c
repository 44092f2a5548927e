/* SPDX-License-Identifier: BSD-2-Clause */
/* Information request and reply (RFC 792 page 18, deprecated by RFC 6918): which network is this? */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |          Identifier           |        Sequence Number        |
 * +-------------------------------+-------------------------------+
 */
#define INFORMATION_FIELDS(FIELD, L)                                                                         \
	FIELD(L, identifier, 16, echo.identifier, NUMBER, "tells the askers apart; the reply repeats it")    \
	FIELD(L, sequence, 16, echo.sequence, NUMBER, "tells the requests apart; the reply repeats it")
MESSAGE_LAYOUT(information, 8, INFORMATION_FIELDS)

const struct icmpkit_message_description icmpkit_v4_information_request = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_INFORMATION_REQUEST,
	.kind = ICMPKIT_KIND_INFORMATION_REQUEST,
	.name = "information request",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(information),
};

const struct icmpkit_message_description icmpkit_v4_information_reply = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_INFORMATION_REPLY,
	.kind = ICMPKIT_KIND_INFORMATION_REPLY,
	.name = "information reply",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(information),
};
