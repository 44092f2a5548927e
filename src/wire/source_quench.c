/* SPDX-License-Identifier: BSD-2-Clause */
/* Source quench (RFC 792 page 10): slow down. Deprecated by RFC 6633, and still seen. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |                            unused                             |
 * +---------------------------------------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define SOURCE_QUENCH_FIELDS(FIELD, L) FIELD(L, unused, 32, source_quench.unused, RESERVED, "zero")
MESSAGE_LAYOUT(source_quench, 8, SOURCE_QUENCH_FIELDS)

const struct icmpkit_message_description icmpkit_v4_source_quench = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_SOURCE_QUENCH,
	.kind = ICMPKIT_KIND_SOURCE_QUENCH,
	.name = "source quench",
	.rfc = "RFC 792, RFC 6633",
	.is_error = true,
	.tail = TAIL_QUOTE,
	LAYOUT_OF(source_quench),
};
