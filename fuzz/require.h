/* SPDX-License-Identifier: BSD-2-Clause */
/** require.h - What the harnesses demand of every output; a failure is a crash that the fuzzer keeps. */
#ifndef FUZZ_REQUIRE_H
#define FUZZ_REQUIRE_H

#include <stdlib.h>
#include <string.h>

#include <icmpkit/text.h>

static inline void require(bool holds)
{
	if (!holds)
		abort();
}

/* Nothing learned from the network reaches a terminal unescaped: no C0, no DEL, no C1 in UTF-8; and the
 * output fits the room that is promised for it. */
static inline void require_printable(const struct icmpkit_text *text)
{
	require(!text->truncated);
	for (size_t i = 0; i < text->len; i++) {
		uint8_t c = (uint8_t)text->buf[i];

		require(c >= 0x20 && c != 0x7f);
		require(c != 0xc2 || ((uint8_t)text->buf[i + 1] & 0xe0) != 0x80);
	}
}

/* Moves behind one JSON string; @p stands at its quotation mark. */
static inline const char *json_string_end(const char *p)
{
	for (p++; *p != '"'; p++) {
		require(*p != '\0');
		if (*p == '\\') {
			p++;
			require(*p != '\0' && strchr("\"\\/bfnrtu", *p) != NULL);
		}
	}
	return p + 1;
}

/* Moves behind a number, true, false or null. */
static inline const char *json_word_end(const char *p)
{
	size_t len = strspn(p, "-0123456789.eE+");

	if (len == 0 && strncmp(p, "true", 4) == 0)
		len = 4;
	else if (len == 0 && strncmp(p, "false", 5) == 0)
		len = 5;
	else if (len == 0 && strncmp(p, "null", 4) == 0)
		len = 4;
	require(len > 0);
	return p + len;
}

/* What may stand next. */
enum json_state { JSON_VALUE, JSON_VALUE_OR_END, JSON_KEY, JSON_KEY_OR_END, JSON_AFTER };

#define JSON_DEPTH_MAX 32

/* Is @p one well-formed JSON value (RFC 8259) without blanks? Brackets are kept on a stack of our own. */
static inline void require_json(const char *p)
{
	char stack[JSON_DEPTH_MAX];
	size_t depth = 0;
	enum json_state state = JSON_VALUE;

	while (*p != '\0') {
		bool in_object = depth > 0 && stack[depth - 1] == '}';

		if ((state == JSON_VALUE || state == JSON_VALUE_OR_END) && (*p == '{' || *p == '[')) {
			require(depth < JSON_DEPTH_MAX);
			stack[depth++] = *p == '{' ? '}' : ']';
			state = *p++ == '{' ? JSON_KEY_OR_END : JSON_VALUE_OR_END;
		} else if (depth > 0 && *p == stack[depth - 1] && state != JSON_VALUE && state != JSON_KEY) {
			depth--;
			p++;
			state = JSON_AFTER;
		} else if (state == JSON_KEY || state == JSON_KEY_OR_END) {
			require(*p == '"');
			p = json_string_end(p);
			require(*p++ == ':');
			state = JSON_VALUE;
		} else if (state == JSON_AFTER) {
			require(depth > 0 && *p++ == ',');
			state = in_object ? JSON_KEY : JSON_VALUE;
		} else {
			p = *p == '"' ? json_string_end(p) : json_word_end(p);
			state = JSON_AFTER;
		}
	}
	require(depth == 0 && state == JSON_AFTER);
}

#endif
