/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * text.h - Text and JSON into a buffer of fixed size, without stdio, locale or allocation.
 *
 * A writer never runs over: what does not fit is left out and @truncated is set, and stays set. The buffer
 * always ends in a zero byte. Ask once, at the end.
 */
#ifndef ICMPKIT_TEXT_H
#define ICMPKIT_TEXT_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>

struct icmpkit_text {
	char *buf;
	size_t cap; /* bytes, the terminating zero included; at least 1 */
	size_t len; /* bytes written, the terminating zero not counted */
	bool truncated;
};

ICMPKIT_API void icmpkit_text_init(struct icmpkit_text *text, char *buf, size_t cap);
ICMPKIT_API void icmpkit_text_put(struct icmpkit_text *text, const char *string);
ICMPKIT_API void icmpkit_text_put_char(struct icmpkit_text *text, char c);
ICMPKIT_API void icmpkit_text_put_bytes(struct icmpkit_text *text, const char *data, size_t len);
ICMPKIT_API void icmpkit_text_put_unsigned(struct icmpkit_text *text, uint64_t value);
ICMPKIT_API void icmpkit_text_put_signed(struct icmpkit_text *text, int64_t value);
/** @digits: at least so many hexadecimal digits, with leading zeros; no "0x". */
ICMPKIT_API void icmpkit_text_put_hex(struct icmpkit_text *text, uint64_t value, unsigned int digits);
/** Two hexadecimal digits a byte. */
ICMPKIT_API void icmpkit_text_put_hex_bytes(struct icmpkit_text *text, struct icmpkit_bytes bytes);
ICMPKIT_API void icmpkit_text_put_address(struct icmpkit_text *text, const struct icmpkit_address *address);
/** "12.345": milliseconds with @decimals (0 to 6) digits behind the point, rounded half away from zero. */
ICMPKIT_API void icmpkit_text_put_ms(struct icmpkit_text *text, int64_t duration_ns, unsigned int decimals);
/** @value scaled by 10^@decimals as a decimal number: 12345 with 2 decimals is "123.45". */
ICMPKIT_API void icmpkit_text_put_fixed(struct icmpkit_text *text, int64_t value, unsigned int decimals);
/** Spaces until the line that began at @line_start (an earlier @len) is @column bytes long. */
ICMPKIT_API void icmpkit_text_pad_to(struct icmpkit_text *text, size_t line_start, size_t column);
/**
 * Bytes from a stranger: printable ASCII and well-formed UTF-8 without control characters as they are, all
 * else (C0, DEL, C1, bidirectional overrides, broken UTF-8) as \xNN, a backslash as two.
 */
ICMPKIT_API void icmpkit_text_put_escaped(struct icmpkit_text *text, struct icmpkit_bytes bytes);

/** struct icmpkit_json - Writes JSON (RFC 8259) into a text; puts the commas itself. */
struct icmpkit_json {
	struct icmpkit_text *text;
	uint64_t has_member; /* a bit a nesting level: something was written there already */
	unsigned int depth;  /* at most 63 */
};

ICMPKIT_API void icmpkit_json_init(struct icmpkit_json *json, struct icmpkit_text *text);
/* @key is NULL inside an array and at the top. Keys are ours and need no escaping. */
ICMPKIT_API void icmpkit_json_object(struct icmpkit_json *json, const char *key);
ICMPKIT_API void icmpkit_json_end_object(struct icmpkit_json *json);
ICMPKIT_API void icmpkit_json_array(struct icmpkit_json *json, const char *key);
ICMPKIT_API void icmpkit_json_end_array(struct icmpkit_json *json);
/** Escaped as RFC 8259 7 demands, and what icmpkit_text_put_escaped() escapes as \uNNNN; bytes that are not
 * UTF-8 become U+FFFD. NULL writes null. */
ICMPKIT_API void icmpkit_json_string(struct icmpkit_json *json, const char *key, const char *value);
ICMPKIT_API void icmpkit_json_string_bytes(struct icmpkit_json *json, const char *key,
					   struct icmpkit_bytes value);
ICMPKIT_API void icmpkit_json_unsigned(struct icmpkit_json *json, const char *key, uint64_t value);
ICMPKIT_API void icmpkit_json_signed(struct icmpkit_json *json, const char *key, int64_t value);
/** @value scaled by 10^@decimals: 12345 with 2 decimals is 123.45. */
ICMPKIT_API void icmpkit_json_fixed(struct icmpkit_json *json, const char *key, int64_t value,
				    unsigned int decimals);
ICMPKIT_API void icmpkit_json_bool(struct icmpkit_json *json, const char *key, bool value);
ICMPKIT_API void icmpkit_json_null(struct icmpkit_json *json, const char *key);
/** A string, or null for ICMPKIT_FAMILY_NONE. */
ICMPKIT_API void icmpkit_json_address(struct icmpkit_json *json, const char *key,
				      const struct icmpkit_address *value);
/** A number, or null for ICMPKIT_NEVER_NS. */
ICMPKIT_API void icmpkit_json_ns(struct icmpkit_json *json, const char *key, int64_t value_ns);
/** Hexadecimal digits as a string. */
ICMPKIT_API void icmpkit_json_hex(struct icmpkit_json *json, const char *key, struct icmpkit_bytes value);

#endif
