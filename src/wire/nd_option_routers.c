/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options about routers and the link, and the two for experiments. */
#include "wire/nd_option.h"

#define REDIRECTED_HEADER_FIELDS(FIELD, L) FIELD(L, reserved, 48, RESERVED, "zero")
RECORD_LAYOUT(redirected_header, 6, REDIRECTED_HEADER_FIELDS)

const struct icmpkit_record icmpkit_nd_option_redirected_header = {
	.name = "redirected header",
	.rfc = "RFC 4861 4.6.3",
	.rest = REST_COUNTED,
	.rest_name = "quote_bytes",
	RECORD_OF(redirected_header),
};

#define MTU_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, mtu, 32, NUMBER, "that all on the link use")
RECORD_LAYOUT(mtu, 6, MTU_FIELDS)

const struct icmpkit_record icmpkit_nd_option_mtu = {
	.name = "MTU",
	.rfc = "RFC 4861 4.6.4",
	.rest = REST_NOTHING,
	RECORD_OF(mtu),
};

/* RFC 5175 4: the bits 8 to 55 of the flags that begin in the router advertisement. A longer option has more
 * of them, which nobody has defined. */
#define RA_FLAGS_EXTENSION_FIELDS(FIELD, L)                                                                  \
	FIELD(L, reserved, 46, RESERVED, "zero")                                                             \
	FIELD(L, experimental, 2, OPTIONAL, "bits 54 and 55")
RECORD_LAYOUT(ra_flags_extension, 6, RA_FLAGS_EXTENSION_FIELDS)

const struct icmpkit_record icmpkit_nd_option_ra_flags_extension = {
	.name = "RA flags extension",
	.rfc = "RFC 5175 4",
	.rest = REST_NOTHING,
	RECORD_OF(ra_flags_extension),
};

const struct icmpkit_record icmpkit_nd_option_captive_portal = {
	.name = "captive portal",
	.rfc = "RFC 8910 2.3",
	.rest = REST_TEXT,
	.rest_name = "uri",
};

const struct icmpkit_record icmpkit_nd_option_experiment_1 = {
	.name = "experiment 1",
	.rfc = "RFC 4727",
	.rest = REST_BYTES,
	.rest_name = "body",
};

const struct icmpkit_record icmpkit_nd_option_experiment_2 = {
	.name = "experiment 2",
	.rfc = "RFC 4727",
	.rest = REST_BYTES,
	.rest_name = "body",
};
