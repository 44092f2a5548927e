/* SPDX-License-Identifier: BSD-2-Clause */
/* MPL control message (RFC 7731 6.2): which multicast messages a forwarder has buffered, seed by seed. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"
#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+-----------+---+-------------------------------+
 * |   min-seqno   |  bm-len   | S |  seed-id (0, 2, 8, 16 bytes)  |
 * +---------------+-----------+---+-------------------------------+   repeated
 * |              buffered-mpl-messages (bm-len bytes)             |
 * +---------------------------------------------------------------+
 */
#define SEED_FIELDS(FIELD, L)                                                                                \
	FIELD(L, min_seqno, 8, NUMBER, "the lowest sequence number")                                         \
	FIELD(L, bm_len, 6, NUMBER, "bytes of the bit vector")                                               \
	FIELD(L, s, 2, NUMBER, "how long the seed's identifier is")
#define SEED16_FIELDS(FIELD, L) SEED_FIELDS(FIELD, L) FIELD(L, seed_id, 16, HEX, "whose messages these are")
#define SEED64_FIELDS(FIELD, L) SEED_FIELDS(FIELD, L) FIELD(L, seed_id, 64, HEX, "whose messages these are")
#define SEED128_FIELDS(FIELD, L) SEED_FIELDS(FIELD, L) FIELD(L, seed_id, 128, HEX, "whose messages these are")
RECORD_LAYOUT(seed, 2, SEED_FIELDS)
RECORD_LAYOUT(seed16, 4, SEED16_FIELDS)
RECORD_LAYOUT(seed64, 10, SEED64_FIELDS)
RECORD_LAYOUT(seed128, 18, SEED128_FIELDS)

#define SEED_RECORD(L)                                                                                       \
	{                                                                                                    \
		.name = "seed info", .rfc = "RFC 7731 6.3", .rest = REST_BYTES,                              \
		.rest_name = "buffered_mpl_messages", RECORD_OF(L),                                          \
	}

/* Indexed by S; 0: the seed is the source of the packet. */
static const struct icmpkit_record seeds[4] = {
	SEED_RECORD(seed),
	SEED_RECORD(seed16),
	SEED_RECORD(seed64),
	SEED_RECORD(seed128),
};

static bool next_seed(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	struct reader r = reader_of(walk->rest);
	const struct icmpkit_record *record;
	uint8_t sizes;

	if (walk_is_over(walk))
		return false;
	(void)read_u8(&r);
	sizes = read_u8(&r);
	record = &seeds[sizes & 3];
	return walk_give(walk, record, record->fixed_bytes + (sizes >> 2), out);
}

const struct icmpkit_message_description icmpkit_v6_mpl_control = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_MPL_CONTROL,
	.kind = ICMPKIT_KIND_MPL_CONTROL,
	.name = "MPL control message",
	.rfc = "RFC 7731 6.2",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_seed,
	NO_FIELDS,
};
