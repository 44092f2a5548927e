/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options, each described once: the layout of what stands behind type and length. */
#include <icmpkit/numbers.h>

#include "wire/nd_option.h"

/* RFC 4861 4.6.1: nothing but the address, as long as the link layer's is. */
static const struct icmpkit_record source_link_layer_address = {
	.name = "source link-layer address",
	.rfc = "RFC 4861 4.6.1",
	.rest = REST_LINK_LAYER_ADDRESS,
	.rest_name = "address",
};

static const struct icmpkit_record target_link_layer_address = {
	.name = "target link-layer address",
	.rfc = "RFC 4861 4.6.1",
	.rest = REST_LINK_LAYER_ADDRESS,
	.rest_name = "address",
};

#define REDIRECTED_HEADER_FIELDS(FIELD, L) FIELD(L, reserved, 48, RESERVED, "zero")
RECORD_LAYOUT(redirected_header, 6, REDIRECTED_HEADER_FIELDS)

static const struct icmpkit_record redirected_header = {
	.name = "redirected header",
	.rfc = "RFC 4861 4.6.3",
	.rest = REST_COUNTED,
	.rest_name = "quote_bytes",
	RECORD_OF(redirected_header),
};

static const struct icmpkit_record *const records[256] = {
	[ICMPKIT_ND_SOURCE_LINK_LAYER_ADDRESS] = &source_link_layer_address,
	[ICMPKIT_ND_TARGET_LINK_LAYER_ADDRESS] = &target_link_layer_address,
	[ICMPKIT_ND_REDIRECTED_HEADER] = &redirected_header,
};

const struct icmpkit_record *icmpkit_nd_option_record(uint8_t type)
{
	return records[type];
}
