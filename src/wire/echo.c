/* SPDX-License-Identifier: BSD-2-Clause */
/* Echo request and reply of both families (RFC 792 page 14, RFC 4443 4.1 and 4.2). */
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
 * |     Data ...
 * +----------------------
 */
#define ECHO_FIELDS(FIELD, L)                                                                                \
	FIELD(L, identifier, 16, echo.identifier, NUMBER, "tells the askers apart; the reply repeats it")    \
	FIELD(L, sequence, 16, echo.sequence, NUMBER, "tells the requests apart; the reply repeats it")
MESSAGE_LAYOUT(echo, 8, ECHO_FIELDS)

const struct icmpkit_message_description icmpkit_v4_echo_request = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ECHO_REQUEST,
	.kind = ICMPKIT_KIND_ECHO_REQUEST,
	.name = "echo request",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(echo),
};

const struct icmpkit_message_description icmpkit_v4_echo_reply = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ECHO_REPLY,
	.kind = ICMPKIT_KIND_ECHO_REPLY,
	.name = "echo reply",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(echo),
};

const struct icmpkit_message_description icmpkit_v6_echo_request = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_ECHO_REQUEST,
	.kind = ICMPKIT_KIND_ECHO_REQUEST,
	.name = "echo request",
	.rfc = "RFC 4443 4.1",
	.tail = TAIL_DATA,
	LAYOUT_OF(echo),
};

const struct icmpkit_message_description icmpkit_v6_echo_reply = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_ECHO_REPLY,
	.kind = ICMPKIT_KIND_ECHO_REPLY,
	.name = "echo reply",
	.rfc = "RFC 4443 4.2",
	.tail = TAIL_DATA,
	LAYOUT_OF(echo),
};
