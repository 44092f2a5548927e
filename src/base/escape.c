/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from a stranger, made harmless for a terminal. */
#include <icmpkit/text.h>

#include "base/utf8.h"

/* A backslash is ours: it begins an escape. */
static bool stands_as_it_is(uint32_t code)
{
	return code != '\\' && icmpkit_utf8_is_harmless(code);
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

		if (len > 0 && stands_as_it_is(code) && len < text->cap - text->len) {
			icmpkit_text_put_bytes(text, (const char *)bytes.data, len);
		} else if (len > 0 && stands_as_it_is(code)) {
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
