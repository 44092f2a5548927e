/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON (RFC 8259) into a text, one value after the other. */
#include <icmpkit/text.h>

#include <string.h>

#include "base/utf8.h"

#define DEPTH_MAX 63

void icmpkit_json_init(struct icmpkit_json *json, struct icmpkit_text *text)
{
	*json = (struct icmpkit_json){.text = text};
}

/* The comma that is due before a member, and its key. */
static void begin_member(struct icmpkit_json *json, const char *key)
{
	uint64_t level = UINT64_C(1) << json->depth;

	if (json->has_member & level)
		icmpkit_text_put_char(json->text, ',');
	json->has_member |= level;
	if (key != NULL) {
		icmpkit_text_put_char(json->text, '"');
		icmpkit_text_put(json->text, key);
		icmpkit_text_put(json->text, "\":");
	}
}

static void begin_level(struct icmpkit_json *json, const char *key, char bracket)
{
	begin_member(json, key);
	icmpkit_text_put_char(json->text, bracket);
	if (json->depth < DEPTH_MAX)
		json->depth++;
	json->has_member &= ~(UINT64_C(1) << json->depth);
}

static void end_level(struct icmpkit_json *json, char bracket)
{
	icmpkit_text_put_char(json->text, bracket);
	if (json->depth > 0)
		json->depth--;
	/* Back at the top, the next value is a document of its own. */
	if (json->depth == 0)
		json->has_member = 0;
}

void icmpkit_json_object(struct icmpkit_json *json, const char *key)
{
	begin_level(json, key, '{');
}

void icmpkit_json_end_object(struct icmpkit_json *json)
{
	end_level(json, '}');
}

void icmpkit_json_array(struct icmpkit_json *json, const char *key)
{
	begin_level(json, key, '[');
}

void icmpkit_json_end_array(struct icmpkit_json *json)
{
	end_level(json, ']');
}

static void put_unit(struct icmpkit_text *text, uint32_t unit)
{
	icmpkit_text_put(text, "\\u");
	icmpkit_text_put_hex(text, unit, 4);
}

/* RFC 8259 7: beyond the basic plane two units stand for a character. */
static void put_escaped(struct icmpkit_text *text, uint32_t code)
{
	if (code < 0x10000) {
		put_unit(text, code);
		return;
	}
	put_unit(text, 0xd800 + ((code - 0x10000) >> 10));
	put_unit(text, 0xdc00 + ((code - 0x10000) & 0x3ff));
}

/* RFC 8259 7: quotation mark, reverse solidus and controls must be escaped; whatever else could do harm on a
 * terminal we escape too, since people read JSON there. */
static void put_character(struct icmpkit_text *text, uint32_t code, struct icmpkit_bytes utf8)
{
	if (code == '"' || code == '\\') {
		icmpkit_text_put_char(text, '\\');
		icmpkit_text_put_char(text, (char)code);
	} else if (!icmpkit_utf8_is_harmless(code)) {
		put_escaped(text, code);
	} else {
		icmpkit_text_put_bytes(text, (const char *)utf8.data, utf8.len);
	}
}

void icmpkit_json_string_bytes(struct icmpkit_json *json, const char *key, struct icmpkit_bytes value)
{
	begin_member(json, key);
	icmpkit_text_put_char(json->text, '"');
	while (value.len > 0) {
		uint32_t code = 0;
		size_t len = icmpkit_utf8_next(value, &code);

		if (len > 0)
			put_character(json->text, code, (struct icmpkit_bytes){value.data, len});
		else
			icmpkit_text_put(json->text, "\\ufffd");
		len += len == 0;
		value.data += len;
		value.len -= len;
	}
	icmpkit_text_put_char(json->text, '"');
}

void icmpkit_json_string(struct icmpkit_json *json, const char *key, const char *value)
{
	if (value == NULL) {
		icmpkit_json_null(json, key);
		return;
	}
	icmpkit_json_string_bytes(json, key, (struct icmpkit_bytes){(const uint8_t *)value, strlen(value)});
}

void icmpkit_json_unsigned(struct icmpkit_json *json, const char *key, uint64_t value)
{
	begin_member(json, key);
	icmpkit_text_put_unsigned(json->text, value);
}

void icmpkit_json_signed(struct icmpkit_json *json, const char *key, int64_t value)
{
	begin_member(json, key);
	icmpkit_text_put_signed(json->text, value);
}

void icmpkit_json_fixed(struct icmpkit_json *json, const char *key, int64_t value, unsigned int decimals)
{
	begin_member(json, key);
	icmpkit_text_put_fixed(json->text, value, decimals);
}

void icmpkit_json_bool(struct icmpkit_json *json, const char *key, bool value)
{
	begin_member(json, key);
	icmpkit_text_put(json->text, value ? "true" : "false");
}

void icmpkit_json_null(struct icmpkit_json *json, const char *key)
{
	begin_member(json, key);
	icmpkit_text_put(json->text, "null");
}

void icmpkit_json_address(struct icmpkit_json *json, const char *key, const struct icmpkit_address *value)
{
	char buf[ICMPKIT_ADDRESS_TEXT_MAX];

	icmpkit_json_string(json, key,
			    value->family == ICMPKIT_FAMILY_NONE ? NULL : icmpkit_address_format(value, buf));
}

void icmpkit_json_ns(struct icmpkit_json *json, const char *key, int64_t value_ns)
{
	if (value_ns == ICMPKIT_NEVER_NS)
		icmpkit_json_null(json, key);
	else
		icmpkit_json_signed(json, key, value_ns);
}

void icmpkit_json_hex(struct icmpkit_json *json, const char *key, struct icmpkit_bytes value)
{
	begin_member(json, key);
	icmpkit_text_put_char(json->text, '"');
	icmpkit_text_put_hex_bytes(json->text, value);
	icmpkit_text_put_char(json->text, '"');
}
