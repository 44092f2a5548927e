/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MPLS label stack object (RFC 4950 2): the stack as the packet carried it into the router.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------+-----+-+---------------+
 * |                 Label                 | EXP |S|      TTL      |   RFC 3032 2.1; RFC 5462: EXP is TC
 * +---------------------------------------+-----+-+---------------+
 */
#include "wire/extension_object.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"

#define ENTRY_BYTES 4
#define C_TYPE_INCOMING_STACK 1

static bool knows(const struct icmpkit_extension *object)
{
	return object->c_type == C_TYPE_INCOMING_STACK;
}

bool icmpkit_mpls_entry_at(const struct icmpkit_extension *object, size_t index,
			   struct icmpkit_mpls_entry *out)
{
	struct reader r = reader_of(object->payload);
	uint32_t entry;

	if (object->class_num != ICMPKIT_EXTENSION_MPLS || !knows(object))
		return false;
	if (index >= object->payload.len / ENTRY_BYTES)
		return false;
	(void)read_bytes(&r, index * ENTRY_BYTES);
	entry = read_u32(&r);
	*out = (struct icmpkit_mpls_entry){
		.label = entry >> 12,
		.traffic_class = (uint8_t)(entry >> 9 & 7),
		.bottom_of_stack = (entry >> 8 & 1) != 0,
		.ttl = (uint8_t)entry,
	};
	return true;
}

static void put_entry(const struct icmpkit_mpls_entry *entry, struct icmpkit_text *text)
{
	icmpkit_text_put(text, " label ");
	icmpkit_text_put_unsigned(text, entry->label);
	icmpkit_text_put(text, " tc ");
	icmpkit_text_put_unsigned(text, entry->traffic_class);
	icmpkit_text_put(text, entry->bottom_of_stack ? " s 1 ttl " : " s 0 ttl ");
	icmpkit_text_put_unsigned(text, entry->ttl);
}

static void put_text(const struct icmpkit_extension *object, struct icmpkit_text *text)
{
	struct icmpkit_mpls_entry entry;

	icmpkit_text_put(text, "MPLS");
	for (size_t i = 0; icmpkit_mpls_entry_at(object, i, &entry); i++) {
		if (i == ICMPKIT_EXTENSIONS_SHOWN_MAX) {
			icmpkit_text_put(text, " ...");
			break;
		}
		if (i > 0)
			icmpkit_text_put(text, " /");
		put_entry(&entry, text);
	}
}

static void put_json(const struct icmpkit_extension *object, struct icmpkit_json *json)
{
	size_t count = object->payload.len / ENTRY_BYTES;
	struct icmpkit_mpls_entry entry;

	icmpkit_json_array(json, "labels");
	for (size_t i = 0; i < ICMPKIT_EXTENSIONS_SHOWN_MAX; i++) {
		if (!icmpkit_mpls_entry_at(object, i, &entry))
			break;
		icmpkit_json_object(json, NULL);
		icmpkit_json_unsigned(json, "label", entry.label);
		icmpkit_json_unsigned(json, "tc", entry.traffic_class);
		icmpkit_json_unsigned(json, "s", entry.bottom_of_stack);
		icmpkit_json_unsigned(json, "ttl", entry.ttl);
		icmpkit_json_end_object(json);
	}
	icmpkit_json_end_array(json);
	if (count > ICMPKIT_EXTENSIONS_SHOWN_MAX)
		icmpkit_json_unsigned(json, "labels_omitted", count - ICMPKIT_EXTENSIONS_SHOWN_MAX);
}

const struct icmpkit_extension_description icmpkit_extension_mpls = {
	.class_num = ICMPKIT_EXTENSION_MPLS,
	.name = "MPLS label stack",
	.knows = knows,
	.text = put_text,
	.json = put_json,
};
