/* SPDX-License-Identifier: BSD-2-Clause */
/* RPL control message options (RFC 6550 6.7), each described once: what stands behind type and length. */
#include "wire/rpl_option.h"

/* RFC 6550 6.7.2 */
static const struct icmpkit_record pad1 = {.name = "pad1", .rfc = "RFC 6550 6.7.2"};

/* RFC 6550 6.7.3 */
static const struct icmpkit_record pad_n = {
	.name = "padN", .rfc = "RFC 6550 6.7.3", .rest = REST_COUNTED, .rest_name = "padding_bytes"};

/* RFC 6550 6.7.4 */
static const struct icmpkit_record metric_container = {.name = "DAG metric container",
						       .rfc = "RFC 6550 6.7.4",
						       .rest = REST_BYTES,
						       .rest_name = "metric_data"};

/*
 *                                 +---------------+-----+---+-----+
 *                                 | Prefix Length | Res |Prf| Res |
 * +-------------------------------+---------------+-----+---+-----+
 * |                        Route Lifetime                         |
 * +---------------------------------------------------------------+
 * |                   Prefix (variable length)                    |
 * +---------------------------------------------------------------+
 */
#define ROUTE_FIELDS(FIELD, L)                                                                               \
	FIELD(L, prefix_length, 8, PREFIX_LENGTH, "bits of the prefix that count")                           \
	FIELD(L, reserved, 3, RESERVED, "zero")                                                              \
	FIELD(L, preference, 2, NUMBER, "1 high, 0 medium, 3 low")                                           \
	FIELD(L, reserved2, 3, RESERVED, "zero")                                                             \
	FIELD(L, route_lifetime, 32, NUMBER, "seconds; all ones: for ever")
RECORD_LAYOUT(route, 6, ROUTE_FIELDS)

static const struct icmpkit_record route = {
	.name = "route information",
	.rfc = "RFC 6550 6.7.5",
	.rest = REST_PREFIX,
	.rest_name = "prefix",
	RECORD_OF(route),
};

/*
 *                                 +-------+-+-----+---------------+
 *                                 | Flags |A| PCS |  DIOIntDoubl. |
 * +---------------+---------------+-------+-+-----+---------------+
 * |  DIOIntMin.   |   DIORedun.   |        MaxRankIncrease        |
 * +---------------+---------------+-------------------------------+
 * |      MinHopRankIncrease       |              OCP              |
 * +---------------+---------------+-------------------------------+
 * |   Reserved    | Def. Lifetime |         Lifetime Unit         |
 * +---------------+---------------+-------------------------------+
 */
#define CONFIGURATION_FIELDS(FIELD, L)                                                                       \
	FIELD(L, flags, 4, RESERVED, "zero")                                                                 \
	FIELD(L, authentication_enabled, 1, FLAG, "keys come from an authority")                             \
	FIELD(L, path_control_size, 3, NUMBER, "bits of the path control, less one")                         \
	FIELD(L, dio_interval_doublings, 8, NUMBER, "how often the interval doubles at most")                \
	FIELD(L, dio_interval_min, 8, NUMBER, "the shortest interval: this power of 2, in ms")               \
	FIELD(L, dio_redundancy_constant, 8, NUMBER, "messages heard that suppress one's own")               \
	FIELD(L, max_rank_increase, 16, NUMBER, "how far the rank may rise in local repair")                 \
	FIELD(L, min_hop_rank_increase, 16, NUMBER, "by how much the rank rises a hop at least")             \
	FIELD(L, ocp, 16, NUMBER, "the objective function")                                                  \
	FIELD(L, reserved, 8, RESERVED, "zero")                                                              \
	FIELD(L, default_lifetime, 8, NUMBER, "of all routes, in lifetime units")                            \
	FIELD(L, lifetime_unit, 16, NUMBER, "seconds")
RECORD_LAYOUT(configuration, 14, CONFIGURATION_FIELDS)

