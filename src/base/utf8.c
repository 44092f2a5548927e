/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads one character of UTF-8, and knows the harmful ones. */
#include "base/utf8.h"

/* How many bytes a character takes whose first byte is this; 0: no character begins so. */
static size_t sequence_len(uint8_t first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

size_t icmpkit_utf8_next(struct icmpkit_bytes bytes, uint32_t *out)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = bytes.len > 0 ? sequence_len(bytes.data[0]) : 0;

	if (len == 0 || len > bytes.len)
		return 0;
	uint32_t code = len == 1 ? bytes.data[0] : bytes.data[0] & (0x7fU >> len);

	for (size_t i = 1; i < len; i++) {
		if ((bytes.data[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (bytes.data[i] & 0x3fU);
	}
	/* RFC 3629 3: one form only for each character, and no surrogates. */
	if (code < smallest[len] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*out = code;
	return len;
}

bool icmpkit_utf8_is_harmless(uint32_t code)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} harmful[] = {
		{0x00, 0x1f},
		{0x7f, 0x9f}, /* C0, DEL, C1 controls */
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
