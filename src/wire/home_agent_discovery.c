/* SPDX-License-Identifier: BSD-2-Clause */
/* Home agent address discovery request and reply (RFC 6275 6.5 and 6.6). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |          Identifier           |           Reserved            |
 * +-------------------------------+-------------------------------+
 * |     Home Agent Addresses (16 bytes each), of a reply ...
 * +-----------------------------
 */
#define HOME_AGENT_FIELDS(FIELD, L)                                                                          \
	FIELD(L, identifier, 16, home_agent.identifier, NUMBER,                                              \
	      "tells the requests apart; the reply repeats it")                                              \
	FIELD(L, reserved, 16, home_agent.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(home_agent, 8, HOME_AGENT_FIELDS)

#define AGENT_FIELDS(FIELD, L) FIELD(L, address, 128, ADDRESS, "of a home agent on the home link")
RECORD_LAYOUT(agent, 16, AGENT_FIELDS)

static const struct icmpkit_record agent = {.name = "home agent", .rfc = "RFC 6275 6.6", RECORD_OF(agent)};

static bool next_agent(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	return !walk_is_over(walk) && walk_give(walk, &agent, agent.fixed_bytes, out);
}

const struct icmpkit_message_description icmpkit_v6_home_agent_request = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_HOME_AGENT_REQUEST,
	.kind = ICMPKIT_KIND_HOME_AGENT_REQUEST,
	.name = "home agent address discovery request",
	.rfc = "RFC 6275 6.5",
	.tail = TAIL_DATA,
	LAYOUT_OF(home_agent),
};

const struct icmpkit_message_description icmpkit_v6_home_agent_reply = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_HOME_AGENT_REPLY,
	.kind = ICMPKIT_KIND_HOME_AGENT_REPLY,
	.name = "home agent address discovery reply",
	.rfc = "RFC 6275 6.6",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_agent,
	LAYOUT_OF(home_agent),
};