static const struct icmpkit_record configuration = {
	.name = "DODAG configuration", .rfc = "RFC 6550 6.7.6", RECORD_OF(configuration)};

/*
 *                                 +---------------+---------------+
 *                                 |     Flags     | Prefix Length |
 * +-------------------------------+---------------+---------------+
 * |                Target Prefix (variable length)                |
 * +---------------------------------------------------------------+
 */
#define TARGET_FIELDS(FIELD, L)                                                                              \
	FIELD(L, flags, 8, RESERVED, "zero")                                                                 \
	FIELD(L, prefix_length, 8, PREFIX_LENGTH, "bits of the prefix that count")
RECORD_LAYOUT(target, 2, TARGET_FIELDS)

static const struct icmpkit_record target = {
	.name = "RPL target",
	.rfc = "RFC 6550 6.7.7",
	.rest = REST_PREFIX,
	.rest_name = "target_prefix",
	RECORD_OF(target),
};

/*
 *                                 +-+-------------+---------------+
 *                                 |E|    Flags    | Path Control  |
 * +---------------+---------------+-+-------------+---------------+
 * | Path Sequence | Path Lifetime |  Parent Address (16 bytes), or nothing
 * +---------------+---------------+-----------------
 */
#define TRANSIT_FIELDS(FIELD, L)                                                                             \
	FIELD(L, external, 1, FLAG, "the target was learnt outside of RPL")                                  \
	FIELD(L, flags, 7, RESERVED, "zero")                                                                 \
	FIELD(L, path_control, 8, NUMBER, "how many parents, and which are preferred")                       \
	FIELD(L, path_sequence, 8, NUMBER, "which of the target's announcements this is")                    \
	FIELD(L, path_lifetime, 8, NUMBER, "lifetime units; 255: for ever, 0: the route is gone")
#define TRANSIT_PARENT_FIELDS(FIELD, L)                                                                      \
	TRANSIT_FIELDS(FIELD, L)                                                                             \
	FIELD(L, parent_address, 128, ADDRESS, "of the parent, where routes are not stored")
RECORD_LAYOUT(transit, 4, TRANSIT_FIELDS)
RECORD_LAYOUT(transit_parent, 20, TRANSIT_PARENT_FIELDS)

static const struct icmpkit_record transit = {
	.name = "transit information", .rfc = "RFC 6550 6.7.8", RECORD_OF(transit)};
static const struct icmpkit_record transit_parent = {
	.name = "transit information", .rfc = "RFC 6550 6.7.8", RECORD_OF(transit_parent)};

/*
 *                                 +---------------+-+-+-+---------+
 *                                 | RPLInstanceID |V|I|D|  Flags  |
 * +-------------------------------+---------------+-+-+-+---------+
 * |                      DODAGID (16 bytes)                       |
 * +---------------+-----------------------------------------------+
 * |Version Number |
 * +---------------+
 */
#define SOLICITED_FIELDS(FIELD, L)                                                                           \
	FIELD(L, rpl_instance_id, 8, NUMBER, "of those asked")                                               \
	FIELD(L, version_matters, 1, FLAG, "only those of this version are asked")                           \
	FIELD(L, instance_matters, 1, FLAG, "only those of this instance")                                   \
	FIELD(L, dodagid_matters, 1, FLAG, "only those of this DODAG")                                       \
	FIELD(L, flags, 5, RESERVED, "zero")                                                                 \
	FIELD(L, dodagid, 128, ADDRESS, "of those asked")                                                    \
	FIELD(L, version_number, 8, NUMBER, "of those asked")
RECORD_LAYOUT(solicited, 19, SOLICITED_FIELDS)

static const struct icmpkit_record solicited = {
	.name = "solicited information", .rfc = "RFC 6550 6.7.9", RECORD_OF(solicited)};

