/* SPDX-License-Identifier: BSD-2-Clause */
/* Router renumbering (RFC 2894 3): commands that change the prefixes of routers, and what came of them. */
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
 * |                        Sequence Number                        |
 * +---------------+-+-+-+-+-+-----+-------------------------------+
 * | Segment Number|T|R|A|S|P| res |           Max Delay           |
 * +---------------+-+-+-+-+-+-----+-------------------------------+
 * |                           Reserved                            |
 * +---------------------------------------------------------------+
 * |     a command's operations, or a result's match reports ...
 * +-----------------------------
 */
#define RENUMBERING_FIELDS(FIELD, L)                                                                         \
	FIELD(L, sequence_number, 32, renumbering.sequence, NUMBER, "never falls until it is reset")         \
	FIELD(L, segment_number, 8, renumbering.segment, NUMBER, "tells messages of one sequence apart")     \
	FIELD(L, test, 1, renumbering.test, OPTIONAL, "nothing is to be changed")                            \
	FIELD(L, result_requested, 1, renumbering.result_requested, OPTIONAL, "a result is to be sent")      \
	FIELD(L, all_interfaces, 1, renumbering.all_interfaces, OPTIONAL, "those shut down, too")            \
	FIELD(L, site_specific, 1, renumbering.site_specific, OPTIONAL, "only interfaces of the same site")  \
	FIELD(L, processed_previously, 1, renumbering.processed_previously, OPTIONAL, "not done once more")  \
	FIELD(L, reserved_flags, 3, renumbering.reserved_flags, RESERVED, "zero")                            \
	FIELD(L, max_delay, 16, renumbering.max_delay, NUMBER, "milliseconds before an answer at most")      \
	FIELD(L, reserved, 32, renumbering.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(renumbering, 16, RENUMBERING_FIELDS)

enum {
	CODE_COMMAND = 0,
	CODE_RESULT = 1,
	CODE_SEQUENCE_NUMBER_RESET = 255,
};

static const struct icmpkit_code codes[] = {
	[CODE_COMMAND] = {"router renumbering command", "RFC 2894 3.2"},
	[CODE_RESULT] = {"router renumbering result", "RFC 2894 3.3"},
	[CODE_SEQUENCE_NUMBER_RESET] = {"sequence number reset", "RFC 2894 5"},
};

/*
 * +---------------+---------------+---------------+---------------+
 * |    OpCode     |   OpLength    |    Ordinal    |   MatchLen    |   OpLength counts 8 bytes, 4N + 3 of them
 * +---------------+---------------+---------------+---------------+   with N use-prefix parts
 * |    MinLen     |    MaxLen     |           Reserved            |
 * +---------------+---------------+-------------------------------+
 * |                    MatchPrefix (16 bytes)                     |
 * +---------------------------------------------------------------+
 */
#define OPERATION_FIELDS(FIELD, L)                                                                           \
	FIELD(L, op_length, 8, NUMBER, "of the operation with its parts, in 8 bytes")                        \
	FIELD(L, ordinal, 8, NUMBER, "tells the operations of a command apart")                              \
	FIELD(L, match_len, 8, NUMBER, "bits of the prefix that are compared")                               \
	FIELD(L, min_len, 8, NUMBER, "shortest prefix that is compared")                                     \
	FIELD(L, max_len, 8, NUMBER, "longest prefix that is compared")                                      \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, match_prefix, 128, ADDRESS, "compared with the prefixes of an interface")
RECORD_LAYOUT(operation, 23, OPERATION_FIELDS)

#define OPERATION_RECORD(text)                                                                               \
	{                                                                                                    \
		.name = (text), .rfc = "RFC 2894 3.2.1.1", RECORD_OF(operation)                              \
	}

/* Indexed by the OpCode. */
static const struct icmpkit_record operations[] = {
	OPERATION_RECORD("unknown operation"),
	OPERATION_RECORD("add"),
	OPERATION_RECORD("change"),
	OPERATION_RECORD("set global"),
};

/*
 * +---------------+---------------+---------------+---------------+
 * |    UseLen     |    KeepLen    |   FlagMask    |    RAFlags    |
 * +---------------+---------------+---------------+---------------+
 * |                        Valid Lifetime                         |
 * +---------------------------------------------------------------+
 * |                      Preferred Lifetime                       |
 * +-+-+-----------------------------------------------------------+
 * |V|P|                         Reserved                          |
 * +-+-+-----------------------------------------------------------+
 * |                     UsePrefix (16 bytes)                      |
 * +---------------------------------------------------------------+
 */
