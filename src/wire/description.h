/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * description.h - How a message type is described: once, as a list of fields, from which the decoder, the
 * encoder, the text and the JSON come.
 *
 * The fields of a type, from behind the checksum to the end of the fixed part, are a list of this form:
 *
 *	#define ECHO_FIELDS(FIELD, L)                                                         \
 *		FIELD(L, identifier, 16, echo.identifier, NUMBER, "tells senders apart")      \
 *		FIELD(L, sequence, 16, echo.sequence, NUMBER, "tells requests apart")
 *	MESSAGE_LAYOUT(echo, 8, ECHO_FIELDS)
 *
 * L names the layout; then come the RFC's name of the field in snake case (it is the key in JSON), its width
 * in bits, the member of struct icmpkit_message that holds it, how it is shown, and what it means. Unused and
 * reserved bits are fields too, so that nothing is lost. Offsets follow from the widths; the build fails when
 * the widths do not fill the fixed part.
 */
#ifndef WIRE_DESCRIPTION_H
#define WIRE_DESCRIPTION_H

#include <icmpkit/message.h>

/** Type, code and checksum, which every message begins with. */
#define MESSAGE_HEADER_BYTES 4
/** No fixed part may be longer. */
#define MESSAGE_FIXED_MAX 64

/** How a field is shown. */
enum icmpkit_field_format {
	FORMAT_NUMBER,
	FORMAT_OPTIONAL, /* a number; people see it only when it is not zero */
	FORMAT_RESERVED, /* a number that should be zero: shown only when it is not */
	FORMAT_ADDRESS,	 /* 32 bits: IPv4, 128 bits: IPv6 */
	FORMAT_HEX,	 /* bits that are no number: as digits, all of them */
	FORMAT_FLAG,	 /* one bit, a bool: people see its name when it is set */
};

struct icmpkit_field {
	const char *name;
	const char *meaning;
	enum icmpkit_field_format format;
	uint16_t first_bit; /* from the start of the message */
	uint16_t bits;
	uint16_t member_at; /* offset and size of the member of struct icmpkit_message */
	uint16_t member_bytes;
};

struct icmpkit_code {
	const char *name; /* NULL: not assigned */
	const char *rfc;
};

struct icmpkit_record_walk;
struct icmpkit_found_record;

/** What follows the fixed part. */
enum icmpkit_tail {
	TAIL_DATA,
	TAIL_QUOTE, /* the datagram that an error is about, perhaps with an RFC 4884 structure behind it */
	TAIL_ND_OPTIONS,  /* RFC 4861 4.6 */
	TAIL_RECORDS,	  /* as @put_records_text and @put_records_json show it */
	TAIL_RECORD_LIST, /* records that @next_record finds, one after the other */
};

struct icmpkit_message_description {
	enum icmpkit_family family;
	uint8_t type;
	enum icmpkit_kind kind;
	const char *name;
	const char *rfc;
	bool is_error;
	enum icmpkit_tail tail;
	/* RFC 4884: where the length of the quote is and what it counts; @quote_unit_bytes 0: does not apply
	 */
	uint8_t quote_length_at;
	uint8_t quote_unit_bytes;
	const struct icmpkit_code *codes; /* indexed by code */
	size_t code_count;
	/* of TAIL_RECORDS: @msg->payload in words, a comma before each record, and as members of the open
	 * object
	 */
	void (*put_records_text)(const struct icmpkit_message *msg, struct icmpkit_text *text);
	void (*put_records_json)(const struct icmpkit_message *msg, struct icmpkit_json *json);
	/* of TAIL_RECORD_LIST: see "wire/record_list.h" */
	bool (*next_record)(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out);
	/* not NULL: the octet of the code holds no code but a field of this name */
	const char *code_field;
	/* not NULL: which of its forms this message has, by more than its code; gives NULL for none that we
	 * know */
	const char *(*variant)(const struct icmpkit_message *msg);
	/* set by LAYOUT_OF() or NO_FIELDS */
	uint8_t fixed_bytes;
	const struct icmpkit_field *fields;
	size_t field_count;
	void (*decode)(const uint8_t *wire, struct icmpkit_message *out);
	/* false: a value does not fit its field. @wire is all zeros before. */
	bool (*encode)(const struct icmpkit_message *msg, uint8_t *wire);
};

