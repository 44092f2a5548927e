/* SPDX-License-Identifier: BSD-2-Clause */
/* ILNPv6 locator update (RFC 6743 2). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |  Num of Locs  |   Operation   |           Reserved            |
 * +---------------+---------------+-------------------------------+
 * |                       Locator (8 bytes)                       |
 * +-------------------------------+-------------------------------+   repeated
 * |          Preference           |           Lifetime            |
 * +-------------------------------+-------------------------------+
 */
#define LOCATOR_UPDATE_FIELDS(FIELD, L)                                                                      \
	FIELD(L, num_of_locs, 8, locator_update.locator_count, NUMBER, "locators that follow")               \
	FIELD(L, operation, 8, locator_update.operation, NUMBER, "1 advertises, 2 acknowledges")             \
	FIELD(L, reserved, 16, locator_update.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(locator_update, 8, LOCATOR_UPDATE_FIELDS)

#define LOCATOR_FIELDS(FIELD, L)                                                                             \
	FIELD(L, locator, 64, HEX, "the upper half of an address")                                           \
	FIELD(L, preference, 16, NUMBER, "which of them is to be preferred")                                 \
	FIELD(L, lifetime, 16, NUMBER, "seconds that it is valid at most")
RECORD_LAYOUT(locator, 12, LOCATOR_FIELDS)

static const struct icmpkit_record locator = {.name = "locator", .rfc = "RFC 6743 2", RECORD_OF(locator)};

static bool next_locator(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	if (walk_is_over(walk) || walk->position == walk->msg->locator_update.locator_count) {
		walk->malformed = walk->malformed || walk->rest.len > 0 ||
				  walk->position != walk->msg->locator_update.locator_count;
		return false;
	}
	return walk_give(walk, &locator, locator.fixed_bytes, out);
}

static const char *variant_of(const struct icmpkit_message *msg)
{
	switch (msg->locator_update.operation) {
	case 1:
		return "advertisement";
	case 2:
		return "acknowledgement";
	default:
		return NULL;
	}
}

const struct icmpkit_message_description icmpkit_v6_locator_update = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_LOCATOR_UPDATE,
	.kind = ICMPKIT_KIND_LOCATOR_UPDATE,
	.name = "ILNPv6 locator update",
	.rfc = "RFC 6743 2",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_locator,
	.variant = variant_of,
	LAYOUT_OF(locator_update),
};
