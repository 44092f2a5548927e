/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * record.h - Parts of a message behind its fixed part that have a layout of their own: options, group
 *records, entries of a list. Each is described once, as a list of fields, from which text and JSON come.
 *
 *	#define MTU_FIELDS(FIELD, L)                               \
 *		FIELD(L, reserved, 16, RESERVED, "zero")           \
 *		FIELD(L, mtu, 32, NUMBER, "that all on the link use")
 *	RECORD_LAYOUT(mtu, 6, MTU_FIELDS)
 *
 * As for messages the fields cover every bit of the fixed part, and the build fails when they do not. Nothing
 *is copied: fields are read from the bytes when they are shown.
 */
#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

#include <stddef.h>

#include <icmpkit/text.h>

enum icmpkit_record_format {
	RECORD_NUMBER,
	RECORD_OPTIONAL, /* a number; people see it only when it is not zero */
	RECORD_RESERVED, /* a number that should be zero: shown only when it is not */
	RECORD_FLAG,	 /* one bit: people see its name when it is set */
	RECORD_HEX,	 /* whole bytes, as digits */
	RECORD_ADDRESS,	 /* 32 bits: IPv4, 128 bits: IPv6; on a byte */
	RECORD_PREFIX,	 /* whole bytes, at most 16: the beginning of an IPv6 address, the others are zero */
	RECORD_PREFIX_LENGTH, /* a number: so many bits of REST_PREFIX count; people see it behind the prefix
			       */
	RECORD_PAD_LENGTH,    /* a number: so many bytes at the end of the rest are padding */
};

struct icmpkit_record_field {
	const char *name; /* the RFC's, in snake case: the key in JSON */
	const char *meaning;
	enum icmpkit_record_format format;
	uint16_t first_bit;
	uint16_t bits;
};

/** What stands behind the fixed part of a record. */
enum icmpkit_record_rest {
	REST_NOTHING, /* or padding that says nothing */
	REST_BYTES,
	REST_COUNTED,		 /* bytes that are shown elsewhere: only how many */
	REST_LINK_LAYER_ADDRESS, /* six bytes as people write an Ethernet address, others as digits */
	REST_IPV4_ADDRESSES,
	REST_IPV6_ADDRESSES,
	REST_TEXT,	/* UTF-8, ended by zero bytes or the end */
	REST_DNS_NAMES, /* RFC 1035 3.1, uncompressed, one behind the other; zero bytes are padding */
	REST_PREFIX,	/* the beginning of an IPv6 address, as many bytes as there are */
};

/** @rest_name: the key in JSON of what stands behind the fixed part. */
struct icmpkit_record {
	const char *name;
	const char *rfc;
	enum icmpkit_record_rest rest;
	const char *rest_name;
	const struct icmpkit_record_field *fields;
	size_t field_count;
	size_t fixed_bytes;
};

/** Most bytes, addresses or names that are shown of the rest; the others are counted. */
#define RECORD_BYTES_SHOWN_MAX 64
#define RECORD_ITEMS_SHOWN_MAX 16

/** "name" and its fields in words, without the name of one that bears the record's own; fields that the bytes
 * do not reach are left out, and "(cut)" says so. A rest with something behind its last item, or a prefix
 * shorter than its length, is "(malformed)". */
void icmpkit_record_text(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			 struct icmpkit_text *text);
/** The fields as members of the object that the caller opened; with "truncated": true where the bytes end
 * early, and "malformed": true. */
void icmpkit_record_json(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			 struct icmpkit_json *json);

#define RECORD_BITS(L, name, bits, format, meaning) char name[bits];
#define RECORD_ROW(L, field, width, kind, text)                                                              \
	{                                                                                                    \
		.name = #field,                                                                              \
		.meaning = (text),                                                                           \
		.format = RECORD_##kind,                                                                     \
		.first_bit = offsetof(struct L##_record, field),                                             \
		.bits = (width),                                                                             \
	},

/** The fields of a record, in a static array whose name begins with @L. */
#define RECORD_LAYOUT(L, fixed_len, FIELDS)                                                                  \
	struct L##_record {                                                                                  \
		FIELDS(RECORD_BITS, L)                                                                       \
	};                                                                                                   \
	_Static_assert(sizeof(struct L##_record) == (size_t)8 * (fixed_len),                                 \
		       "the fields do not fill the fixed part");                                             \
	static const struct icmpkit_record_field L##_record_fields[] = {FIELDS(RECORD_ROW, L)};

/** Initialisers of a record: its layout. */
#define RECORD_OF(L)                                                                                         \
	.fields = L##_record_fields,                                                                         \
	.field_count = sizeof(L##_record_fields) / sizeof(L##_record_fields[0]),                             \
	.fixed_bytes = sizeof(struct L##_record) / 8

#endif
