/* SPDX-License-Identifier: BSD-2-Clause */
/* Version 2 multicast listener report (RFC 3810 5.2): what a host listens to, group by group. */
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
 * |           Reserved            |  Number of Address Records    |
 * +-------------------------------+-------------------------------+
 * |   Multicast Address Records ...
 * +-------------------------------
 *
 * and each of the records:
 *
 * +---------------+---------------+-------------------------------+
 * |  Record Type  | Aux Data Len  |       Number of Sources       |   Aux Data Len counts 4-byte words
 * +---------------+---------------+-------------------------------+
 * |                 Multicast Address (16 bytes)                  |
 * +---------------------------------------------------------------+
 * |               Source Address (16 bytes), repeated             |
 * +---------------------------------------------------------------+
 * |                        Auxiliary Data                         |
 * +---------------------------------------------------------------+
 */
#define REPORT2_FIELDS(FIELD, L)                                                                             \
	FIELD(L, reserved, 16, listener_report2.reserved, RESERVED, "zero")                                  \
	FIELD(L, number_of_records, 16, listener_report2.record_count, NUMBER, "records that follow")
MESSAGE_LAYOUT(report2, 8, REPORT2_FIELDS)

/* Behind the record type, which the name says. */
#define GROUP_FIELDS(FIELD, L)                                                                               \
	FIELD(L, aux_data_len, 8, OPTIONAL, "4-byte words behind the sources")                               \
	FIELD(L, number_of_sources, 16, NUMBER, "addresses that follow")                                     \
	FIELD(L, multicast_address, 128, ADDRESS, "the group")
RECORD_LAYOUT(group, 19, GROUP_FIELDS)

#define GROUP_RECORD(text)                                                                                   \
	{                                                                                                    \
		.name = (text), .rfc = "RFC 3810 5.2.12", .rest = REST_IPV6_ADDRESSES,                       \
		.rest_name = "sources", RECORD_OF(group),                                                    \
	}

static const struct icmpkit_record groups[] = {
	GROUP_RECORD("record of unknown type"), GROUP_RECORD("mode is include"),
	GROUP_RECORD("mode is exclude"),	GROUP_RECORD("change to include mode"),
	GROUP_RECORD("change to exclude mode"), GROUP_RECORD("allow new sources"),
	GROUP_RECORD("block old sources"),
};

static const struct icmpkit_record auxiliary_data = {
	.name = "auxiliary data",
	.rfc = "RFC 3810 5.2.10",
	.rest = REST_BYTES,
	.rest_name = "data",
};

static const struct icmpkit_record *group_of(uint8_t type)
{
	return &groups[type < sizeof(groups) / sizeof(groups[0]) ? type : 0];
}

/* Auxiliary data is shown as a record of its own, behind the one that it belongs to: @walk->pending is how
 * many bytes of it are to come. RFC 3810 5.2.11: what stands behind the last record counts for nothing. */
static bool next_group(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	struct reader r;
	uint8_t type;
	size_t aux_bytes = walk->pending;

	if (walk->malformed)
		return false;
	if (aux_bytes > 0) {
		walk->pending = 0;
		return walk_give(walk, &auxiliary_data, aux_bytes, out);
	}
	if (walk->counted == walk->msg->listener_report2.record_count)
		return false;
	walk->counted++;
	if (walk->rest.len == 0) {
		walk->malformed = true;
		return false;
	}
	type = walk_take(walk, 1).data[0];
	r = reader_of(walk->rest);
	walk->pending = (size_t)4 * read_u8(&r);
	*out = (struct icmpkit_found_record){group_of(type), type, {0}};
	out->bytes = walk_take(walk, groups[0].fixed_bytes + (size_t)16 * read_u16(&r));
	return true;
}

const struct icmpkit_message_description icmpkit_v6_multicast_listener_report_2 = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MULTICAST_LISTENER_REPORT_2,
	.kind = ICMPKIT_KIND_MULTICAST_LISTENER_REPORT_2,
	.name = "version 2 multicast listener report",
	.rfc = "RFC 3810 5.2",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_group,
	LAYOUT_OF(report2),
};
