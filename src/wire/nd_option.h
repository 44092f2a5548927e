/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * nd_option.h - Neighbour discovery options (RFC 4861 4.6): walking them, and how each is shown. One file or
 * table row an option, one line in a list.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |    Length     |              ...              |   Length counts 8-byte units
 * +---------------+---------------+-------------------------------+
 */
#ifndef WIRE_ND_OPTION_H
#define WIRE_ND_OPTION_H

#include <icmpkit/base.h>
#include <icmpkit/text.h>

#include "wire/record.h"

/** @body: behind type and length. */
struct icmpkit_nd_option {
	uint8_t type;
	uint8_t length_units;
	struct icmpkit_bytes body;
};

struct icmpkit_nd_option_reader {
	struct icmpkit_bytes rest;
	bool malformed; /* a length of 0 or past the end; what came before it was read */
};

void icmpkit_nd_option_reader_init(struct icmpkit_nd_option_reader *reader, struct icmpkit_bytes options);
bool icmpkit_nd_option_next(struct icmpkit_nd_option_reader *reader, struct icmpkit_nd_option *out);

/** How the body of an option is laid out; NULL for a type that we do not know. */
const struct icmpkit_record *icmpkit_nd_option_record(uint8_t type);

/** The datagram inside the first redirected header option (RFC 4861 4.6.3); empty where there is none. */
struct icmpkit_bytes icmpkit_nd_redirected_header(struct icmpkit_bytes options);

/** Most options that text and JSON show of one message, and behind how many bytes of them no further one is
 * shown; the others are counted. A stranger's bytes take up to six characters each. */
#define ND_OPTIONS_SHOWN_MAX 32
#define ND_OPTIONS_SHOWN_MAX_BYTES 4096

/** The options in words, a comma before each. */
void icmpkit_nd_options_text(struct icmpkit_bytes options, struct icmpkit_text *text);
/** The array "options", and beside it "options_malformed". */
void icmpkit_nd_options_json(struct icmpkit_bytes options, struct icmpkit_json *json);

#endif
