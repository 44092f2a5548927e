/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages: the first byte chooses the family, the rest is the ICMP header and what follows it. Whatever is
 * accepted encodes to the same bytes, and its text and JSON are clean. */
#include <icmpkit/message.h>

#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void require_same_bytes(const struct icmpkit_message *msg, struct icmpkit_bytes wire)
{
	uint8_t *buf = malloc(wire.len);

	require(buf != NULL);
	require(icmpkit_encode(msg, buf, wire.len) == (int)wire.len);
	require(memcmp(buf, wire.data, wire.len) == 0);
	require(icmpkit_encode(msg, buf, wire.len - 1) == ICMPKIT_ERR_NO_SPACE);
	free(buf);
}

static void require_spans_inside(const struct icmpkit_message *msg)
{
	require(msg->quote.len <= msg->payload.len);
	require(msg->extensions.len <= msg->payload.len);
	if (msg->extension_status == ICMPKIT_EXTENSION_NONE)
		require(msg->extensions.len == 0);
	else
		require(msg->quote.len + msg->extensions.len == msg->payload.len);
}

static void require_clean_output(const struct icmpkit_message *msg)
{
	char *buf = malloc(ICMPKIT_MESSAGE_JSON_MAX);
	struct icmpkit_text text;
	struct icmpkit_json json;

	require(buf != NULL);
	icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_TEXT_MAX);
	icmpkit_message_text(msg, &text);
	require_printable(&text);
	icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_JSON_MAX);
	icmpkit_json_init(&json, &text);
	icmpkit_message_json(msg, &json, NULL);
	require_printable(&text);
	require_json(buf);
	free(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	enum icmpkit_family family;
	struct icmpkit_message msg;
	struct icmpkit_bytes wire;

	if (len < 1)
		return 0;
	family = data[0] % 2 == 0 ? ICMPKIT_IPV4 : ICMPKIT_IPV6;
	wire = (struct icmpkit_bytes){data + 1, len - 1};
	if (icmpkit_decode(family, wire, &msg) != 0)
		return 0;
	require_same_bytes(&msg, wire);
	require_spans_inside(&msg);
	require_clean_output(&msg);
	return 0;
}