/** The description of a type, NULL for a type we have none of. */
const struct icmpkit_message_description *icmpkit_message_description(enum icmpkit_family family,
								      uint8_t type);

/* Big-endian bit fields of up to 64 bits, not more than eight bytes touched. With constant arguments these
 * come down to a load or a store. */
static inline uint64_t load_bits(const uint8_t *wire, size_t first_bit, size_t bits)
{
	size_t end_bit = first_bit + bits;
	uint64_t value = 0;

	for (size_t i = first_bit / 8; i < (end_bit + 7) / 8; i++)
		value = value << 8 | wire[i];
	value >>= (8 - end_bit % 8) % 8;
	return bits < 64 ? value & ((UINT64_C(1) << bits) - 1) : value;
}

/* False when the value needs more bits; the bits in @wire are zero before. */
static inline bool store_bits(uint8_t *wire, size_t first_bit, size_t bits, uint64_t value)
{
	size_t end_bit = first_bit + bits;

	if (bits < 64 && value >> bits != 0)
		return false;
	value <<= (8 - end_bit % 8) % 8;
	for (size_t i = (end_bit + 7) / 8; i-- > first_bit / 8; value >>= 8)
		wire[i] |= (uint8_t)value;
	return true;
}

static inline struct icmpkit_address load_address(const uint8_t *wire, size_t first_bit, size_t bits)
{
	return icmpkit_address_from_bytes(bits == 32 ? ICMPKIT_IPV4 : ICMPKIT_IPV6, wire + first_bit / 8);
}

static inline bool store_address(uint8_t *wire, size_t first_bit, size_t bits,
				 const struct icmpkit_address *address)
{
	if (icmpkit_address_len(address->family) * 8 != bits)
		return false;
	for (size_t i = 0; i < bits / 8; i++)
		wire[first_bit / 8 + i] = address->bytes[i];
	return true;
}

/* A struct with a char for each bit: offsetof() is the running bit offset, sizeof() the sum of the bits. */
#define LAYOUT_BITS(L, name, bits, member, format, meaning) char name[bits];
#define LAYOUT_FIRST_BIT(L, name) offsetof(struct L##_layout, name)

#define LAYOUT_ROW(L, field, width, member, kind, text)                                                      \
	{                                                                                                    \
		.name = #field,                                                                              \
		.meaning = (text),                                                                           \
		.format = FORMAT_##kind,                                                                     \
		.first_bit = LAYOUT_FIRST_BIT(L, field),                                                     \
		.bits = (width),                                                                             \
		.member_at = offsetof(struct icmpkit_message, member),                                       \
		.member_bytes = sizeof(((struct icmpkit_message *)NULL)->member),                            \
	},