#define USE_PREFIX_FIELDS(FIELD, L)                                                                          \
	FIELD(L, use_len, 8, NUMBER, "bits of the prefix that are used")                                     \
	FIELD(L, keep_len, 8, NUMBER, "bits of the matched prefix that are kept behind them")                \
	FIELD(L, flag_mask, 8, NUMBER, "which of the flags are set anew")                                    \
	FIELD(L, ra_flags, 8, NUMBER, "flags of the prefix in router advertisements")                        \
	FIELD(L, valid_lifetime, 32, NUMBER, "seconds")                                                      \
	FIELD(L, preferred_lifetime, 32, NUMBER, "seconds")                                                  \
	FIELD(L, valid_decreases, 1, FLAG, "the valid lifetime runs down in real time")                      \
	FIELD(L, preferred_decreases, 1, FLAG, "the preferred lifetime runs down in real time")              \
	FIELD(L, reserved, 30, RESERVED, "zero")                                                             \
	FIELD(L, use_prefix, 128, ADDRESS, "the new prefix, or its beginning")
RECORD_LAYOUT(use_prefix, 32, USE_PREFIX_FIELDS)

static const struct icmpkit_record use_prefix = {
	.name = "use prefix", .rfc = "RFC 2894 3.2.1.2", RECORD_OF(use_prefix)};

/*
 * +---------------------------+-+-+---------------+---------------+
 * |         Reserved          |B|F|    Ordinal    |  MatchedLen   |
 * +---------------------------+-+-+---------------+---------------+
 * |                        Interface Index                        |
 * +---------------------------------------------------------------+
 * |                   MatchedPrefix (16 bytes)                    |
 * +---------------------------------------------------------------+
 */
#define MATCH_REPORT_FIELDS(FIELD, L)                                                                        \
	FIELD(L, reserved, 14, RESERVED, "zero")                                                             \
	FIELD(L, out_of_bounds, 1, FLAG, "a field of the operation was")                                     \
	FIELD(L, forbidden_prefix, 1, FLAG, "a use-prefix part was not done for its prefix")                 \
	FIELD(L, ordinal, 8, NUMBER, "that of the operation")                                                \
	FIELD(L, matched_len, 8, NUMBER, "bits of the prefix")                                               \
	FIELD(L, interface_index, 32, NUMBER, "where the prefix was")                                        \
	FIELD(L, matched_prefix, 128, ADDRESS, "a prefix that matched")
RECORD_LAYOUT(match_report, 24, MATCH_REPORT_FIELDS)

static const struct icmpkit_record match_report = {
	.name = "match report", .rfc = "RFC 2894 3.3", RECORD_OF(match_report)};

static const struct icmpkit_record other_data = {
	.name = "data", .rfc = "RFC 2894 3", .rest = REST_BYTES, .rest_name = "bytes"};

#define UNIT_BYTES 8

/* @walk->pending: bytes of use-prefix parts that are to come. */
static bool next_operation(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	size_t match_bytes = operations[0].fixed_bytes + 1;
	struct reader r = reader_of(walk->rest);
	uint8_t code = read_u8(&r);
	size_t op_bytes = (size_t)UNIT_BYTES * read_u8(&r);

	if (walk->pending > 0) {
		walk->pending -= use_prefix.fixed_bytes;
		if (walk->rest.len > 0)
			return walk_give(walk, &use_prefix, use_prefix.fixed_bytes, out);
		walk->malformed = true;
	}
	if (walk_is_over(walk))
		return false;
	(void)walk_take(walk, 1);
	*out = (struct icmpkit_found_record){&operations[code > 3 ? 0 : code], code, {0}};
	out->bytes = walk_take(walk, operations[0].fixed_bytes);
	/* What the length of another form covers cannot be told. */
	if (op_bytes < match_bytes || (op_bytes - match_bytes) % use_prefix.fixed_bytes != 0)
		walk->malformed = true;
	else
		walk->pending = op_bytes - match_bytes;
	return true;
}

static bool next_part(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	if (walk->malformed)
		return false;
	if (walk->msg->code == CODE_COMMAND)
		return next_operation(walk, out);
	if (walk_is_over(walk))
		return false;
	if (walk->msg->code == CODE_RESULT)
		return walk_give(walk, &match_report, match_report.fixed_bytes, out);
	return walk_give(walk, &other_data, walk->rest.len, out);
}

const struct icmpkit_message_description icmpkit_v6_router_renumbering = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_ROUTER_RENUMBERING,
	.kind = ICMPKIT_KIND_ROUTER_RENUMBERING,
	.name = "router renumbering",
	.rfc = "RFC 2894 3.1",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_part,
	CODES_OF(codes),
	LAYOUT_OF(renumbering),
};
