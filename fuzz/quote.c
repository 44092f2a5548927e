/* SPDX-License-Identifier: BSD-2-Clause */
/* Quotes: whatever their depth, the spans lie inside, more bytes never show less, and the output is clean. */
#include <icmpkit/quote.h>

#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void require_inside(struct icmpkit_bytes part, const uint8_t *data, size_t len)
{
	if (part.len > 0)
		require(part.data >= data && part.len <= len && (size_t)(part.data - data) <= len - part.len);
}

static void require_clean_output(const struct icmpkit_quote *quote)
{
	char buf[4096];
	struct icmpkit_text text;
	struct icmpkit_json json;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_quote_text(quote, &text);
	require_printable(&text);
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_json_init(&json, &text);
	icmpkit_quote_json(quote, &json, NULL);
	require_printable(&text);
	require_json(buf);
}

/* A shorter quote of the same datagram, in a block of its own size. */
static void require_no_more_from_less(const struct icmpkit_quote *whole, const uint8_t *data, size_t len)
{
	/* NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI): of no bytes, too: none may be read */
	uint8_t *copy = malloc(len);
	struct icmpkit_quote part;

	require(copy != NULL || len == 0);
	if (len > 0)
		memcpy(copy, data, len);
	icmpkit_quote_parse((struct icmpkit_bytes){copy, len}, &part);
	require(part.depth <= whole->depth);
	if (part.depth >= ICMPKIT_QUOTE_PORTS) {
		require(part.protocol == whole->protocol);
		require(part.src_port == whole->src_port && part.dst_port == whole->dst_port);
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct icmpkit_quote quote;

	icmpkit_quote_parse((struct icmpkit_bytes){data, len}, &quote);
	require_inside(quote.transport, data, len);
	require_inside(quote.payload, data, len);
	require_clean_output(&quote);
	if (len > 0)
		require_no_more_from_less(&quote, data, len - 1);
	require_no_more_from_less(&quote, data, len / 2);
	return 0;
}