#define LAYOUT_DECODE(L, field, width, member, kind, text) LAYOUT_DECODE_##kind(L, field, width, member)
#define LAYOUT_DECODE_NUMBER(L, field, width, member)                                                        \
	_Static_assert((width) + LAYOUT_FIRST_BIT(L, field) % 8 <= 64, #field " spans more than 8 bytes");   \
	_Static_assert((width) <= 8 * sizeof(out->member), #field " does not fit its member");               \
	out->member = (__typeof__(out->member))load_bits(wire, LAYOUT_FIRST_BIT(L, field), width);
#define LAYOUT_DECODE_OPTIONAL(...) LAYOUT_DECODE_NUMBER(__VA_ARGS__)
#define LAYOUT_DECODE_RESERVED(...) LAYOUT_DECODE_NUMBER(__VA_ARGS__)
#define LAYOUT_DECODE_HEX(...) LAYOUT_DECODE_NUMBER(__VA_ARGS__)
#define LAYOUT_DECODE_FLAG(L, field, width, member)                                                          \
	_Static_assert((width) == 1, #field " is no flag");                                                  \
	LAYOUT_DECODE_NUMBER(L, field, width, member)
#define LAYOUT_DECODE_ADDRESS(L, field, width, member)                                                       \
	_Static_assert((width) == 32 || (width) == 128, #field " is no address");                            \
	out->member = load_address(wire, LAYOUT_FIRST_BIT(L, field), width);

#define LAYOUT_ENCODE(L, field, width, member, kind, text) LAYOUT_ENCODE_##kind(L, field, width, member)
#define LAYOUT_ENCODE_NUMBER(L, field, width, member)                                                        \
	fits = store_bits(wire, LAYOUT_FIRST_BIT(L, field), width, msg->member) && fits;
#define LAYOUT_ENCODE_OPTIONAL(...) LAYOUT_ENCODE_NUMBER(__VA_ARGS__)
#define LAYOUT_ENCODE_RESERVED(...) LAYOUT_ENCODE_NUMBER(__VA_ARGS__)
#define LAYOUT_ENCODE_HEX(...) LAYOUT_ENCODE_NUMBER(__VA_ARGS__)
#define LAYOUT_ENCODE_FLAG(...) LAYOUT_ENCODE_NUMBER(__VA_ARGS__)
#define LAYOUT_ENCODE_ADDRESS(L, field, width, member)                                                       \
	fits = store_address(wire, LAYOUT_FIRST_BIT(L, field), width, &msg->member) && fits;

/** Everything that follows from a list of fields, in static names that begin with @L. */
#define MESSAGE_LAYOUT(L, fixed_len, FIELDS)                                                                 \
	struct L##_layout {                                                                                  \
		char type_code_checksum[8 * MESSAGE_HEADER_BYTES];                                           \
		FIELDS(LAYOUT_BITS, L)                                                                       \
	};                                                                                                   \
	_Static_assert(sizeof(struct L##_layout) == (size_t)8 * (fixed_len),                                 \
		       "the fields do not fill the fixed part");                                             \
	_Static_assert((fixed_len) <= MESSAGE_FIXED_MAX, "the fixed part is too long");                      \
	static const struct icmpkit_field L##_fields[] = {FIELDS(LAYOUT_ROW, L)};                            \
	static void L##_decode(const uint8_t *wire, struct icmpkit_message *out)                             \
	{                                                                                                    \
		FIELDS(LAYOUT_DECODE, L)                                                                     \
	}                                                                                                    \
	static bool L##_encode(const struct icmpkit_message *msg, uint8_t *wire)                             \
	{                                                                                                    \
		bool fits = true;                                                                            \
                                                                                                             \
		FIELDS(LAYOUT_ENCODE, L)                                                                     \
		return fits;                                                                                 \
	}

/** Initialisers of a description: its layout, its table of codes. */
#define LAYOUT_OF(L)                                                                                         \
	.fixed_bytes = sizeof(struct L##_layout) / 8, .fields = L##_fields,                                  \
	.field_count = sizeof(L##_fields) / sizeof(L##_fields[0]), .decode = L##_decode,                     \
	.encode = L##_encode
/** The same for a message that has nothing between the checksum and its tail. */
#define NO_FIELDS                                                                                            \
	.fixed_bytes = MESSAGE_HEADER_BYTES, .decode = icmpkit_decode_nothing,                               \
	.encode = icmpkit_encode_nothing
void icmpkit_decode_nothing(const uint8_t *wire, struct icmpkit_message *out);
bool icmpkit_encode_nothing(const struct icmpkit_message *msg, uint8_t *wire);
#define CODES_OF(table) .codes = (table), .code_count = sizeof(table) / sizeof((table)[0])

#endif
