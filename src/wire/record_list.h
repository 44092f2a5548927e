/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * record_list.h - The records behind the fixed part of a message, found one after the other and shown by
 * their layouts. A message type has only to say where the next one is and what it is.
 */
#ifndef WIRE_RECORD_LIST_H
#define WIRE_RECORD_LIST_H

#include <icmpkit/message.h>

#include "wire/record.h"

/** Room for a DNS name as it is on the wire (RFC 1035 3.1). */
#define RECORD_SCRATCH_MAX 256

struct icmpkit_record_walk {
	const struct icmpkit_message *msg;
	struct icmpkit_bytes rest; /* not walked yet */
	size_t position;	   /* how many records came before */
	size_t counted;		   /* the function's own: records of those that the message counts */
	size_t pending;		   /* the function's own: what is still to come of a record in parts */
	bool malformed;		   /* a count or a length says more than there is, or what cannot be */
	uint8_t scratch[RECORD_SCRATCH_MAX]; /* for a record that does not stand in one piece */
};

/** A record that has no number among its kind. */
#define RECORD_UNNUMBERED (-1)

struct icmpkit_found_record {
	const struct icmpkit_record *record; /* NULL: of a type that we do not know */
	int type;
	struct icmpkit_bytes bytes;
};

/** Finds the next record; false behind the last, or where the walk cannot go on and @walk->malformed says so.
 */
typedef bool icmpkit_next_record(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out);

/** Most records that text and JSON show of one message, and the bytes of either behind which no further one
 * begins; the others are counted. */
#define RECORDS_SHOWN_MAX 16
#define RECORDS_TEXT_MAX 8192
#define RECORDS_JSON_MAX 16384

/** The records in words, a comma before each. */
void icmpkit_record_list_text(const struct icmpkit_message *msg, icmpkit_next_record *next,
			      struct icmpkit_text *text);
/** The array "records", and beside it "records_malformed". */
void icmpkit_record_list_json(const struct icmpkit_message *msg, icmpkit_next_record *next,
			      struct icmpkit_json *json);

/* The next @len bytes; fewer, and the walk is malformed, where there are not so many. */
static inline struct icmpkit_bytes walk_take(struct icmpkit_record_walk *walk, size_t len)
{
	struct icmpkit_bytes taken = walk->rest;

	if (len > walk->rest.len) {
		walk->malformed = true;
		walk->rest.len = 0;
		return taken;
	}
	taken.len = len;
	if (len > 0)
		walk->rest.data += len;
	walk->rest.len -= len;
	return taken;
}

/* Nothing more to find: at the end, or behind what was malformed. */
static inline bool walk_is_over(const struct icmpkit_record_walk *walk)
{
	return walk->malformed || walk->rest.len == 0;
}

/* A record of @len bytes without a number. */
static inline bool walk_give(struct icmpkit_record_walk *walk, const struct icmpkit_record *record,
			     size_t len, struct icmpkit_found_record *out)
{
	*out = (struct icmpkit_found_record){record, RECORD_UNNUMBERED, walk_take(walk, len)};
	return true;
}

#endif
