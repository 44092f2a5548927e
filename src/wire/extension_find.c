/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where in an error the RFC 4884 structure is. Most routers that send one leave the length field zero, as
 * before RFC 4884 (its 5.5), and some put nonsense there; the checksum of the structure tells which place is
 * the right one.
 */
#include "wire/extension_find.h"

#include <icmpkit/checksum.h>
#include <icmpkit/extension.h>

#define STRUCTURE_HEADER_BYTES 4
#define STRUCTURE_VERSION 2
/* RFC 4884 3: the quote in front of a structure is padded to at least so much. */
#define QUOTE_MIN_BYTES 128

enum proof {
	PROOF_NONE,    /* no structure here */
	PROOF_VERSION, /* the version is right, the checksum is not */
	PROOF_TILES,   /* the sender computed no checksum, but the objects fill the rest exactly */
	PROOF_CHECKSUM,
};

static struct icmpkit_bytes structure_at(struct icmpkit_bytes payload, size_t at)
{
	if (at > payload.len || payload.len - at < STRUCTURE_HEADER_BYTES)
		return (struct icmpkit_bytes){0};
	return (struct icmpkit_bytes){payload.data + at, payload.len - at};
}

/* At least one object, and no byte left over. */
static bool objects_tile(struct icmpkit_bytes structure)
{
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;
	bool any = false;

	icmpkit_extension_reader_init(&reader, structure);
	while (icmpkit_extension_next(&reader, &object))
		any = true;
	return any && !reader.malformed;
}

static enum proof prove(struct icmpkit_bytes payload, size_t at)
{
	struct icmpkit_bytes structure = structure_at(payload, at);

	if (structure.len == 0 || structure.data[0] >> 4 != STRUCTURE_VERSION)
		return PROOF_NONE;
	if (icmpkit_checksum(structure) == 0)
		return PROOF_CHECKSUM;
	/* RFC 4884 7.1: zero means that none was transmitted. */
	if (structure.data[2] == 0 && structure.data[3] == 0 && objects_tile(structure))
		return PROOF_TILES;
	return PROOF_VERSION;
}

static void cut(struct icmpkit_message *msg, size_t at, enum icmpkit_extension_status status)
{
	msg->quote = (struct icmpkit_bytes){msg->payload.data, at};
	msg->extensions = structure_at(msg->payload, at);
	msg->extension_status = status;
}

/* Cuts there if what stands there is a structure. */
static bool accept(struct icmpkit_message *msg, size_t at, enum icmpkit_extension_status status)
{
	enum proof proof = prove(msg->payload, at);

	if (proof != PROOF_CHECKSUM && proof != PROOF_TILES)
		return false;
	cut(msg, at, proof == PROOF_TILES ? ICMPKIT_EXTENSION_UNVERIFIED : status);
	return true;
}

void icmpkit_extension_find(struct icmpkit_message *msg, size_t announced_len)
{
	bool is_long = announced_len >= QUOTE_MIN_BYTES;

	if (is_long && accept(msg, announced_len, ICMPKIT_EXTENSION_COMPLIANT))
		return;
	if (accept(msg, QUOTE_MIN_BYTES,
		   announced_len == 0 ? ICMPKIT_EXTENSION_LEGACY : ICMPKIT_EXTENSION_LENGTH_WRONG))
		return;
	if (!is_long && announced_len > 0 && accept(msg, announced_len, ICMPKIT_EXTENSION_LENGTH_SHORT))
		return;
	/* Only a sender that announces a structure is told that its checksum is wrong: at 128 bytes of a long
	 * quote may stand anything. */
	if (is_long && prove(msg->payload, announced_len) == PROOF_VERSION)
		cut(msg, announced_len, ICMPKIT_EXTENSION_BAD_CHECKSUM);
}