/*
 *                                 +---------------+-+-+-+---------+
 *                                 | Prefix Length |L|A|R|Reserved1|
 * +-------------------------------+---------------+-+-+-+---------+
 * |                        Valid Lifetime                         |
 * +---------------------------------------------------------------+
 * |                      Preferred Lifetime                       |
 * +---------------------------------------------------------------+
 * |                           Reserved2                           |
 * +---------------------------------------------------------------+
 * |                       Prefix (16 bytes)                       |
 * +---------------------------------------------------------------+
 */
#define PREFIX_FIELDS(FIELD, L)                                                                              \
	FIELD(L, prefix_length, 8, NUMBER, "bits of the prefix that count")                                  \
	FIELD(L, on_link, 1, FLAG, "the prefix is on the link")                                              \
	FIELD(L, autonomous, 1, FLAG, "hosts may form addresses with it")                                    \
	FIELD(L, router_address, 1, FLAG, "the prefix holds a whole address of the router")                  \
	FIELD(L, reserved1, 5, RESERVED, "zero")                                                             \
	FIELD(L, valid_lifetime, 32, NUMBER, "seconds; all ones: for ever")                                  \
	FIELD(L, preferred_lifetime, 32, NUMBER, "seconds; all ones: for ever")                              \
	FIELD(L, reserved2, 32, RESERVED, "zero")                                                            \
	FIELD(L, prefix, 128, ADDRESS, "the prefix")
RECORD_LAYOUT(prefix, 30, PREFIX_FIELDS)

static const struct icmpkit_record prefix = {
	.name = "prefix information", .rfc = "RFC 6550 6.7.10", RECORD_OF(prefix)};

/* RFC 6550 6.7.11: four bytes that mean nothing to RPL itself. */
#define DESCRIPTOR_FIELDS(FIELD, L) FIELD(L, descriptor, 32, HEX, "a tag of the target before it")
RECORD_LAYOUT(descriptor, 4, DESCRIPTOR_FIELDS)

static const struct icmpkit_record descriptor = {
	.name = "RPL target descriptor", .rfc = "RFC 6550 6.7.11", RECORD_OF(descriptor)};

enum {
	OPTION_PAD1 = 0,
	OPTION_PAD_N = 1,
	OPTION_METRIC_CONTAINER = 2,
	OPTION_ROUTE_INFORMATION = 3,
	OPTION_DODAG_CONFIGURATION = 4,
	OPTION_TARGET = 5,
	OPTION_TRANSIT_INFORMATION = 6,
	OPTION_SOLICITED_INFORMATION = 7,
	OPTION_PREFIX_INFORMATION = 8,
	OPTION_TARGET_DESCRIPTOR = 9,
};

static const struct icmpkit_record *const options[256] = {
	[OPTION_PAD1] = &pad1,
	[OPTION_PAD_N] = &pad_n,
	[OPTION_METRIC_CONTAINER] = &metric_container,
	[OPTION_ROUTE_INFORMATION] = &route,
	[OPTION_DODAG_CONFIGURATION] = &configuration,
	[OPTION_TARGET] = &target,
	[OPTION_TRANSIT_INFORMATION] = &transit,
	[OPTION_SOLICITED_INFORMATION] = &solicited,
	[OPTION_PREFIX_INFORMATION] = &prefix,
	[OPTION_TARGET_DESCRIPTOR] = &descriptor,
};

bool icmpkit_rpl_option_next(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	uint8_t type = walk_take(walk, 1).data[0];
	struct icmpkit_bytes len = {0};

	*out = (struct icmpkit_found_record){options[type], type, {0}};
	if (type == OPTION_PAD1)
		return true;
	len = walk_take(walk, 1);
	if (walk->malformed)
		return true;
	out->bytes = walk_take(walk, len.data[0]);
	/* RFC 6550 6.7.8: the length tells whether the address is there. */
	if (type == OPTION_TRANSIT_INFORMATION && out->bytes.len > transit.fixed_bytes)
		out->record = &transit_parent;
	/* A length that is right for the message and too short for the option. */
	if (out->record != NULL && out->bytes.len < out->record->fixed_bytes)
		walk->malformed = true;
	return true;
}
