/* SPDX-License-Identifier: BSD-2-Clause */
/* Multicast listener query, report and done (RFC 2710 3), and the query of version 2 (RFC 3810 5.1). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"
#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    Maximum Response Delay     |           Reserved            |   version 2: Maximum Response Code,
 * +---------------------------------------------------------------+   the same below 32768
 * |                 Multicast Address (16 bytes)                  |
 * +-------+-+-----+---------------+-------------------------------+
 * | Resv  |S| QRV |     QQIC      |       Number of Sources       |   from here on version 2 only
 * +-------+-+-----+---------------+-------------------------------+
 * |               Source Address (16 bytes), repeated             |
 * +---------------------------------------------------------------+
 */
#define LISTENER_FIELDS(FIELD, L)                                                                            \
	FIELD(L, maximum_response_delay, 16, listener.maximum_response, OPTIONAL,                            \
	      "milliseconds; of a query only")                                                               \
	FIELD(L, reserved, 16, listener.reserved, RESERVED, "zero")                                          \
	FIELD(L, multicast_address, 128, listener.group, ADDRESS, "the group that is listened to or left")
MESSAGE_LAYOUT(listener, 24, LISTENER_FIELDS)

#define LISTENER_QUERY_FIELDS(FIELD, L)                                                                      \
	FIELD(L, maximum_response_code, 16, listener.maximum_response, NUMBER,                               \
	      "longest delay of a report: milliseconds, from 32768 on an exponent and a mantissa")           \
	FIELD(L, reserved, 16, listener.reserved, RESERVED, "zero")                                          \
	FIELD(L, multicast_address, 128, listener.group, ADDRESS, "the group asked about; :: asks about all")
MESSAGE_LAYOUT(listener_query, 24, LISTENER_QUERY_FIELDS)

#define QUERY2_FIELDS(FIELD, L)                                                                              \
	FIELD(L, reserved, 4, RESERVED, "zero")                                                              \
	FIELD(L, suppress_router_processing, 1, FLAG, "routers leave their timers alone")                    \
	FIELD(L, qrv, 3, NUMBER, "the querier's robustness variable, 0 above 7")                             \
	FIELD(L, qqic, 8, NUMBER, "the querier's interval: seconds, from 128 on an exponent and a mantissa") \
	FIELD(L, number_of_sources, 16, NUMBER, "addresses that follow")
RECORD_LAYOUT(query2, 4, QUERY2_FIELDS)

static const struct icmpkit_record query2 = {
	.name = "version 2",
	.rfc = "RFC 3810 5.1",
	.rest = REST_IPV6_ADDRESSES,
	.rest_name = "sources",
	RECORD_OF(query2),
};

/* RFC 3810 8.1: a query of 24 bytes is one of version 1, of 28 and more one of version 2, and of a length
 * between them none at all. RFC 3810 5.1.11: what stands behind the sources counts for nothing. */
static bool next_query_record(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	struct reader r = reader_of(walk->rest);

	if (walk->position > 0 || walk_is_over(walk))
		return false;
	(void)read_u16(&r);
	return walk_give(walk, &query2, query2.fixed_bytes + (size_t)16 * read_u16(&r), out);
}

const struct icmpkit_message_description icmpkit_v6_multicast_listener_query = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_LISTENER_QUERY,
	.kind = ICMPKIT_KIND_MULTICAST_LISTENER_QUERY,
	.name = "multicast listener query",
	.rfc = "RFC 2710 3, RFC 3810 5.1",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_query_record,
	LAYOUT_OF(listener_query),
};

const struct icmpkit_message_description icmpkit_v6_multicast_listener_report = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_LISTENER_REPORT,
	.kind = ICMPKIT_KIND_MULTICAST_LISTENER_REPORT,
	.name = "multicast listener report",
	.rfc = "RFC 2710 3",
	.tail = TAIL_DATA,
	LAYOUT_OF(listener),
};

const struct icmpkit_message_description icmpkit_v6_multicast_listener_done = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_LISTENER_DONE,
	.kind = ICMPKIT_KIND_MULTICAST_LISTENER_DONE,
	.name = "multicast listener done",
	.rfc = "RFC 2710 3",
	.tail = TAIL_DATA,
	LAYOUT_OF(listener),
};
