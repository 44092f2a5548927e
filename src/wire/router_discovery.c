/* SPDX-License-Identifier: BSD-2-Clause */
/* Router advertisement and solicitation of IPv4 (RFC 1256 3, 4). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |   Num Addrs   |Addr Entry Size|           Lifetime            |   Addr Entry Size counts 4-byte words
 * +---------------+---------------+-------------------------------+
 * |                        Router Address                         |
 * +---------------------------------------------------------------+   repeated
 * |                       Preference Level                        |
 * +---------------------------------------------------------------+
 */
#define ADVERTISEMENT_FIELDS(FIELD, L)                                                                       \
	FIELD(L, num_addrs, 8, router_discovery.address_count, NUMBER, "router addresses that follow")       \
	FIELD(L, addr_entry_size, 8, router_discovery.entry_words, NUMBER, "4-byte words of each; 2")        \
	FIELD(L, lifetime, 16, router_discovery.lifetime, NUMBER, "seconds that the addresses are valid")
MESSAGE_LAYOUT(advertisement, 8, ADVERTISEMENT_FIELDS)

#define SOLICITATION_FIELDS(FIELD, L) FIELD(L, reserved, 32, router_discovery.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(solicitation, 8, SOLICITATION_FIELDS)

/* The level is a signed number; the lowest, 0x80000000, means never by default. It is shown as its digits. */
#define ROUTER_FIELDS(FIELD, L)                                                                              \
	FIELD(L, router_address, 32, ADDRESS, "of the sender, on this link")                                 \
	FIELD(L, preference_level, 32, HEX, "the higher, the rather by default; in two's complement")
RECORD_LAYOUT(router, 8, ROUTER_FIELDS)

static const struct icmpkit_record router = {.name = "router", .rfc = "RFC 1256 3", RECORD_OF(router)};

/* RFC 1256 6.2: an entry may be longer than the two words that are known, and bytes behind the last entry
 * count for nothing; one that is shorter is none. */
static bool next_router(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	size_t entry_bytes = (size_t)walk->msg->router_discovery.entry_words * 4;

	if (walk->malformed || walk->position == walk->msg->router_discovery.address_count)
		return false;
	if (entry_bytes < router.fixed_bytes || walk->rest.len == 0) {
		walk->malformed = true;
		return false;
	}
	return walk_give(walk, &router, entry_bytes, out);
}

static const struct icmpkit_code advertisement_codes[] = {
	[ICMPKIT_V4_NORMAL_ROUTER] = {"normal router advertisement", "RFC 5944"},
	[ICMPKIT_V4_NO_COMMON_TRAFFIC] = {"does not route common traffic", "RFC 5944"},
};

const struct icmpkit_message_description icmpkit_v4_router_advertisement = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ROUTER_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_ROUTER_ADVERTISEMENT_V4,
	.name = "router advertisement",
	.rfc = "RFC 1256 3",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_router,
	CODES_OF(advertisement_codes),
	LAYOUT_OF(advertisement),
};

const struct icmpkit_message_description icmpkit_v4_router_solicitation = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ROUTER_SOLICITATION,
	.kind = ICMPKIT_KIND_ROUTER_SOLICITATION_V4,
	.name = "router solicitation",
	.rfc = "RFC 1256 3",
	.tail = TAIL_DATA,
	LAYOUT_OF(solicitation),
};
