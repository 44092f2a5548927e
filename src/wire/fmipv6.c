/* SPDX-License-Identifier: BSD-2-Clause */
/* Mobile IPv6 fast handovers (RFC 5568 6.1): solicitation for proxy advertisement, proxy router
 * advertisement. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |    Subtype    |   Reserved    |          Identifier           |
 * +---------------+---------------+-------------------------------+
 * |     Options ...
 * +-----------------------------
 */
#define FMIPV6_FIELDS(FIELD, L)                                                                              \
	FIELD(L, subtype, 8, fmipv6.subtype, NUMBER, "which message it is")                                  \
	FIELD(L, reserved, 8, fmipv6.reserved, RESERVED, "zero")                                             \
	FIELD(L, identifier, 16, fmipv6.identifier, NUMBER,                                                  \
	      "that of the solicitation, 0 where there was none")
MESSAGE_LAYOUT(fmipv6, 8, FMIPV6_FIELDS)

static const char *proxy_advertisement(uint8_t code)
{
	static const char *const by_code[] = {
		"proxy router advertisement with new routers",
		"proxy router advertisement as trigger of a handover",
		"proxy router advertisement without new router",
		"proxy router advertisement with new routers of some access points",
		"proxy router advertisement unsolicited",
		"proxy router advertisement with new routers to be joined with DHCP",
	};

	return code < sizeof(by_code) / sizeof(by_code[0]) ? by_code[code] : "proxy router advertisement";
}

static const char *variant_of(const struct icmpkit_message *msg)
{
	switch (msg->fmipv6.subtype) {
	case 2:
		return "router solicitation for proxy advertisement";
	case 3:
		return proxy_advertisement(msg->code);
	case 4: /* RFC 5568 moved it and the next to mobility headers */
		return "handover initiate (deprecated)";
	case 5:
		return "handover acknowledge (deprecated)";
	default:
		return NULL;
	}
}

const struct icmpkit_message_description icmpkit_v6_fmipv6 = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_FMIPV6,
	.kind = ICMPKIT_KIND_FMIPV6,
	.name = "FMIPv6 message",
	.rfc = "RFC 5568 6.1",
	.tail = TAIL_ND_OPTIONS,
	.variant = variant_of,
	LAYOUT_OF(fmipv6),
};
