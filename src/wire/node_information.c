/* SPDX-License-Identifier: BSD-2-Clause */
/* Node information query and reply (RFC 4620): a node asked for its names or addresses. */
#include "wire/description.h"

#include <string.h>

#include <icmpkit/numbers.h>

#include "wire/record_list.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------+-+-+-+-+-+-+
 * |             Qtype             |      unused       |G|S|L|C|A|T|
 * +-------------------------------+-------------------+-+-+-+-+-+-+
 * |                        Nonce (8 bytes)                        |
 * +---------------------------------------------------------------+
 * |     Data: the subject of a query by its code, the answer of a reply by its qtype
 * +-----------------------------
 */
#define NODE_INFORMATION_FIELDS(FIELD, L)                                                                    \
	FIELD(L, qtype, 16, node_information.qtype, NUMBER, "what is asked for")                             \
	FIELD(L, unused, 10, node_information.unused, RESERVED, "zero")                                      \
	FIELD(L, global_scope, 1, node_information.global_scope, OPTIONAL, "of global scope are wanted")     \
	FIELD(L, site_local, 1, node_information.site_local, OPTIONAL, "site-local ones are wanted")         \
	FIELD(L, link_local, 1, node_information.link_local, OPTIONAL, "link-local ones are wanted")         \
	FIELD(L, compatible, 1, node_information.compatible, OPTIONAL, "IPv4 in IPv6 ones are wanted")       \
	FIELD(L, all, 1, node_information.all, OPTIONAL, "of all interfaces, not only of the subject's")     \
	FIELD(L, truncated, 1, node_information.truncated, OPTIONAL, "there were more than had room")        \
	FIELD(L, nonce, 64, node_information.nonce, HEX, "tells the queries apart; the reply repeats it")
MESSAGE_LAYOUT(node_information, 16, NODE_INFORMATION_FIELDS)

enum qtype {
	QTYPE_NOOP = 0,
	QTYPE_NODE_NAME = 2,
	QTYPE_NODE_ADDRESSES = 3,
	QTYPE_IPV4_ADDRESSES = 4,
};

enum subject {
	SUBJECT_IPV6 = 0,
	SUBJECT_NAME = 1,
	SUBJECT_IPV4 = 2,
};

static const struct icmpkit_code query_codes[] = {
	[SUBJECT_IPV6] = {"subject is an IPv6 address", "RFC 4620"},
	[SUBJECT_NAME] = {"subject is a name or nothing", "RFC 4620"},
	[SUBJECT_IPV4] = {"subject is an IPv4 address", "RFC 4620"},
};

static const struct icmpkit_code reply_codes[] = {
	[0] = {"successful reply", "RFC 4620"},
	[1] = {"answer refused", "RFC 4620"},
	[2] = {"qtype unknown to the responder", "RFC 4620"},
};

#define NAMES_FIELDS(FIELD, L) FIELD(L, ttl, 32, NUMBER, "zero; seconds in older implementations")
RECORD_LAYOUT(names, 4, NAMES_FIELDS)

#define SUBJECT6_FIELDS(FIELD, L) FIELD(L, address, 128, ADDRESS, "of the node that is asked")
RECORD_LAYOUT(subject6, 16, SUBJECT6_FIELDS)

#define SUBJECT4_FIELDS(FIELD, L) FIELD(L, address, 32, ADDRESS, "of the node that is asked")
RECORD_LAYOUT(subject4, 4, SUBJECT4_FIELDS)

#define ADDRESS6_FIELDS(FIELD, L)                                                                            \
	FIELD(L, ttl, 32, NUMBER, "zero")                                                                    \
	FIELD(L, address, 128, ADDRESS, "one of the responder's")
RECORD_LAYOUT(address6, 20, ADDRESS6_FIELDS)

#define ADDRESS4_FIELDS(FIELD, L)                                                                            \
	FIELD(L, ttl, 32, NUMBER, "zero")                                                                    \
	FIELD(L, address, 32, ADDRESS, "one of the responder's")
RECORD_LAYOUT(address4, 8, ADDRESS4_FIELDS)

static const struct icmpkit_record subject6 = {.name = "subject", .rfc = "RFC 4620 4", RECORD_OF(subject6)};
static const struct icmpkit_record subject4 = {.name = "subject", .rfc = "RFC 4620 4", RECORD_OF(subject4)};
static const struct icmpkit_record subject_name = {
	.name = "subject", .rfc = "RFC 4620 4", .rest = REST_DNS_NAMES, .rest_name = "names"};
static const struct icmpkit_record names = {.name = "node names", .rfc = "RFC 4620 6.2", RECORD_OF(names)};
static const struct icmpkit_record node_name = {
	.name = "node", .rfc = "RFC 4620 6.2", .rest = REST_DNS_NAMES, .rest_name = "names"};
static const struct icmpkit_record address6 = {
	.name = "IPv6 address", .rfc = "RFC 4620 6.3", RECORD_OF(address6)};
static const struct icmpkit_record address4 = {
	.name = "IPv4 address", .rfc = "RFC 4620 6.4", RECORD_OF(address4)};
static const struct icmpkit_record other_data = {
	.name = "data", .rfc = "RFC 4620 4", .rest = REST_BYTES, .rest_name = "bytes"};

#define LABEL_MAX 63
#define POINTER_MARK 0xc0U

