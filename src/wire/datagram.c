/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole datagrams of either family: the version in the first byte decides which. */
#include <icmpkit/datagram.h>

#include "wire/ip.h"

int icmpkit_datagram_parse(struct icmpkit_bytes wire, struct icmpkit_datagram *out)
{
	if (wire.len == 0)
		return ICMPKIT_ERR_TRUNCATED;
	switch (wire.data[0] >> 4) {
	case 4:
		return icmpkit_ip4_parse(wire, out);
	case 6:
		return icmpkit_ip6_parse(wire, out);
	default:
		return ICMPKIT_ERR_MALFORMED;
	}
}

int icmpkit_datagram_write(const struct icmpkit_datagram *dg, uint8_t *buf, size_t cap)
{
	if (dg->src.family != dg->family || dg->dst.family != dg->family)
		return ICMPKIT_ERR_RANGE;
	switch (dg->family) {
	case ICMPKIT_IPV4:
		return icmpkit_ip4_write(dg, buf, cap);
	case ICMPKIT_IPV6:
		return icmpkit_ip6_write(dg, buf, cap);
	case ICMPKIT_FAMILY_NONE:
		break;
	}
	return ICMPKIT_ERR_RANGE;
}
