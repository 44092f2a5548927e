/* SPDX-License-Identifier: BSD-2-Clause */
/* Security failures of Photuris (RFC 2521): a protected datagram could not be accepted. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |           Reserved            |            Pointer            |
 * +-------------------------------+-------------------------------+
 * |     Internet Header + leading octets of the original datagram |
 * +---------------------------------------------------------------+
 */
#define PHOTURIS_FIELDS(FIELD, L)                                                                            \
	FIELD(L, reserved, 16, photuris.reserved, RESERVED, "zero")                                          \
	FIELD(L, pointer, 16, photuris.pointer, NUMBER, "octet of the quote where the SPI stands; 0: none")
MESSAGE_LAYOUT(photuris, 8, PHOTURIS_FIELDS)

static const struct icmpkit_code codes[] = {
	{"bad SPI", "RFC 2521"},
	{"authentication failed", "RFC 2521"},
	{"decompression failed", "RFC 2521"},
	{"decryption failed", "RFC 2521"},
	{"need authentication", "RFC 2521"},
	{"need authorization", "RFC 2521"},
};

const struct icmpkit_message_description icmpkit_v4_photuris = {
	.family = ICMPKIT_IPV4,
	.type = ICMPKIT_V4_PHOTURIS,
	.kind = ICMPKIT_KIND_PHOTURIS,
	.name = "Photuris security failure",
	.rfc = "RFC 2521",
	.is_error = true,
	.tail = TAIL_QUOTE,
	CODES_OF(codes),
	LAYOUT_OF(photuris),
};
