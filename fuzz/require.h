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
	static const char *const words[] = {"true", "false", "null"};
	size_t len = strspn(p, "-0123456789.eE+");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (len == 0 && strncmp(p, words[i], strlen(words[i])) == 0)
			len = strlen(words[i]);
	}
	require(len > 0);
	return p + len;
}

/* What may stand next. */
enum json_state { JSON_VALUE, JSON_VALUE_OR_END, JSON_KEY, JSON_KEY_OR_END, JSON_AFTER };

#define JSON_DEPTH_MAX 32

/* How far a value has been read; the brackets still open are kept on a stack of our own. */
struct json_reading {
	const char *p;
	enum json_state next;
	size_t depth;
	char closing[JSON_DEPTH_MAX];
};

static inline bool json_opens(const struct json_reading *r)
{
	return (r->next == JSON_VALUE || r->next == JSON_VALUE_OR_END) && (*r->p == '{' || *r->p == '[');
}

static inline bool json_closes(const struct json_reading *r)
{
	return r->depth > 0 && *r->p == r->closing[r->depth - 1] && r->next != JSON_VALUE &&
	       r->next != JSON_KEY;
}

static inline void json_open(struct json_reading *r)
{
	bool is_object = *r->p++ == '{';

	require(r->depth < JSON_DEPTH_MAX);
	r->closing[r->depth++] = is_object ? '}' : ']';
	r->next = is_object ? JSON_KEY_OR_END : JSON_VALUE_OR_END;
}

static inline void json_key(struct json_reading *r)
{
	require(*r->p == '"');
	r->p = json_string_end(r->p);
	require(*r->p++ == ':');
	r->next = JSON_VALUE;
}

static inline void json_comma(struct json_reading *r)
{
	require(r->depth > 0 && *r->p++ == ',');
	r->next = r->closing[r->depth - 1] == '}' ? JSON_KEY : JSON_VALUE;
}

/* Is @p one well-formed JSON value (RFC 8259) without blanks? */
static inline void require_json(const char *p)
{
	struct json_reading r = {.p = p, .next = JSON_VALUE};

	while (*r.p != '\0') {
		if (json_opens(&r)) {
			json_open(&r);
		} else if (json_closes(&r)) {
			r.depth--;
			r.p++;
			r.next = JSON_AFTER;
		} else if (r.next == JSON_KEY || r.next == JSON_KEY_OR_END) {
			json_key(&r);
		} else if (r.next == JSON_AFTER) {
			json_comma(&r);
		} else {
			r.p = *r.p == '"' ? json_string_end(r.p) : json_word_end(r.p);
			r.next = JSON_AFTER;
		}
	}
	require(r.depth == 0 && r.next == JSON_AFTER);
}

#endif
