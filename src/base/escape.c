/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from a stranger, made harmless for a terminal. */
#include <icmpkit/text.h>

#include "base/utf8.h"

/* Characters that can move the cursor, switch modes, or turn the reading order of what stands beside them. */
static bool is_harmless(uint32_t code)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} harmful[] = {
		{0x00, 0x1f},
		{0x7f, 0x9f}, /* C0, DEL, C1 controls */
		{'\\', '\\'}, /* ours: it begins an escape */
		{0x061c, 0x061c},
		{0x200b, 0x200f}, /* bidirectional marks, zero-width characters */
		{0x2028, 0x202e},
		{0x2060, 0x206f}, /* line separators, bidirectional overrides and isolates */
		{0xfeff, 0xfeff},
		{0xfff9, 0xfffb},   /* byte order mark, interlinear annotation */
		{0xe0000, 0xe0fff}, /* tags */
	};

	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++) {
		if (code >= harmful[i].first && code <= harmful[i].last)
			return false;
	}
	return true;
}

static void put_escape(struct icmpkit_text *text, uint8_t byte)
{
	if (byte == '\\') {
		icmpkit_text_put(text, "\\\\");
		return;
	}
	icmpkit_text_put(text, "\\x");
	icmpkit_text_put_hex(text, byte, 2);
}

void icmpkit_text_put_escaped(struct icmpkit_text *text, struct icmpkit_bytes bytes)
{
	while (bytes.len > 0) {
		uint32_t code = 0;
		size_t len = icmpkit_utf8_next(bytes, &code);

		if (len > 0 && is_harmless(code) && len < text->cap - text->len) {
			icmpkit_text_put_bytes(text, (const char *)bytes.data, len);
		} else if (len > 0 && is_harmless(code)) {
			text->truncated = true; /* half a character would not be well-formed */
		} else {
			len = len > 0 ? len : 1;
			for (size_t i = 0; i < len; i++)
				put_escape(text, bytes.data[i]);
		}
		bytes.data += len;
		bytes.len -= len;
	}
}