/* A name being written out in full, from @data. */
struct name_reader {
	struct icmpkit_bytes data;
	size_t at;
	size_t below; /* a pointer must lead to before here, so that every one leads further back */
	uint8_t *name;
	size_t len;
};

/* RFC 1035 4.1.4: two bytes say where the name goes on. */
static bool follow_pointer(struct name_reader *reader)
{
	size_t target;

	if (reader->data.len - reader->at < 2)
		return false;
	target = (size_t)(reader->data.data[reader->at] & ~POINTER_MARK) << 8 |
		 reader->data.data[reader->at + 1];
	if (target >= reader->below)
		return false;
	reader->at = target;
	reader->below = target;
	return true;
}

static bool copy_label(struct name_reader *reader, size_t len)
{
	if (len > LABEL_MAX || len >= reader->data.len - reader->at ||
	    reader->len + len + 2 > RECORD_SCRATCH_MAX)
		return false;
	memcpy(reader->name + reader->len, reader->data.data + reader->at, len + 1);
	reader->len += len + 1;
	reader->at += len + 1;
	return true;
}

/* Writes the name at @walk->rest to @walk->scratch, without pointers, and steps behind it. RFC 4620 6.2:
 * offsets count from the start of the data; a name of one label ends in two zeros. */
static bool take_name(struct icmpkit_record_walk *walk, struct icmpkit_bytes *out)
{
	struct icmpkit_bytes data = walk->msg->payload;
	size_t start = data.len - walk->rest.len;
	struct name_reader reader = {data, start, start, walk->scratch, 0};
	size_t end = 0;
	size_t label_count = 0;

	while (reader.at < data.len && data.data[reader.at] != 0) {
		size_t len = data.data[reader.at];
		size_t behind_pointer = reader.at + 2;

		if (len < POINTER_MARK) {
			if (!copy_label(&reader, len))
				return false;
			label_count++;
			continue;
		}
		if (!follow_pointer(&reader))
			return false;
		end = end == 0 ? behind_pointer : end;
	}
	if (label_count == 0 || reader.at >= data.len)
		return false;
	walk->scratch[reader.len++] = 0;
	if (end == 0)
		end = reader.at + 1;
	if (label_count == 1 && end < data.len && data.data[end] == 0)
		end++;
	(void)walk_take(walk, end - start);
	*out = (struct icmpkit_bytes){walk->scratch, reader.len};
	return true;
}

static bool give_name(struct icmpkit_record_walk *walk, const struct icmpkit_record *record,
		      struct icmpkit_found_record *out)
{
	*out = (struct icmpkit_found_record){record, RECORD_UNNUMBERED, {0}};
	if (take_name(walk, &out->bytes))
		return true;
	walk->malformed = true;
	return false;
}

static bool next_subject(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	bool is_subject = walk->position == 0 && walk->msg->node_information.qtype != QTYPE_NOOP;

	if (walk_is_over(walk))
		return false;
	switch (is_subject ? walk->msg->code : UINT8_MAX) {
	case SUBJECT_IPV6:
		return walk_give(walk, &subject6, subject6.fixed_bytes, out);
	case SUBJECT_NAME:
		return give_name(walk, &subject_name, out);
	case SUBJECT_IPV4:
		return walk_give(walk, &subject4, subject4.fixed_bytes, out);
	default:
		return walk_give(walk, &other_data, walk->rest.len, out);
	}
}

static bool next_answer(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	if (walk_is_over(walk))
		return false;
	switch (walk->msg->code == 0 ? walk->msg->node_information.qtype : QTYPE_NOOP) {
	case QTYPE_NODE_NAME:
		if (walk->position == 0)
			return walk_give(walk, &names, names.fixed_bytes, out);
		return give_name(walk, &node_name, out);
	case QTYPE_NODE_ADDRESSES:
		return walk_give(walk, &address6, address6.fixed_bytes, out);
	case QTYPE_IPV4_ADDRESSES:
		return walk_give(walk, &address4, address4.fixed_bytes, out);
	default:
		return walk_give(walk, &other_data, walk->rest.len, out);
	}
}

static const char *variant_of(const struct icmpkit_message *msg)
{
	switch (msg->node_information.qtype) {
	case QTYPE_NOOP:
		return "no operation";
	case QTYPE_NODE_NAME:
		return "node name";
	case QTYPE_NODE_ADDRESSES:
		return "node addresses";
	case QTYPE_IPV4_ADDRESSES:
		return "IPv4 addresses";
	default:
		return NULL;
	}
}

const struct icmpkit_message_description icmpkit_v6_node_information_query = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_NODE_INFORMATION_QUERY,
	.kind = ICMPKIT_KIND_NODE_INFORMATION_QUERY,
	.name = "node information query",
	.rfc = "RFC 4620 4",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_subject,
	.variant = variant_of,
	CODES_OF(query_codes),
	LAYOUT_OF(node_information),
};

const struct icmpkit_message_description icmpkit_v6_node_information_reply = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_NODE_INFORMATION_REPLY,
	.kind = ICMPKIT_KIND_NODE_INFORMATION_REPLY,
	.name = "node information reply",
	.rfc = "RFC 4620 4",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_answer,
	.variant = variant_of,
	CODES_OF(reply_codes),
	LAYOUT_OF(node_information),
};
