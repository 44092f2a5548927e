/* SPDX-License-Identifier: BSD-2-Clause */
/* Timestamp and timestamp reply (RFC 792 page 16): what time is it there? */
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
 * |                      Originate Timestamp                      |
 * +---------------------------------------------------------------+
 * |                       Receive Timestamp                       |
 * +---------------------------------------------------------------+
 * |                      Transmit Timestamp                       |
 * +---------------------------------------------------------------+
 */
#define TIMESTAMP_FIELDS(FIELD, L)                                                                           \
	FIELD(L, identifier, 16, timestamp.identifier, NUMBER,                                               \
	      "tells the askers apart; the reply repeats it")                                                \
	FIELD(L, sequence, 16, timestamp.sequence, NUMBER, "tells the requests apart; the reply repeats it") \
	FIELD(L, originate_timestamp, 32, timestamp.originate, NUMBER,                                       \
	      "when the asker sent it: milliseconds since midnight UT; with the high bit set any other "     \
	      "time")                                                                                        \
	FIELD(L, receive_timestamp, 32, timestamp.receive, NUMBER, "when it arrived; of a request 0")        \
	FIELD(L, transmit_timestamp, 32, timestamp.transmit, NUMBER, "when the reply left; of a request 0")
MESSAGE_LAYOUT(timestamp, 20, TIMESTAMP_FIELDS)

const struct icmpkit_message_description icmpkit_v4_timestamp = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_TIMESTAMP,
	.kind = ICMPKIT_KIND_TIMESTAMP,
	.name = "timestamp",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(timestamp),
};

const struct icmpkit_message_description icmpkit_v4_timestamp_reply = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_TIMESTAMP_REPLY,
	.kind = ICMPKIT_KIND_TIMESTAMP_REPLY,
	.name = "timestamp reply",
	.rfc = "RFC 792",
	.tail = TAIL_DATA,
	LAYOUT_OF(timestamp),
};
