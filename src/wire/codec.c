/* SPDX-License-Identifier: BSD-2-Clause */
/* Decoding, encoding and sealing of messages, by their descriptions. */
#include <icmpkit/message.h>

#include <limits.h>
#include <string.h>

#include <icmpkit/checksum.h>
#include <icmpkit/numbers.h>

#include "wire/description.h"
#include "wire/extension_find.h"
#include "wire/nd_option.h"

static void decode_tail(const struct icmpkit_message_description *description, const uint8_t *wire,
			struct icmpkit_message *out)
{
	switch (description->tail) {
	case TAIL_DATA:
	case TAIL_RECORDS:
	case TAIL_RECORD_LIST:
		break;
	case TAIL_QUOTE:
		out->quote = out->payload;
		if (description->quote_unit_bytes > 0)
			icmpkit_extension_find(out, (size_t)wire[description->quote_length_at] *
							    description->quote_unit_bytes);
		break;
	case TAIL_ND_OPTIONS:
		out->quote = icmpkit_nd_redirected_header(out->payload);
		break;
	}
}

void icmpkit_decode_nothing(const uint8_t *wire, struct icmpkit_message *out)
{
	(void)wire;
	(void)out;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the type that @encode of a description has */
bool icmpkit_encode_nothing(const struct icmpkit_message *msg, uint8_t *wire)
{
	(void)msg;
	(void)wire;
	return true;
}

int icmpkit_decode(enum icmpkit_family family, struct icmpkit_bytes wire, struct icmpkit_message *out)
{
	const struct icmpkit_message_description *description;
	size_t fixed = MESSAGE_HEADER_BYTES;

	if (wire.len < MESSAGE_HEADER_BYTES)
		return ICMPKIT_ERR_TRUNCATED;
	description = icmpkit_message_description(family, wire.data[0]);
	if (description != NULL)
		fixed = description->fixed_bytes;
	if (wire.len < fixed)
		return ICMPKIT_ERR_TRUNCATED;
	*out = (struct icmpkit_message){
		.family = family,
		.type = wire.data[0],
		.code = wire.data[1],
		.checksum = (uint16_t)(wire.data[2] << 8 | wire.data[3]),
		.payload = {wire.data + fixed, wire.len - fixed},
	};
	if (description != NULL) {
		out->kind = description->kind;
		description->decode(wire.data, out);
		decode_tail(description, wire.data, out);
	}
	return 0;
}

int icmpkit_encode(const struct icmpkit_message *msg, uint8_t *buf, size_t cap)
{
	const struct icmpkit_message_description *description =
		icmpkit_message_description(msg->family, msg->type);
	uint8_t fixed[MESSAGE_FIXED_MAX] = {msg->type, msg->code, (uint8_t)(msg->checksum >> 8),
					    (uint8_t)msg->checksum};
	size_t fixed_len = description == NULL ? MESSAGE_HEADER_BYTES : description->fixed_bytes;

	if (description != NULL && !description->encode(msg, fixed))
		return ICMPKIT_ERR_RANGE;
	if (msg->payload.len > INT_MAX - MESSAGE_FIXED_MAX)
		return ICMPKIT_ERR_RANGE;
	if (fixed_len > cap || msg->payload.len > cap - fixed_len)
		return ICMPKIT_ERR_NO_SPACE;
	memcpy(buf, fixed, fixed_len);
	if (msg->payload.len > 0)
		memcpy(buf + fixed_len, msg->payload.data, msg->payload.len);
	return (int)(fixed_len + msg->payload.len);
}

/* RFC 4443 2.3: ICMPv6 covers a pseudo-header, ICMPv4 does not. */
static uint64_t sum_of(enum icmpkit_family family, struct icmpkit_bytes wire,
		       const struct icmpkit_address *src, const struct icmpkit_address *dst)
{
	uint64_t sum = 0;

	if (family == ICMPKIT_IPV6)
		sum = icmpkit_checksum_pseudo(src, dst, ICMPKIT_PROTO_ICMPV6, wire.len);
	return icmpkit_checksum_add(sum, wire);
}

void icmpkit_message_seal(enum icmpkit_family family, uint8_t *wire, size_t len,
			  const struct icmpkit_address *src, const struct icmpkit_address *dst)
{
	uint16_t checksum;

	if (len < MESSAGE_HEADER_BYTES)
		return;
	wire[2] = 0;
	wire[3] = 0;
	checksum = icmpkit_checksum_finish(sum_of(family, (struct icmpkit_bytes){wire, len}, src, dst));
	wire[2] = (uint8_t)(checksum >> 8);
	wire[3] = (uint8_t)checksum;
}

bool icmpkit_message_checksum_ok(enum icmpkit_family family, struct icmpkit_bytes wire,
				 const struct icmpkit_address *src, const struct icmpkit_address *dst)
{
	return wire.len >= MESSAGE_HEADER_BYTES &&
	       icmpkit_checksum_finish(sum_of(family, wire, src, dst)) == 0;
}
