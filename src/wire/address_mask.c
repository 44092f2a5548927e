/* SPDX-License-Identifier: BSD-2-Clause */
/* Address mask request and reply (RFC 950 appendix I, deprecated by RFC 6918): how large is this subnet? */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |          Identifier           |        Sequence Number        |
 * +-------------------------------+-------------------------------+
 * |                         Address Mask                          |
 * +---------------------------------------------------------------+
 */
#define ADDRESS_MASK_FIELDS(FIELD, L)                                                                        \
	FIELD(L, identifier, 16, address_mask.identifier, NUMBER,                                            \
	      "tells the askers apart; the reply repeats it")                                                \
	FIELD(L, sequence, 16, address_mask.sequence, NUMBER,                                                \
	      "tells the requests apart; the reply repeats it")                                              \
	FIELD(L, address_mask, 32, address_mask.mask, ADDRESS,                                               \
	      "ones where the subnet is; of a request 0.0.0.0")
MESSAGE_LAYOUT(address_mask, 12, ADDRESS_MASK_FIELDS)

const struct icmpkit_message_description icmpkit_v4_address_mask_request = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ADDRESS_MASK_REQUEST,
	.kind = ICMPKIT_KIND_ADDRESS_MASK_REQUEST,
	.name = "address mask request",
	.rfc = "RFC 950",
	.tail = TAIL_DATA,
	LAYOUT_OF(address_mask),
};

const struct icmpkit_message_description icmpkit_v4_address_mask_reply = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_ADDRESS_MASK_REPLY,
	.kind = ICMPKIT_KIND_ADDRESS_MASK_REPLY,
	.name = "address mask reply",
	.rfc = "RFC 950",
	.tail = TAIL_DATA,
	LAYOUT_OF(address_mask),
};
